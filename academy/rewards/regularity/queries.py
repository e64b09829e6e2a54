"""What the page of one's rhythm needs, however long the history."""

from dataclasses import dataclass
from datetime import date

from sqlalchemy import select

from academy.database import db
from academy.deeds import queries as log
from academy.deeds.verbs import Verb
from academy.people.models import Person
from academy.rewards.regularity.models import LongestRow
from academy.rewards.regularity.rhythm import WINDOW, Row


@dataclass(frozen=True, slots=True)
class Kept:
    """Since when somebody is here, and their longest row as far as it was noted."""

    joined_on: date
    longest: Row | None


def days_done(person_id: int, today: date) -> frozenset[date]:
    """The days with a minute, within a year. One statement."""
    found = log.by_day(person_id, Verb.ROUND_DONE, None, today - WINDOW, today)
    return frozenset(map(date.fromordinal, found))


def kept_of(person_id: int) -> Kept:
    """One statement."""
    row = db.session.execute(
        select(Person.joined_on, LongestRow.length, LongestRow.until)
        .outerjoin(LongestRow, LongestRow.person_id == Person.id)
        .where(Person.id == person_id)
    ).one()
    return Kept(row.joined_on, Row(row.length, row.until) if row.length else None)
