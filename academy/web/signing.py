"""What browsers keep for us, signed: itsdangerous's own format, read in one step where nothing is odd.

Every request opens a session, and every form brings a token; itsdangerous derives its keys and makes its
signers anew for each. Here that is done once. Whatever is not plainly right (an older key, a signature that
does not fit, something too old) is left to itsdangerous, which alone says no.
"""

import hmac
import json
import zlib
from binascii import a2b_base64, b2a_base64
from datetime import UTC, datetime, timedelta
from typing import Any, Final, cast

from itsdangerous import SignatureExpired, TimestampSigner, URLSafeTimedSerializer

COMPRESSED = b"."
TAGGED = b'{" '
"""How Flask begins a value that JSON does not know."""
_JSON: Final = json.JSONDecoder()
AHEAD: Final = timedelta(days=1)
"""How far the clock that signed may be ahead of ours: another machine's, or ours before it was put back."""


class Patient(TimestampSigner):
    """What was signed a little later than now was signed now: only our own clocks can have said so."""

    def unsign(
        self, signed_value: str | bytes, max_age: int | None = None, return_timestamp: bool = False
    ) -> Any:
        again = super().unsign
        try:
            return again(signed_value, max_age, return_timestamp)  # type: ignore[call-overload]  # as it came
        except SignatureExpired as refused:
            now = datetime.fromtimestamp(self.get_timestamp(), UTC)
            if refused.date_signed is None or not now < refused.date_signed <= now + AHEAD:
                raise
        return again(signed_value, None, return_timestamp)  # type: ignore[call-overload]  # as it came


class Signed(URLSafeTimedSerializer):
    """URLSafeTimedSerializer with SHA-1, as Flask and Flask-WTF use it."""

    default_signer = Patient

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        signer = cast(TimestampSigner, self.make_signer(self.salt))
        self._key, self._now = signer.derive_key(), signer.get_timestamp

    def loads(  # type: ignore[override]  # as TimedSerializer's own
        self,
        s: str | bytes,
        max_age: int | None = None,
        return_timestamp: bool = False,
        salt: str | bytes | None = None,
    ) -> Any:
        found = None if return_timestamp or salt else self._plainly(s, max_age)
        return super().loads(s, max_age, return_timestamp, salt) if found is None else found

    def _plainly(self, signed: str | bytes, max_age: int | None) -> Any:
        """What was signed by the key in force, recently enough, in plain JSON; else None."""
        held = signed.encode() if isinstance(signed, str) else signed
        value, _dot, signature = held.rpartition(b".")
        if not hmac.compare_digest(signature, self._signature(value)):
            return None
        payload, _dot, moment = value.rpartition(b".")
        if not (max_age is None or self._is_recent(moment, max_age)):
            return None
        try:
            text = _text(payload)
            return None if TAGGED in text else _JSON.decode(text.decode())
        except (ValueError, zlib.error):
            return None

    def _is_recent(self, moment: bytes, max_age: int) -> bool:
        """By the moment of signing, as itsdangerous writes it."""
        age = self._now() - int.from_bytes(_decoded(moment), "big")
        return -AHEAD.total_seconds() <= age <= max_age

    def _signature(self, value: bytes) -> bytes:
        return _encoded(hmac.digest(self._key, value, "sha1"))


def _text(payload: bytes) -> bytes:
    if payload.startswith(COMPRESSED):
        return zlib.decompress(_decoded(payload[1:]))
    return _decoded(payload)


def _decoded(text: bytes) -> bytes:
    return a2b_base64(text.translate(_FROM_URL) + b"==")


def _encoded(value: bytes) -> bytes:
    return b2a_base64(value, newline=False).translate(_TO_URL).rstrip(b"=")


_FROM_URL = bytes.maketrans(b"-_", b"+/")
_TO_URL = bytes.maketrans(b"+/", b"-_")
