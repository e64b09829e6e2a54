"""Links that prove something for a while: signed, dated, and good for one purpose. Pure."""

import hashlib
import hmac
from datetime import datetime
from enum import StrEnum
from typing import Any

from itsdangerous import BadSignature, URLSafeSerializer

UNTIL = "until"


class Purpose(StrEnum):
    RESET = "password-reset"
    ADDRESS = "address-change"
    STOP = "stop-mail"


def sign(secret: str, purpose: Purpose, said: dict[str, Any], until: datetime) -> str:
    """What is said here holds until that moment; it can be read by anybody, and changed by nobody."""
    token = _signer(secret, purpose).dumps({**said, UNTIL: int(until.timestamp())})
    return token if isinstance(token, str) else token.decode()


def read(secret: str, purpose: Purpose, token: str, at: datetime) -> dict[str, Any] | None:
    """What was said; None when it was forged, was for another purpose, or holds no longer."""
    try:
        said = _signer(secret, purpose).loads(token)
    except BadSignature:
        return None
    return said if at.timestamp() < said[UNTIL] else None


def seal(secret: str, *facts: object) -> str:
    """A short print of facts that must not have changed since; it tells nothing of them."""
    words = "\0".join(repr(fact) for fact in facts).encode()
    return hmac.new(secret.encode(), words, hashlib.sha256).hexdigest()[:24]


def _signer(secret: str, purpose: Purpose) -> URLSafeSerializer:
    return URLSafeSerializer(
        secret,
        salt=f"academy.{purpose}",
        signer_kwargs={"key_derivation": "hmac", "digest_method": hashlib.sha256},
    )
