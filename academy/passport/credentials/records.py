"""Several credentials of one person in one signed file, as a Comprehensive Learner Record 2.0. Pure.

The words of CLR 2.0 do not survive being written out and read back, so no general reader can say that a
record means nothing more than what is signed. Here a record may hold what is named below, and nothing
else; each credential inside carries a proof of its own.
"""

from collections.abc import Mapping, Sequence
from datetime import datetime
from functools import cache
from typing import Any

from openbadgeslib.errors import LibOpenBadgesException
from openbadgeslib.ob3.clr import CLR_CONTEXT_URL, bundled_clr_contexts
from openbadgeslib.ob3.contexts import document_loader
from openbadgeslib.ob3.ldp import _check_json_ld_form  # its exact reading, for any document

from academy.passport.credentials import building
from academy.passport.credentials.building import Numbered
from academy.passport.credentials.issuer import Issuer

KIND = "ClrCredential"
CONTEXTS = [building.CONTEXTS[0], CLR_CONTEXT_URL, building.CONTEXTS[1]]
"""In the order in which CLR 2.0 wants them."""
SUBJECT = {"id", "type", "identifier", "verifiableCredential"}
IDENTITY = {"type", "hashed", "identityHash", "identityType", "salt"}


def clr(
    said: Mapping[str, Any],
    numbered: Numbered,
    issuer: Issuer,
    since: datetime,
    members: Sequence[Mapping[str, Any]],
) -> dict[str, Any]:
    """The record around its members, each of them signed; itself without a proof."""
    return building.envelope(said, numbered, issuer, since) | {
        "@context": CONTEXTS,
        "type": ["VerifiableCredential", KIND],
        "partial": said["partial"],
        "credentialSubject": {
            "id": said["subject"],
            "type": ["ClrSubject"],
            "identifier": [building.identity(said)],
            "verifiableCredential": list(members),
        },
    }


@cache
def contexts() -> dict[str, Any]:
    """The words of CLR 2.0, as shipped; raises when they are not those we know."""
    return bundled_clr_contexts()


def is_record(document: Mapping[str, Any]) -> bool:
    kinds = document.get("type")
    return KIND in (kinds if isinstance(kinds, list) else [kinds])


def members(document: Mapping[str, Any]) -> list[Any]:
    """What is inside, unproven; nothing when it is not a list."""
    subject = document.get("credentialSubject")
    found = subject.get("verifiableCredential") if isinstance(subject, dict) else None
    return found if isinstance(found, list) else []


def is_exact(document: Mapping[str, Any]) -> bool:
    """Does every word around the members mean what a proof signs, and nothing else?"""
    subject = document.get("credentialSubject")
    if document.get("@context") != CONTEXTS or not isinstance(subject, dict):
        return False
    if not subject.keys() <= SUBJECT or subject.get("type") != ["ClrSubject"]:
        return False
    return _identified(subject) and _each_once(members(document)) and _around_is_exact(document)


def _identified(subject: Mapping[str, Any]) -> bool:
    listed = subject.get("identifier")
    return isinstance(listed, list) and all(
        isinstance(each, dict)
        and each.keys() <= IDENTITY
        and each.get("type") == "IdentityObject"
        and all(isinstance(value, str | bool) for value in each.values())
        for each in listed
    )


def _each_once(inside: Sequence[Any]) -> bool:
    names = [each.get("id") if isinstance(each, dict) else None for each in inside]
    return all(isinstance(name, str) for name in names) and len(set(names)) == len(names) > 0


def _around_is_exact(document: Mapping[str, Any]) -> bool:
    """The rest, by the exact reader: it has no word for what is inside."""
    subject = {"id": document["credentialSubject"].get("id"), "type": ["ClrSubject"]}
    rest = {**document, "credentialSubject": subject}
    try:
        _check_json_ld_form(rest, document.get("proof") or {}, document_loader(contexts()))
    except (LibOpenBadgesException, ValueError):
        return False
    return True
