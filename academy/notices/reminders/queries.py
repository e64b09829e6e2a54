"""Who is to be reminded: everything a batch needs, in a few statements however many there are."""

from dataclasses import dataclass
from datetime import datetime, time

from sqlalchemy import and_, or_, select

from academy.database import db
from academy.notices.models import Reminder
from academy.notices.reminders.rhythm import Course
from academy.people.models import Person


@dataclass(frozen=True, slots=True)
class Due:
    """Somebody whose hour has struck. `seen` is the moment that was planned.

    `active` says that they have an account, and that the academy is open to them.
    """

    person_id: int
    seen: datetime
    hour: time
    course: Course
    active: bool
    email: str
    given_name: str
    language: str
    zone: str


@dataclass(frozen=True, slots=True)
class Unplanned:
    """Somebody active for whom nothing is planned, or whose time zone has changed since it was."""

    person_id: int
    zone: str
    hour: time | None
    course: Course


def due(at: datetime, limit: int) -> list[Due]:
    """Those whose hour has struck, the longest waiting first."""
    rows = db.session.execute(
        select(
            Reminder.person_id,
            Reminder.next_at,
            Reminder.hour,
            Reminder.last_on,
            Reminder.ignored,
            Reminder.weekly,
            and_(Person.active, ~Person.waits).label("active"),
            Person.email,
            Person.given_name,
            Person.language,
            Person.zone,
        )
        .join(Person, Person.id == Reminder.person_id)
        .where(Reminder.next_at <= at)
        .order_by(Reminder.next_at, Reminder.person_id)
        .limit(limit)
    )
    return [
        Due(
            person_id=row.person_id,
            seen=row.next_at,
            hour=row.hour,
            course=Course(row.last_on, row.ignored, row.weekly),
            active=row.active,
            email=row.email,
            given_name=row.given_name,
            language=row.language,
            zone=row.zone,
        )
        for row in rows
    ]


def unplanned(limit: int) -> list[Unplanned]:
    """Newcomers, those who came back to the company, and those who moved to another time zone."""
    stale = and_(Reminder.wanted, or_(Reminder.next_at.is_(None), Reminder.zone != Person.zone))
    rows = db.session.execute(
        select(
            Person.id,
            Person.zone,
            Reminder.hour,
            Reminder.last_on,
            Reminder.ignored,
            Reminder.weekly,
        )
        .outerjoin(Reminder, Reminder.person_id == Person.id)
        .where(Person.active, ~Person.waits, or_(Reminder.person_id.is_(None), stale))
        .order_by(Person.id)
        .limit(limit)
    )
    return [
        Unplanned(
            row.id, row.zone, row.hour, Course(row.last_on, row.ignored or 0, bool(row.weekly))
        )
        for row in rows
    ]


def still_planned(found: dict[int, datetime]) -> set[int]:
    """Those of them nobody touched since they were read; until the commit nobody else does."""
    rows = db.session.execute(
        select(Reminder.person_id, Reminder.next_at)
        .where(Reminder.person_id.in_(found))
        .order_by(Reminder.person_id)
        .with_for_update()
    )
    return {row.person_id for row in rows if row.next_at == found[row.person_id]}
