"""Withdrawing an award, and whatever was signed or certified of it."""

from datetime import datetime

from academy.passport import queries as passports
from academy.passport import services as issuing
from academy.passport.credentials import services as credentials
from academy.passport.models import Status
from academy.rewards import badges, by_hand
from academy.rewards.badges import AwardKind

UNTOLD = ""


def withdraw(person_id: int, award: str, reason: str, actor_id: int, at: datetime) -> bool:
    """Withdraw an award, and what was signed of it; False, and nothing changed, when it is not held.

    The reason is its holder's to read: strangers who verify are told that it was withdrawn, and not why.
    """
    if not by_hand.revoke(person_id, award, reason, actor_id, at):
        return False
    credentials.revoke_award(person_id, award, UNTOLD, at)
    found = badges.current().get(award)
    if found is not None and found.kind is AwardKind.PASSPORT:
        _end_passports(person_id, at)
    return True


def _end_passports(person_id: int, at: datetime) -> None:
    """All that were ever issued: one that was merely replaced still says that it was genuine."""
    for certificate in passports.all_of(person_id):
        if certificate.status != Status.REVOKED:
            issuing.revoke(certificate, UNTOLD, at)
