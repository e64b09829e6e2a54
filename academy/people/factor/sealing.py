"""The keys of second factors, sealed for their rows: whoever has the database alone cannot read them. Pure.

The key that seals them is derived from the academy's secret. Whose a row is goes into the seal: a row put in
another's place does not open.
"""

from base64 import b64decode, b64encode

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import ChaCha20Poly1305
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

NONCE = 12


def seal(secret: str, person_id: int, words: str, nonce: bytes) -> str:
    """`nonce`: twelve bytes of chance, never the same twice."""
    sealed = _cipher(secret).encrypt(nonce, words.encode(), _whose(person_id))
    return b64encode(nonce + sealed).decode()


def opened(secret: str, person_id: int, sealed: str) -> str | None:
    """What was sealed; None when it was sealed with another secret, for somebody else, or was changed."""
    try:
        held = b64decode(sealed, validate=True)
        return _cipher(secret).decrypt(held[:NONCE], held[NONCE:], _whose(person_id)).decode()
    except (InvalidTag, ValueError):
        return None


def _whose(person_id: int) -> bytes:
    return f"second factor of {person_id}".encode()


def _cipher(secret: str) -> ChaCha20Poly1305:
    derived = HKDF(SHA256(), length=32, salt=None, info=b"academy second factor")
    return ChaCha20Poly1305(derived.derive(secret.encode()))
