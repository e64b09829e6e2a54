"""Joining the rankings, leaving them, and counting the points of those who take part."""

from collections.abc import Collection
from datetime import date, datetime

from sqlalchemy import bindparam, delete, func, select, update

from academy.database import db, insert, table
from academy.deeds import queries as log
from academy.deeds.models import Deed
from academy.people.calendar import A_DAY
from academy.rewards.models import LedgerEntry
from academy.rewards.rankings.models import Entrant
from academy.rewards.rankings.rules import Span, begins
from academy.rewards.tariff import Currency


def join(person_id: int, at: datetime) -> None:
    """Be seen by those who asked for it too, from now on. Twice is as good as once."""
    last = last_day(at)
    values = {
        "person_id": person_id,
        "joined_at": at,
        "month": begins(Span.MONTH, last),
        "points": points_of([person_id], last).get(person_id, 0),
    }
    db.session.execute(insert(Entrant).values(values).on_conflict_do_nothing())


def withdraw(person_id: int) -> None:
    """Be seen by nobody any more, from the commit on."""
    db.session.execute(delete(Entrant).where(Entrant.person_id == person_id))


def last_day(at: datetime) -> date:
    """The last day counted: the one before."""
    return at.date() - A_DAY


def points_of(people: Collection[int], last: date) -> dict[int, int]:
    """What each earned in the month of this day, up to it; nobody without points. One statement."""
    first = begins(Span.MONTH, last)
    rows = db.session.execute(
        select(Deed.person_id, func.sum(LedgerEntry.amount))
        .join(LedgerEntry, LedgerEntry.deed_id == Deed.id)
        .where(
            Deed.person_id.in_(people),
            Deed.at >= log.written_from(first),
            Deed.day.between(first, last),
            LedgerEntry.currency == Currency.POINT,
        )
        .group_by(Deed.person_id)
    )
    return {person_id: int(points) for person_id, points in rows if person_id is not None}


def count_entrants(people: Collection[int], last: date) -> None:
    """Write down the points of these, as they are: twice is as good as once."""
    points, month = points_of(people, last), begins(Span.MONTH, last)
    rows = [
        {"whose": number, "now_month": month, "now_points": points.get(number, 0)}
        for number in people
    ]
    row = table(Entrant)
    statement = update(row).where(row.c.person_id == bindparam("whose"))  # whoever left stays away
    statement = statement.values(month=bindparam("now_month"), points=bindparam("now_points"))
    db.session.execute(statement, rows)
