"""Declaring leave, setting working patterns, closing sites."""

from collections.abc import Collection
from datetime import date, datetime, timedelta

from flask_babel import lazy_gettext as _
from sqlalchemy import delete, func, or_, select

from academy import database
from academy.database import db, insert
from academy.people import audit
from academy.people.audit import Act
from academy.people.calendar import A_DAY, Span
from academy.people.models import Entity
from academy.people.workdays import telling
from academy.people.workdays.models import Leave, SiteClosure, WorkingPattern
from academy.people.workdays.patterns import bits
from academy.refusal import Refusal

LONGEST = timedelta(days=366)
FARTHEST = timedelta(days=731)
OLDEST = timedelta(days=92)
MOST = 60


class LeaveRefused(Refusal):
    """These days cannot be declared; the words say which can."""


class PatternRefused(Refusal):
    """These working days cannot be set; the words say which can."""


class ClosureRefused(Refusal):
    """The site cannot be closed on these days; the words say why."""


def declare_leave(
    person_id: int, asked: Span, today: date, instead_of: Leave | None = None
) -> Span:
    """Note that the person is away; leave that overlaps or touches becomes one. Raises LeaveRefused.

    Declaring the same days twice changes nothing. Gives the whole of the leave that now holds them. Leave
    that it stands `instead_of` ends with it.
    """
    _check_dates(asked, today, instead_of)
    database.one_at_a_time(person_id)
    before = [instead_of.id] if instead_of else []
    beside = [each for each in _beside(person_id, asked) if each.id not in before]
    whole = Span(
        min([asked.first, *(each.starts_on for each in beside)]),
        max([asked.last, *(each.ends_on for each in beside)]),
    )
    if whole.last - whole.first >= LONGEST:
        raise LeaveRefused(_("That would make more than a year in a row. Talk to HR about it."))
    gone = [*before, *(each.id for each in beside)]
    if _count(person_id, today) - len(gone) >= MOST:
        raise LeaveRefused(_("That makes too many separate absences. Join some of them together."))
    db.session.execute(delete(Leave).where(Leave.id.in_(gone)))
    db.session.add(Leave(person_id=person_id, starts_on=whole.first, ends_on=whole.last))
    return whole


def remove_leave(leave: Leave) -> None:
    db.session.delete(leave)


def plan_pattern(
    person_id: int, weekdays: Collection[int], on: date, actor_id: int | None, at: datetime
) -> bool:
    """As `set_pattern`, within two years of today and for some day of the week. Raises PatternRefused."""
    if not weekdays:
        raise PatternRefused(_("Tick at least one day. Longer absences are noted as leave."))
    if not at.date() - FARTHEST <= on <= at.date() + FARTHEST:
        raise PatternRefused(_("Choose a day within two years of today."))
    return set_pattern(person_id, weekdays, on, actor_id, at)


def set_pattern(
    person_id: int, weekdays: Collection[int], on: date, actor_id: int | None, at: datetime
) -> bool:
    """From `on`, the person works these weekdays (Monday is 0); what was worked before then stays known.

    Whatever was to hold later gives way. False when exactly this was set already.
    """
    database.one_at_a_time(person_id)
    later = _holding_from(person_id, on)
    wanted = bits(weekdays)
    if [(each.starts_on, each.ends_on, each.weekdays) for each in later] == [(on, None, wanted)]:
        return False
    for each in later:
        if each.starts_on >= on:
            db.session.delete(each)
        else:
            each.ends_on = on - A_DAY
    db.session.flush()  # one open pattern at a time
    db.session.add(WorkingPattern(person_id=person_id, weekdays=wanted, starts_on=on))
    details = {"weekdays": sorted(weekdays), "from": on.isoformat()}
    audit.record(actor_id, Act.PATTERN_SET, audit.person(person_id), at, details)
    if on <= at.date():
        telling.changed_for(person_id, at)
    return True


def plan_closure(
    entity: Entity, days: Span, reason: str, actor_id: int | None, at: datetime
) -> SiteClosure:
    """As `close_site`, for days that make sense. Raises ClosureRefused."""
    if days.last < days.first:
        raise ClosureRefused(_("The last day comes before the first one. Turn them round."))
    if days.last - days.first >= LONGEST:
        raise ClosureRefused(_("That is more than a year in a row. Choose fewer days."))
    if not at.date() - OLDEST <= days.first <= at.date() + FARTHEST:
        raise ClosureRefused(_("Choose days from three months ago to two years ahead."))
    return close_site(entity, days, reason, actor_id, at)


def close_site(
    entity: Entity, days: Span, reason: str, actor_id: int | None, at: datetime
) -> SiteClosure:
    """Close an entity, and all that stands under it, on these days. Closing it twice changes nothing."""
    same = {"entity_id": entity.id, "starts_on": days.first, "ends_on": days.last}
    statement = insert(SiteClosure).values(**same, reason=reason).on_conflict_do_nothing()
    new = db.session.execute(statement.returning(SiteClosure.id)).scalar_one_or_none()
    closure = db.session.scalars(select(SiteClosure).filter_by(**same)).one()
    closure.reason = reason
    if new is not None:
        audit.record(actor_id, Act.SITE_CLOSED, f"entity:{entity.key}", at, _told(entity, days))
        if days.first <= at.date():
            telling.changed_at(entity.id, at)
    return closure


def reopen_site(closure: SiteClosure, entity: Entity, actor_id: int | None, at: datetime) -> None:
    """These days are working days again."""
    gone = delete(SiteClosure).where(SiteClosure.id == closure.id).returning(SiteClosure.id)
    if db.session.execute(gone).scalar_one_or_none() is not None:
        details = _told(entity, Span(closure.starts_on, closure.ends_on))
        audit.record(actor_id, Act.CLOSURE_REMOVED, f"entity:{entity.key}", at, details)


def _told(entity: Entity, days: Span) -> dict[str, str]:
    return {"entity": entity.name, "from": days.first.isoformat(), "to": days.last.isoformat()}


def _holding_from(person_id: int, on: date) -> list[WorkingPattern]:
    """The patterns that hold on that day or later."""
    mine = select(WorkingPattern).where(
        WorkingPattern.person_id == person_id,
        or_(WorkingPattern.ends_on.is_(None), WorkingPattern.ends_on >= on),
    )
    return list(db.session.scalars(mine.order_by(WorkingPattern.id)))


def _check_dates(asked: Span, today: date, instead_of: Leave | None) -> None:
    if asked.last < asked.first:
        raise LeaveRefused(_("The last day comes before the first one. Turn them round."))
    if asked.last - asked.first >= LONGEST:
        raise LeaveRefused(_("That is more than a year in a row. Talk to HR about it."))
    if asked.first > today + FARTHEST:
        raise LeaveRefused(_("That is more than two years ahead. Come back nearer to it."))
    if asked.first < today - OLDEST and not (instead_of and instead_of.starts_on <= asked.first):
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
