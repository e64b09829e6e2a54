"""What a credential says, as Open Badges 3.0 on Verifiable Credentials 2.0. Pure."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from hashlib import sha256
from typing import Any

from academy.passport.credentials.issuer import Issuer

CONTEXTS = [
    "https://www.w3.org/ns/credentials/v2",
    "https://purl.imsglobal.org/spec/ob/v3p0/context-3.0.3.json",
]
ACHIEVEMENTS = {
    "badge": "Badge",
    "medal": "Badge",
    "visa": "Badge",
    "level": "Badge",
    "passport": "Certificate",
}


@dataclass(frozen=True, slots=True)
class Numbered:
    """Where a credential stands: its own name, its holder's, and its place on the list of those revoked."""

    ref: str
    list: int
    place: int


def open_badge(
    said: Mapping[str, Any], numbered: Numbered, issuer: Issuer, since: datetime
) -> dict[str, Any]:
    """The credential without a proof. Nobody is named in it: its holder is a salted hash."""
    return (
        envelope(said, numbered, issuer, since)
        | {"credentialSubject": _subject(said, issuer)}
        | _evidence(said)
    )


def envelope(
    said: Mapping[str, Any], numbered: Numbered, issuer: Issuer, since: datetime
) -> dict[str, Any]:
    """What every credential says: who issued it, since when, and where it is told when it is revoked."""
    lists = f"{issuer.url}/credentials/status/{numbered.list}"
    return {
        "@context": CONTEXTS,
        "id": f"{issuer.url}/credentials/{numbered.ref}",
        "type": ["VerifiableCredential", "OpenBadgeCredential"],
        "name": said["title"],
        "issuer": {
            "id": issuer.did,
            "type": ["Profile"],
            "name": issuer.name,
            "url": issuer.url,
        },
        "validFrom": moment(since),
        "credentialStatus": {
            "id": f"{lists}#{numbered.place}",
            "type": "BitstringStatusListEntry",
            "statusPurpose": "revocation",
            "statusListIndex": str(numbered.place),
            "statusListCredential": lists,
        },
    }


def hashed(email: str, salt: str) -> str:
    """The holder's address as others may compare it, and not read it."""
    return "sha256$" + sha256((email + salt).encode()).hexdigest()


def moment(at: datetime) -> str:
    return at.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")


def identity(said: Mapping[str, Any]) -> dict[str, Any]:
    """Who holds it, as `hashed` has them."""
    return {
        "type": "IdentityObject",
        "hashed": True,
        "identityHash": said["holder"],
        "identityType": "emailAddress",
        "salt": said["salt"],
    }


def _subject(said: Mapping[str, Any], issuer: Issuer) -> dict[str, Any]:
    return {
        "id": said["subject"],
        "type": ["AchievementSubject"],
        "identifier": [identity(said)],
        "achievement": {
            "id": f"{issuer.url}/badges/{said['key']}#{said['version']}",
            "type": ["Achievement"],
            "achievementType": ACHIEVEMENTS[said["kind"]],
            "inLanguage": said["language"],
            "name": said["title"],
            "description": said["summary"],
            "criteria": {"narrative": said["summary"]},
            "image": {"id": f"{issuer.url}/badges/{said['key']}.svg", "type": "Image"},
        },
    }


def _evidence(said: Mapping[str, Any]) -> dict[str, Any]:
    """For a passport, the visas and badges it holds; each may be checked by itself."""
    lines = [{"type": ["Evidence"], **line} for line in said["evidence"]]
    return {"evidence": lines} if lines else {}
