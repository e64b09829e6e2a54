"""Erasing somebody: one transaction, in which every feature does what it declared."""

from datetime import datetime

from flask_babel import lazy_gettext as _
from sqlalchemy import select

from academy import database, personal
from academy.database import db
from academy.people import audit
from academy.people.audit import Act
from academy.people.models import Person
from academy.people.names import full_name
from academy.personal import Leaver
from academy.privacy.register import FEATURES
from academy.refusal import Refusal


class StillOpen(Refusal):
    """Only somebody who left is erased by somebody else."""

    def __init__(self) -> None:
        super().__init__(_("This account is open: close it first. Nothing was erased."), 409)


def erase(person_id: int, at: datetime, actor_id: int | None = None) -> bool:
    """Leave nothing that tells who this person was; False when there is nobody of this number.

    Their row is locked first: what another tab of theirs writes meanwhile has happened before, or fails.
    Raises RoleRefused for the last administrator.
    """
    database.one_at_a_time(person_id)
    leaver = _locked(person_id)
    if leaver is None:
        return False
    for feature in FEATURES:
        if feature.prepare is not None:
            feature.prepare(leaver, at)
    db.session.flush()  # what was prepared is written before rows are let go
    for feature in reversed(FEATURES):
        personal.erase(feature.kept, person_id)
    audit.record(actor_id, Act.PERSON_ERASED, audit.ERASED, at)
    return True


def erase_leaver(person_id: int, actor_id: int, at: datetime) -> bool:
    """The same, by an administrator, for a closed account. Raises StillOpen."""
    if db.session.scalar(select(Person.active).where(Person.id == person_id)):
        raise StillOpen
    return erase(person_id, at, actor_id)


def _locked(person_id: int) -> Leaver | None:
    row = db.session.execute(
        select(Person.email, Person.given_name, Person.family_name)
        .where(Person.id == person_id)
        .with_for_update()
    ).one_or_none()
    return Leaver(person_id, row.email, full_name(row.given_name, row.family_name)) if row else None
