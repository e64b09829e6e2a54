"""What somebody uploaded: a credential, however it is wrapped. Pure, and never trusting."""

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime
from enum import StrEnum
from typing import Any

from jwt import InvalidTokenError
from jwt.api_jws import PyJWS
from jwt.utils import base64url_decode, base64url_encode

from academy.passport.credentials import baking, records
from academy.passport.credentials.baking import NothingBaked

LONGEST = 300
DEEPEST = 40
PARTS = 3
BADGES = ("OpenBadgeCredential", "AchievementCredential")
MOST_INSIDE = 64
"""More than there are awards; each is examined by itself."""


class Carrier(StrEnum):
    """What was uploaded."""

    PNG = "png"
    SVG = "svg"
    FILE = "file"


class Unreadable(ValueError):
    """There is no credential in it; the reason is a word of `words.UNREADABLE`."""


@dataclass(frozen=True, slots=True)
class Found:
    """A credential as it came, nothing of it being proven yet. A token has its text, a document none."""

    carrier: Carrier
    document: dict[str, Any]
    token: str = ""
    header: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Claims:
    """What it says of itself, in plain words of bounded length."""

    id: str
    title: str
    summary: str
    issuer: str
    issuer_name: str
    method: str
    since: datetime | None
    until: datetime | None
    dated: bool  # are its dates readable?
    has_status: bool
    identities: tuple[tuple[str, str], ...]  # hash and salt of the holder's address


def read(upload: bytes) -> Found:
    """The credential in a picture, a document or a token; raises Unreadable."""
    carrier, text = _unwrapped(upload)
    found = Found(carrier, _document(text)) if text.startswith("{") else _token(carrier, text)
    if records.is_record(found.document):
        inside = records.members(found.document)
        if not 0 < len(inside) <= MOST_INSIDE or not all(map(_is_badge, inside)):
            raise Unreadable("not-badges-inside")
    elif not _is_badge(found.document):
        raise Unreadable("not-an-open-badge")
    return found


def _is_badge(document: Any) -> bool:
    if not isinstance(document, dict) or records.is_record(document):
        return False
    kinds = document.get("type")
    return any(kind in BADGES for kind in (kinds if isinstance(kinds, list) else [kinds]))


def claims(found: Found) -> Claims:
    """Never raises: what is not there, or not what it should be, is empty."""
    said = found.document
    subject = _one(said.get("credentialSubject"))
    achievement = _one(subject.get("achievement"))
    issuer = said.get("issuer")
    since, until = _moment(said.get("validFrom")), _moment(said.get("validUntil"))
    proof = _one(said.get("proof"))
    method = found.header.get("kid") if found.token else proof.get("verificationMethod")
    return Claims(
        id=_text(said.get("id")),
        title=_text(achievement.get("name")) or _text(said.get("name")),
        summary=_text(achievement.get("description")),
        issuer=_text(issuer) or _text(_one(issuer).get("id")),
        issuer_name=_text(_one(issuer).get("name")),
        method=_text(method),
        since=since,
        until=until,
        dated=since is not None and (until is not None or "validUntil" not in said),
        has_status="credentialStatus" in said,
        identities=tuple(_identities(subject.get("identifier"))),
    )


def _unwrapped(upload: bytes) -> tuple[Carrier, str]:
    try:
        if upload.startswith(baking.SIGNATURE):
            return Carrier.PNG, baking.unbake_png(upload)
        text = upload.decode("utf-8-sig").strip()
        if text.startswith("<"):
            return Carrier.SVG, baking.unbake_svg(upload)
    except NothingBaked:
        raise Unreadable("nothing-baked") from None
    except UnicodeDecodeError:
        raise Unreadable("not-text") from None
    if not text:
        raise Unreadable("empty")
    return Carrier.FILE, text


def _document(text: str) -> dict[str, Any]:
    """JSON, read strictly: no name twice, nothing that is no number, not too deep."""
    try:
        said = json.loads(text, object_pairs_hook=_each_once, parse_constant=_refused)
    except (ValueError, RecursionError):
        raise Unreadable("not-json") from None
    if not isinstance(said, dict) or _too_deep(said):
        raise Unreadable("not-json")
    return said


def _token(carrier: Carrier, text: str) -> Found:
    """Three parts, each written in the one way there is to write it."""
    parts = text.split(".")
    if len(parts) != PARTS:
        raise Unreadable("not-a-credential")
    try:
        header, payload, _signature = (_bytes(part) for part in parts)
        PyJWS().get_unverified_header(text)
        return Found(carrier, _document(payload.decode()), text, _document(header.decode()))
    except Unreadable:
        raise
    except (ValueError, InvalidTokenError, RecursionError):
        raise Unreadable("not-a-token") from None


def _bytes(part: str) -> bytes:
    decoded = base64url_decode(part)
    if base64url_encode(decoded).decode() != part:
        raise ValueError(part)
    return decoded


def _each_once(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    made = dict(pairs)
    if len(made) != len(pairs):
        raise ValueError("a name is there twice")
    return made


def _refused(constant: str) -> Any:
    raise ValueError(constant)


def _too_deep(said: Any) -> bool:
    level = [said]
    for _depth in range(DEEPEST):
        level = [
            inner
            for each in level
            for inner in (each.values() if isinstance(each, dict) else each)
            if isinstance(inner, dict | list)
        ]
        if not level:
            return False
    return True


def _one(value: Any) -> Mapping[str, Any]:
    """The object, or the first of several; nothing when there is none."""
    if isinstance(value, list):
        value = value[0] if value else None
    return value if isinstance(value, dict) else {}


def _text(value: Any) -> str:
    """A word or a sentence, as a page may show it."""
    if not isinstance(value, str):
        return ""
    return "".join(sign for sign in value[:LONGEST] if sign.isprintable()).strip()


def _moment(value: Any) -> datetime | None:
    try:
        at = datetime.fromisoformat(value)
        return at.astimezone(UTC) if at.tzinfo else None
    except (TypeError, ValueError, OverflowError):
        return None


def _identities(value: Any) -> list[tuple[str, str]]:
    listed = value if isinstance(value, list) else [value]
    return [
        (_text(each.get("identityHash")), _text(each.get("salt")))
        for each in listed[:10]
        if isinstance(each, dict) and each.get("hashed") is True
    ]
