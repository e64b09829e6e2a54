"""Declaring leave, setting working patterns, closing sites."""

from collections.abc import Collection
from datetime import date, datetime, timedelta

from flask_babel import lazy_gettext as _
from sqlalchemy import delete, func, select

from academy import database
from academy.database import db
from academy.people import audit
from academy.people.audit import Act
from academy.people.calendar import A_DAY, Span
from academy.people.models import Entity
from academy.people.workdays.models import Leave, SiteClosure, WorkingPattern
from academy.people.workdays.patterns import bits
from academy.refusal import Refusal

LONGEST = timedelta(days=366)
FARTHEST = timedelta(days=731)
OLDEST = timedelta(days=92)
MOST = 60


class LeaveRefused(Refusal):
    """These days cannot be declared; the words say which can."""


def declare_leave(person_id: int, asked: Span, today: date) -> Span:
    """Note that the person is away; leave that overlaps or touches becomes one. Raises LeaveRefused.

    Declaring the same days twice changes nothing. Gives the whole of the leave that now holds them.
    """
    _check_dates(asked, today)
    database.one_at_a_time(person_id)
    beside = _beside(person_id, asked)
    whole = Span(
        min([asked.first, *(each.starts_on for each in beside)]),
        max([asked.last, *(each.ends_on for each in beside)]),
    )
    if whole.last - whole.first >= LONGEST:
        raise LeaveRefused(_("That would make more than a year in a row. Talk to HR about it."))
    if _count(person_id, today) - len(beside) >= MOST:
        raise LeaveRefused(_("That makes too many separate absences. Join some of them together."))
    db.session.execute(delete(Leave).where(Leave.id.in_([each.id for each in beside])))
    db.session.add(Leave(person_id=person_id, starts_on=whole.first, ends_on=whole.last))
    return whole


def remove_leave(leave: Leave) -> None:
    db.session.delete(leave)


def set_pattern(
    person_id: int, weekdays: Collection[int], on: date, actor_id: int | None, at: datetime
) -> None:
    """From `on`, the person works these weekdays (Monday is 0); the pattern before ends the day before."""
    database.one_at_a_time(person_id)
    before = db.session.scalar(
        select(WorkingPattern).where(
            WorkingPattern.person_id == person_id, WorkingPattern.ends_on.is_(None)
        )
    )
    if before is not None and before.starts_on >= on:
        db.session.delete(before)
    elif before is not None:
        before.ends_on = on - A_DAY
    db.session.flush()  # one open pattern at a time
    db.session.add(WorkingPattern(person_id=person_id, weekdays=bits(weekdays), starts_on=on))
    details = {"weekdays": sorted(weekdays), "from": on.isoformat()}
    audit.record(actor_id, Act.PATTERN_SET, audit.person(person_id), at, details)


def close_site(
    entity: Entity, days: Span, reason: str, actor_id: int | None, at: datetime
) -> SiteClosure:
    """Close an entity, and all that stands under it, on these days. Closing it twice changes nothing."""
    same = select(SiteClosure).where(
        SiteClosure.entity_id == entity.id,
        SiteClosure.starts_on == days.first,
        SiteClosure.ends_on == days.last,
    )
    found = db.session.scalar(same)
    if found is not None:
        found.reason = reason
        return found
    closure = SiteClosure(
        entity_id=entity.id, starts_on=days.first, ends_on=days.last, reason=reason
    )
    db.session.add(closure)
    details = {"entity": entity.name, "from": days.first.isoformat(), "to": days.last.isoformat()}
    audit.record(actor_id, Act.SITE_CLOSED, f"entity:{entity.key}", at, details)
    return closure


def _check_dates(asked: Span, today: date) -> None:
    if asked.last < asked.first:
        raise LeaveRefused(_("The last day comes before the first one. Turn them round."))
    if asked.last - asked.first >= LONGEST:
        raise LeaveRefused(_("That is more than a year in a row. Talk to HR about it."))
    if asked.first > today + FARTHEST:
        raise LeaveRefused(_("That is more than two years ahead. Come back nearer to it."))
    if asked.first < today - OLDEST:
        raise LeaveRefused(_("That is more than three months ago: nothing depends on it any more."))


def _beside(person_id: int, asked: Span) -> list[Leave]:
    """The leave that overlaps these days or touches them."""
    return list(
        db.session.scalars(
            select(Leave).where(
                Leave.person_id == person_id,
                Leave.starts_on <= asked.last + A_DAY,
                Leave.ends_on >= asked.first - A_DAY,
            )
        )
    )


def _count(person_id: int, today: date) -> int:
    mine = select(func.count(Leave.id)).where(Leave.person_id == person_id, Leave.ends_on >= today)
    return db.session.scalar(mine) or 0
