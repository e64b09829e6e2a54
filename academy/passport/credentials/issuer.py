"""Who issues: a did:web under the academy's own address, and the document that lists its keys. Pure."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any
from urllib.parse import quote, urlsplit

from cryptography.hazmat.primitives.asymmetric.rsa import RSAPublicKey
from cryptography.hazmat.primitives.serialization import load_pem_public_key
from jwt.algorithms import RSAAlgorithm
from openbadgeslib.ob3.did import multikey_from_pem

from academy.passport.credentials.keys import KeyKind, PublicKey

CONTEXTS = [
    "https://www.w3.org/ns/did/v1",
    "https://w3id.org/security/multikey/v1",
    "https://w3id.org/security/jwk/v1",
]


@dataclass(frozen=True, slots=True)
class Issuer:
    """The academy, as its credentials name it."""

    url: str
    name: str

    @property
    def did(self) -> str:
        parts = urlsplit(self.url)
        path = [quote(part, safe="") for part in parts.path.split("/") if part]
        return ":".join(["did:web", quote(parts.netloc, safe=""), *path])

    def method(self, kid: str) -> str:
        """How a proof names one of our keys."""
        return f"{self.did}#{kid}"


def did_document(issuer: Issuer, keys: Iterable[PublicKey]) -> dict[str, Any]:
    """Every key that ever signed and is still believed, those in use first."""
    methods = [_method(issuer, key) for key in keys]
    return {
        "@context": CONTEXTS,
        "id": issuer.did,
        "verificationMethod": methods,
        "assertionMethod": [method["id"] for method in methods],
    }


def _method(issuer: Issuer, key: PublicKey) -> dict[str, Any]:
    named = {"id": issuer.method(key.kid), "controller": issuer.did}
    if key.kind is KeyKind.ED25519:
        return {**named, "type": "Multikey", "publicKeyMultibase": multikey_from_pem(key.pem)}
    return {**named, "type": "JsonWebKey", "publicKeyJwk": _jwk(key)}


def _jwk(key: PublicKey) -> dict[str, str]:
    public = load_pem_public_key(key.pem.encode())
    if not isinstance(public, RSAPublicKey):
        raise TypeError(key.kid)
    made = RSAAlgorithm.to_jwk(public, as_dict=True)
    return {"kty": "RSA", "n": made["n"], "e": made["e"], "alg": "RS256", "kid": key.kid}
