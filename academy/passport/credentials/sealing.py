"""Proofs: a Data Integrity proof inside the document, or a token around it. Pure: keys and time are given.

Nothing leaves unless an exact reader accepts it: JSON-LD would leave a word it does not know unsigned.
"""

import json
from collections.abc import Mapping
from datetime import datetime
from functools import lru_cache
from typing import Any

import jwt
from cryptography.hazmat.primitives.asymmetric.rsa import RSAPrivateKey
from cryptography.hazmat.primitives.serialization import load_pem_private_key
from openbadgeslib.ob3.ldp import OB3LdpVerifier, add_data_integrity_proof

from academy.passport.credentials import records

ALGORITHM = "RS256"


def proven(
    document: Mapping[str, Any], private: str, public: str, method: str, at: datetime
) -> dict[str, Any]:
    """An Open Badge with its eddsa-rdfc-2022 proof; raises when a word of it would stay unsigned."""
    signed = sealed(document, private, method, at)
    OB3LdpVerifier(pubkey_pem=public).verify(signed)
    return signed


def proven_record(
    document: Mapping[str, Any], private: str, method: str, at: datetime
) -> dict[str, Any]:
    """A record around credentials that are proven; raises when a word of it would stay unsigned."""
    signed = add_data_integrity_proof(
        dict(document), private, method, created=at, extra_contexts=records.contexts()
    )
    if not records.is_exact(signed):
        raise ValueError("a word of this record would stay unsigned")
    return signed


def sealed(document: Mapping[str, Any], private: str, method: str, at: datetime) -> dict[str, Any]:
    """Any document of ours with its eddsa-rdfc-2022 proof."""
    return add_data_integrity_proof(dict(document), private, method, created=at)


def token(document: Mapping[str, Any], private: str, method: str) -> str:
    """The same credential as a VC-JWT: the document itself, and the claims that repeat it."""
    since = datetime.fromisoformat(document["validFrom"])
    claims = {
        **document,
        "iss": document["issuer"]["id"],
        "jti": document["id"],
        "sub": document["credentialSubject"]["id"],
        "nbf": int(since.timestamp()),
    }
    return jwt.encode(claims, _loaded(private), ALGORITHM, headers={"kid": method})


@lru_cache(maxsize=8)
def _loaded(private: str) -> RSAPrivateKey:
    """Reading an RSA key costs more than signing with it."""
    key = load_pem_private_key(private.encode(), password=None)
    if not isinstance(key, RSAPrivateKey):
        raise TypeError("tokens are signed with RSA")
    return key


def written(document: Mapping[str, Any]) -> str:
    """The document as text in which every byte counts."""
    return json.dumps(document, ensure_ascii=False, separators=(",", ":"))
