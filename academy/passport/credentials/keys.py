"""The two private keys that sign, and the public keys that anybody may know. Pure but for the dice."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum
from functools import lru_cache
from hashlib import sha256

from cryptography.hazmat.primitives.asymmetric import ed25519, rsa
from cryptography.hazmat.primitives.serialization import (
    Encoding,
    NoEncryption,
    PrivateFormat,
    PublicFormat,
    load_pem_private_key,
)

BITS = 2048
KID_LENGTH = 16
_PEM = re.compile(r"-----BEGIN [A-Z ]+-----.+?-----END [A-Z ]+-----", re.DOTALL)

Private = ed25519.Ed25519PrivateKey | rsa.RSAPrivateKey


class KeyKind(StrEnum):
    ED25519 = "ed25519"  # Data Integrity
    RSA = "rsa"  # tokens


class BrokenKeys(ValueError):
    """What should be the academy's two signing keys is not."""


@dataclass(frozen=True, slots=True)
class PublicKey:
    """A key that signed something once; its name is the fingerprint of the key itself."""

    kid: str
    kind: KeyKind
    pem: str


@dataclass(frozen=True, slots=True, repr=False)
class Pair:
    """The keys that sign from now on, as PEM."""

    ed25519: str
    rsa: str

    @property
    def publics(self) -> tuple[PublicKey, PublicKey]:
        return _public(KeyKind.ED25519, self.ed25519), _public(KeyKind.RSA, self.rsa)

    @property
    def text(self) -> str:
        return self.ed25519 + self.rsa


def new_pair() -> Pair:
    """Two fresh keys; the second takes a tenth of a second or more to find."""
    return Pair(
        _written(ed25519.Ed25519PrivateKey.generate()),
        _written(rsa.generate_private_key(public_exponent=65537, key_size=BITS)),
    )


def read_pair(text: str) -> Pair:
    """The pair out of its PEM text; `\\n` may stand for line ends. Raises BrokenKeys."""
    found = dict(_keys(text.replace("\\n", "\n")))
    if found.keys() != set(KeyKind):
        raise BrokenKeys("an Ed25519 key and an RSA key are needed, one of each")
    return Pair(_written(found[KeyKind.ED25519]), _written(found[KeyKind.RSA]))


def _keys(text: str) -> Iterator[tuple[KeyKind, Private]]:
    for pem in _PEM.findall(text):
        try:
            key = load_pem_private_key(pem.encode(), password=None)
        except (ValueError, TypeError) as error:
            raise BrokenKeys("a key cannot be read") from error
        if isinstance(key, ed25519.Ed25519PrivateKey):
            yield KeyKind.ED25519, key
        elif isinstance(key, rsa.RSAPrivateKey) and key.key_size >= BITS:
            yield KeyKind.RSA, key
        else:
            raise BrokenKeys("a key is neither Ed25519 nor RSA of 2,048 bits or more")


def _written(key: Private) -> str:
    return key.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption()).decode()


@lru_cache(maxsize=16)
def _public(kind: KeyKind, private: str) -> PublicKey:
    key = load_pem_private_key(private.encode(), password=None).public_key()
    der = key.public_bytes(Encoding.DER, PublicFormat.SubjectPublicKeyInfo)
    pem = key.public_bytes(Encoding.PEM, PublicFormat.SubjectPublicKeyInfo).decode()
    return PublicKey(sha256(der).hexdigest()[:KID_LENGTH], kind, pem)
