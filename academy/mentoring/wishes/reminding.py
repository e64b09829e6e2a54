"""Reminding of wishes: two working days before the last day, each person's own; once."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any, Final

from sqlalchemy import Select, and_, exists, or_, select, tuple_

from academy import clock
from academy.database import db, insert, table
from academy.mentoring.programmes.models import Programme, Volunteer
from academy.mentoring.programmes.queries import OUT
from academy.mentoring.programmes.rules import LIVE
from academy.mentoring.speed.models import SpeedMeeting, Stage, Talk
from academy.mentoring.wishes.models import Ballot
from academy.mentoring.wishes.queries import is_published
from academy.notices import services as notices
from academy.notices.kinds import Kind
from academy.notices.services import News
from academy.people.calendar import Calendar
from academy.people.models import Person
from academy.people.workdays import queries as workdays

BATCH: Final = 200
WORKING_DAYS: Final = 2
FARTHEST: Final = timedelta(days=45)
"""Nobody's last two working days before a day are farther from it, or they are reminded by then."""

Cursor = tuple[int, int]
FIRST: Final[Cursor | None] = (0, 0)


@dataclass(frozen=True, slots=True)
class Silent:
    """Somebody who met people and has not handed in."""

    programme_id: int
    name_fr: str
    name_en: str
    last: date
    person_id: int
    zone: str


def due(at: datetime, after: Cursor) -> tuple[list[Silent], Cursor | None]:
    """Those of a batch whose time has come, and where the next batch begins; at most five statements."""
    found = [Silent(*row) for row in db.session.execute(_silent(at).where(_later(after)))]
    calendars = _calendars(found, at)
    near = [each for each in found if is_near(each, calendars[each.person_id], at)]
    last = (found[-1].programme_id, found[-1].person_id) if len(found) == BATCH else None
    return near, last


def is_near(silent: Silent, calendar: Calendar, at: datetime) -> bool:
    """From two of their working days before the last day on, in their zone, to its end."""
    today = clock.day_in(silent.zone, at)
    begins = calendar.add_working_days(silent.last, -WORKING_DAYS)
    return (begins or silent.last - FARTHEST) <= today <= silent.last


def tell(due: Sequence[Silent], at: datetime) -> int:
    """Tell them, but for those whom somebody else told meanwhile."""
    told = 0
    for number in dict.fromkeys(each.programme_id for each in due):
        readers = [each for each in due if each.programme_id == number]
        name = {"fr": readers[0].name_fr, "en": readers[0].name_en}
        data = {"programme": number, "name": name, "last": readers[0].last.isoformat()}
        ours = _claimed(number, [each.person_id for each in readers], at)
        notices.tell(ours, News(Kind.WISHES, f"wishes:{number}", data), at)
        told += len(ours)
    return told


def _silent(at: datetime) -> Select[*tuple[Any, ...]]:
    held = exists().where(
        Talk.meeting_id == SpeedMeeting.id,
        SpeedMeeting.programme_id == Programme.id,
        SpeedMeeting.state == Stage.HELD,
        or_(Talk.mentor_id == Person.id, Talk.mentee_id == Person.id),
    )
    days = (at.date() - timedelta(days=1), at.date() + FARTHEST)
    programme = (Programme.id, Programme.name_fr, Programme.name_en, Programme.wishes_by)
    return (
        select(*programme, Person.id, Person.zone)
        .join(Volunteer, Volunteer.programme_id == Programme.id)
        .join(Person, Person.id == Volunteer.person_id)
        .outerjoin(Ballot, and_(Ballot.programme_id == Programme.id, Ballot.person_id == Person.id))
        .where(
            Programme.state.in_(LIVE),
            Programme.wishes_by.between(*days),
            ~is_published(),
            Volunteer.side != OUT,
            Person.active,
            Ballot.handed_in_at.is_(None),
            Ballot.reminded_at.is_(None),
            held,
        )
        .order_by(Programme.id, Person.id)
        .limit(BATCH)
    )


def _later(after: Cursor) -> Any:
    return tuple_(Programme.id, Person.id) > after


def _calendars(people: Iterable[Silent], at: datetime) -> dict[int, Calendar]:
    """Today is not the same day everywhere."""
    days: dict[date, list[int]] = {}
    for each in people:
        days.setdefault(clock.day_in(each.zone, at), []).append(each.person_id)
    found: dict[int, Calendar] = {}
    for day, numbers in days.items():
        found |= workdays.calendars_of(numbers, day)
    return found


def _claimed(number: int, people: Sequence[int], at: datetime) -> set[int]:
    """Mark them as told, all at once; gives whom nobody had marked, and who has not handed in since."""
    rows = [
        {"programme_id": number, "person_id": person, "version": 0, "saved_at": at}
        | {"reminded_at": at}
        for person in people
    ]
    statement = insert(table(Ballot)).values(rows)
    silent = and_(Ballot.reminded_at.is_(None), Ballot.handed_in_at.is_(None))
    claimed = statement.on_conflict_do_update(
        index_elements=["programme_id", "person_id"], set_={"reminded_at": at}, where=silent
    ).returning(table(Ballot).c.person_id)
    return set(db.session.scalars(claimed))
