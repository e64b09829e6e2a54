"""What the page of one guest asks: their seat, whom they meet, what they noted."""

from dataclasses import dataclass
from typing import Any

from sqlalchemy import Select, and_, or_, select
from sqlalchemy.orm import aliased

from academy.database import db, fresh
from academy.mentoring.programmes.models import Programme, Volunteer
from academy.mentoring.speed.models import Seat, SpeedMeeting, Talk
from academy.mentoring.wishes.models import Wish
from academy.people.models import Person
from academy.people.names import full_name, initials


@dataclass(frozen=True, slots=True)
class Meeter:
    """One of my talks: with whom, where, when, and what they say of themselves."""

    id: int
    name: str
    initials: str
    round: int
    table: int
    active: bool
    hopes: str
    offered: list[str]
    wanted: list[str]
    liking: str | None
    note: str


def my_talks(found: SpeedMeeting, person_id: int) -> tuple[Meeter, ...]:
    """By round, with what I noted of each; one statement."""
    mine = or_(Talk.mentor_id == person_id, Talk.mentee_id == person_id)
    other = or_(
        and_(Talk.mentor_id == person_id, Person.id == Talk.mentee_id),
        and_(Talk.mentee_id == person_id, Person.id == Talk.mentor_id),
    )
    theirs = and_(Volunteer.programme_id == found.programme_id, Volunteer.person_id == Person.id)
    noted = and_(
        Wish.programme_id == found.programme_id,
        Wish.person_id == person_id,
        Wish.other_id == Person.id,
    )
    rows = db.session.execute(
        select(
            *(Person.id, Person.given_name, Person.family_name, Person.active),
            *(Talk.round, Talk.table_number),
            *(Volunteer.hopes, Volunteer.offered, Volunteer.wanted, Wish.liking, Wish.note),
        )
        .join(Person, other)
        .outerjoin(Volunteer, theirs)
        .outerjoin(Wish, noted)
        .where(Talk.meeting_id == found.id, mine)
        .order_by(Talk.round)
    )
    return tuple(
        Meeter(
            row.id,
            full_name(row.given_name, row.family_name),
            initials(row.given_name, row.family_name),
            row.round,
            row.table_number,
            row.active,
            row.hopes or "",
            row.offered or [],
            row.wanted or [],
            row.liking,
            row.note or "",
        )
        for row in rows
    )


@dataclass(frozen=True, slots=True)
class Invited:
    """A meeting as one of its guests opens it: its programme, their seat and what they said."""

    meeting: SpeedMeeting
    programme: Programme
    seat: Seat
    offered: list[str]
    wanted: list[str]


def invited(number: int, person_id: int) -> Invited | None:
    """One statement; None for somebody without a seat."""
    mine = aliased(Volunteer)
    said = and_(mine.programme_id == SpeedMeeting.programme_id, mine.person_id == person_id)
    statement: Select[*tuple[Any, ...]] = (
        select(SpeedMeeting, Programme, Seat, mine.offered, mine.wanted)
        .join(Programme, Programme.id == SpeedMeeting.programme_id)
        .join(Seat, and_(Seat.meeting_id == SpeedMeeting.id, Seat.person_id == person_id))
        .outerjoin(mine, said)
        .where(SpeedMeeting.id == number)
    )
    row = db.session.execute(fresh(statement)).one_or_none()
    return Invited(row[0], row[1], row[2], row[3] or [], row[4] or []) if row else None


def met_in(number: int, person_id: int, other_id: int) -> int | None:
    """The round in which these two talk."""
    return db.session.scalar(
        select(Talk.round).where(
            Talk.meeting_id == number,
            or_(
                and_(Talk.mentor_id == person_id, Talk.mentee_id == other_id),
                and_(Talk.mentor_id == other_id, Talk.mentee_id == person_id),
            ),
        )
    )
