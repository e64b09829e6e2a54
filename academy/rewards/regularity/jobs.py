"""What the worker sees to every night: longest rows are noted before their days are out of sight."""

from collections.abc import Iterator
from datetime import date, datetime

from sqlalchemy import select

from academy import database
from academy.database import db
from academy.deeds import queries as log
from academy.people.models import Person
from academy.people.workdays import queries as workdays
from academy.rewards.regularity import services
from academy.rewards.regularity.rhythm import WINDOW, Row, longest

TURN = 28
"""Each person is looked at once in so many nights; what a page shows goes back a year."""
AT_ONCE = 200


def note_longest_rows(at: datetime) -> int:
    """One in 28 of all people; gives how many rows were looked at. Twice is as good as once."""
    turn, last, looked = at.date().toordinal() % TURN, 0, 0
    while True:
        database.reading_only()
        people = _after(last, turn)
        rows = dict(_rows(people, at.date())) if people else {}
        db.session.rollback()
        database.may_write()
        if not people:
            return looked
        for person_id, row in rows.items():
            services.note_longest(person_id, row)
        db.session.commit()
        looked, last = looked + len(rows), people[-1]


def _after(last: int, turn: int) -> list[int]:
    mine = select(Person.id).where(Person.id > last, Person.active, Person.id % TURN == turn)
    return list(db.session.scalars(mine.order_by(Person.id).limit(AT_ONCE)))


def _rows(people: list[int], today: date) -> Iterator[tuple[int, Row]]:
    calendars = workdays.calendars_of(people, today)
    for person_id, done in _days(people, today).items():
        row = longest(done, calendars[person_id])
        if row is not None:
            yield person_id, row


def _days(people: list[int], today: date) -> dict[int, list[date]]:
    found: dict[int, list[date]] = {}
    for person_id, day in log.rounds(people, today - WINDOW, today):
        found.setdefault(person_id, []).append(day)
    return found
