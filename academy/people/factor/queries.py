"""What is known of somebody's second factor."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import func, select

from academy.database import db
from academy.people.factor.models import RecoveryCode, SecondFactor


@dataclass(frozen=True, slots=True)
class Standing:
    """Since when somebody has one, and how many codes on paper are left."""

    since: datetime
    left: int


def standing(person_id: int) -> Standing | None:
    left = (
        select(func.count())
        .select_from(RecoveryCode)
        .where(RecoveryCode.person_id == person_id, RecoveryCode.used_at.is_(None))
        .scalar_subquery()
    )
    row = db.session.execute(
        select(SecondFactor.since, left).where(SecondFactor.person_id == person_id)
    ).one_or_none()
    return Standing(*row) if row else None


def sealed(person_id: int) -> str | None:
    return db.session.scalar(select(SecondFactor.secret).where(SecondFactor.person_id == person_id))


def hash_at(person_id: int, slot: int) -> str | None:
    """Of the code in this place, if it was not used yet."""
    return db.session.scalar(
        select(RecoveryCode.code_hash).where(
            RecoveryCode.person_id == person_id,
            RecoveryCode.slot == slot,
            RecoveryCode.used_at.is_(None),
        )
    )
