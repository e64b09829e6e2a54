"""Everything a solver is asked about one programme, as it stands now."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import Select, select

from academy.database import db
from academy.mentoring.apart import apart
from academy.mentoring.pairing.pool import Orders, Pair, Pool
from academy.mentoring.pairs.models import Bond, Order
from academy.mentoring.pairs.proposing import pooling
from academy.mentoring.pairs.proposing.pooling import Said, Sides, Taker
from academy.mentoring.programmes import queries as programmes
from academy.mentoring.programmes.models import Programme, Volunteer
from academy.mentoring.programmes.queries import OUT
from academy.mentoring.speed.models import SpeedMeeting, Stage, Talk
from academy.mentoring.wishes.models import Wish
from academy.people.models import Person


@dataclass(frozen=True, slots=True)
class Gathered:
    """One question to the solver."""

    pool: Pool
    orders: Orders


def gathered(number: int, today: date, seed: int) -> Gathered:
    """The pool and the orders of a programme."""
    programme = programmes.programme(number)
    if programme is None:
        raise LookupError(f"there is no programme {number}")
    both, said, talked = sides_now(number), wishes(number), talks(number)
    barred = _apart(programme, both, today)
    pool, orders = pooling.pooled(
        both, talked, said, barred, bonds(number), programme.capacity, seed
    )
    return Gathered(pool, orders)


def sides_now(number: int) -> Sides:
    """Who is on which side now. Two statements."""
    return pooling.sides(takers(number), talks(number))


def takers(number: int) -> list[Taker]:
    """Volunteers who are still in the programme, and in the company."""
    columns = (Volunteer.person_id, Volunteer.side, Volunteer.offered, Volunteer.wanted)
    rows = db.session.execute(
        select(*columns, Volunteer.capacity)
        .join(Person, Person.id == Volunteer.person_id)
        .where(Volunteer.programme_id == number, Volunteer.side != OUT, Person.active)
        .order_by(Volunteer.id)
    )
    return [Taker(row[0], row[1], tuple(row[2]), tuple(row[3]), row[4]) for row in rows]


def talks(number: int) -> list[Pair]:
    """Who talked with whom in meetings that were held, mentor first."""
    rows = db.session.execute(
        select(Talk.mentor_id, Talk.mentee_id)
        .join(SpeedMeeting, SpeedMeeting.id == Talk.meeting_id)
        .where(SpeedMeeting.programme_id == number, SpeedMeeting.state == Stage.HELD)
        .order_by(Talk.id)
    )
    return [(row[0], row[1]) for row in rows]


def wishes(number: int) -> list[Said]:
    """Everybody's wishes as last saved, handed in or not."""
    statement: Select[*tuple[Any, ...]] = (
        select(Wish.person_id, Wish.other_id, Wish.rank, Wish.veto)
        .where(Wish.programme_id == number)
        .order_by(Wish.id)
    )
    return [Said(*row) for row in db.session.execute(statement)]


def bonds(number: int) -> Orders:
    """Pairs the organisers want, and do not want."""
    rows = db.session.execute(
        select(Order.mentor_id, Order.mentee_id, Order.bond).where(Order.programme_id == number)
    ).all()
    pinned, forbidden = (
        frozenset((row[0], row[1]) for row in rows if row[2] == bond)
        for bond in (Bond.PIN, Bond.FORBID)
    )
    return Orders(pinned, forbidden)


def not_possible_now(programme: Programme, pairs: list[Pair], today: date) -> bool:
    """Is any of these pairs not possible any more: somebody said no, reports to the other, or must not?"""
    both = sides_now(programme.id)
    asked = frozenset(pairs)
    refused = {(each.person, each.other) for each in wishes(programme.id) if each.veto}
    refused |= {(other, person) for person, other in refused}
    barred = _apart(programme, both, today)
    return bool(asked & (refused | barred | bonds(programme.id).forbidden))


def _apart(programme: Programme, both: Sides, today: date) -> frozenset[Pair]:
    """Those of one reporting line, and who would rather not meet. Two statements."""
    whom = select(Volunteer.person_id).where(
        Volunteer.programme_id == programme.id, Volunteer.side != OUT
    )
    return apart(programme, both.mentors.keys(), both.mentees.keys(), whom, today)
