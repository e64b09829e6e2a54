"""Pairs for which something is due: a few at a time, by number, for the worker."""

from datetime import date, datetime
from typing import Any

from sqlalchemy import Select, and_, func, or_, select

from academy.database import db
from academy.mentoring.pairs.models import Entry, Health, MentoringPair
from academy.mentoring.pairs.queries import BEGUN
from academy.people.models import Person

AT_ONCE = 200


def without_one(after: int) -> list[int]:
    """Pairs that have begun and whose mentor or mentee has left."""
    return _numbers(
        select(MentoringPair.id)
        .join(Person, Person.id.in_((MentoringPair.mentor_id, MentoringPair.mentee_id)))
        .where(MentoringPair.state.in_(BEGUN), Person.active.is_(False)),
        after,
    )


def without_room(after: int) -> list[int]:
    """Published pairs whose room is still to be opened."""
    return _numbers(
        select(MentoringPair.id).where(
            MentoringPair.state.in_(BEGUN), MentoringPair.room_id.is_(None)
        ),
        after,
    )


def silent(since: datetime, told: Any, after: int) -> list[int]:
    """Live pairs who have written nothing since then, and for whom this column is still empty."""
    wrote = _last_written()
    quiet = or_(
        wrote.c.at <= since, and_(wrote.c.at.is_(None), MentoringPair.began_on <= since.date())
    )
    return _numbers(
        select(MentoringPair.id)
        .outerjoin(wrote, wrote.c.pair_id == MentoringPair.id)
        .where(MentoringPair.state == Health.LIVE, told.is_(None), quiet),
        after,
    )


def live_since(day: date, after: int) -> list[int]:
    """Live pairs that began on that day or before: their months may be over."""
    return _numbers(
        select(MentoringPair.id).where(
            MentoringPair.state == Health.LIVE, MentoringPair.began_on <= day
        ),
        after,
    )


def _last_written() -> Any:
    return (
        select(Entry.pair_id, func.max(Entry.written_at).label("at"))
        .group_by(Entry.pair_id)
        .subquery()
    )


def _numbers(statement: Select[int], after: int) -> list[int]:
    """The next few, by number."""
    later = statement.where(MentoringPair.id > after).order_by(MentoringPair.id)
    return list(db.session.scalars(later.distinct().limit(AT_ONCE)))
