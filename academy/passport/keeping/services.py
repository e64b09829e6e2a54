"""Withdrawing an award, and the passport with it where it is the passport."""

from datetime import datetime

from academy.passport import queries as passports
from academy.passport import services as issuing
from academy.passport.credentials import services as credentials
from academy.rewards import badges, by_hand
from academy.rewards.badges import AwardKind


def withdraw(person_id: int, award: str, reason: str, actor_id: int, at: datetime) -> bool:
    """Withdraw an award, and what was signed of it; False, and nothing changed, when it is not held."""
    if not by_hand.revoke(person_id, award, reason, actor_id, at):
        return False
    credentials.revoke_award(person_id, award, reason, at)
    found, certificate = badges.current().get(award), passports.valid_one(person_id)
    if found is not None and found.kind is AwardKind.PASSPORT and certificate is not None:
        issuing.revoke(certificate, reason, at)
    return True
