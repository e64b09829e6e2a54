"""Seats as those see them who sit there, and what a letter about them needs."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import Select, case, func, select

from academy.community.naming import Said
from academy.database import db, fresh
from academy.mentoring.programmes.models import Programme, Volunteer
from academy.mentoring.programmes.queries import OUT
from academy.mentoring.programmes.rules import Side
from academy.mentoring.speed.models import CHAIRS, Reply, Seat, SpeedMeeting, Stage
from academy.mentoring.speed.rules import lasts
from academy.people.models import Person
from academy.people.names import full_name

COMING = (Reply.INVITED, Reply.CONFIRMED)
TO_COME = (Stage.PLANNED, Stage.ANNOUNCED)


@dataclass(frozen=True, slots=True)
class Chairs:
    """How many chairs of a meeting are taken on each side."""

    mentors: int
    mentees: int

    def taken(self, side: str) -> int:
        return self.mentors if side == Side.MENTOR else self.mentees


@dataclass(frozen=True, slots=True)
class Invited:
    """Somebody, their seat and its meeting: all that a mail or a reminder says."""

    seat: Seat
    meeting: SpeedMeeting
    name: Said
    email: str
    given_name: str
    full_name: str
    language: str
    zone: str
    rounds: int

    @property
    def ends_at(self) -> datetime:
        return self.meeting.starts_at + length(self.meeting, self.rounds)


def length(meeting: SpeedMeeting, rounds: int) -> timedelta:
    """How long it lasts, with so many rounds unless they are planned."""
    each = meeting.talk_seconds, meeting.note_seconds, meeting.change_seconds
    return lasts(meeting.rounds or max(rounds, 1), *each)


def invited(meeting: int, seat: int | None = None) -> list[Invited]:
    """Who is invited to a meeting or has confirmed, or this one alone. Two statements."""
    statement = _invited().where(SpeedMeeting.id == meeting, Seat.reply.in_(COMING))
    if seat is not None:
        statement = statement.where(Seat.id == seat)
    return _read(statement)


def mine(person_id: int, programme: int) -> list[Invited]:
    """The seats of somebody in announced meetings, whatever they answered. Two statements."""
    announced = SpeedMeeting.state.in_((Stage.ANNOUNCED, Stage.RUNNING, Stage.HELD))
    whose = Seat.person_id == person_id, SpeedMeeting.programme_id == programme
    return _read(_invited().where(*whose, announced))


def numbered(seats: Collection[int]) -> list[Invited]:
    """These seats. Two statements."""
    return _read(_invited().where(Seat.id.in_(seats)))


def of_person(person_id: int, programme: int) -> list[tuple[Seat, SpeedMeeting]]:
    """The seats of somebody in meetings still to come, planned ones too."""
    statement: Select[*tuple[Any, ...]] = (
        select(Seat, SpeedMeeting)
        .join(SpeedMeeting, SpeedMeeting.id == Seat.meeting_id)
        .where(Seat.person_id == person_id, SpeedMeeting.programme_id == programme)
        .where(SpeedMeeting.state.in_(TO_COME))
        .order_by(Seat.id)
    )
    rows = db.session.execute(fresh(statement)).all()
    return [(row[0], row[1]) for row in rows]


def chairs(meetings: Collection[int]) -> dict[int, Chairs]:
    """How many chairs of each meeting are taken. One statement."""
    rows = db.session.execute(
        select(
            Seat.meeting_id,
            func.count(case((Seat.side == Side.MENTOR, 1))),
            func.count(case((Seat.side == Side.MENTEE, 1))),
        )
        .where(Seat.meeting_id.in_(meetings), Seat.reply.in_(CHAIRS))
        .group_by(Seat.meeting_id)
    )
    found = {row[0]: Chairs(row[1], row[2]) for row in rows}
    return {number: found.get(number, Chairs(0, 0)) for number in meetings}


def meeting(number: int, programme: int) -> SpeedMeeting | None:
    mine = SpeedMeeting.id == number, SpeedMeeting.programme_id == programme
    return db.session.scalar(fresh(select(SpeedMeeting).where(*mine)))


def locked(number: int, programme: int) -> SpeedMeeting | None:
    """The meeting's row, nobody else's until the commit."""
    mine = SpeedMeeting.id == number, SpeedMeeting.programme_id == programme
    return db.session.scalar(fresh(select(SpeedMeeting).where(*mine).with_for_update()))


def seat(meeting: int, person_id: int) -> Seat | None:
    mine = Seat.meeting_id == meeting, Seat.person_id == person_id
    return db.session.scalar(fresh(select(Seat).where(*mine)))


def sitting(meeting: int) -> list[Seat]:
    """Who takes a chair, then who waits for one, the first to come first."""
    here = Seat.meeting_id == meeting, Seat.reply.in_((*CHAIRS, Reply.WAITING))
    statement = select(Seat).where(*here).order_by(Seat.replied_at, Seat.id)
    return list(db.session.scalars(fresh(statement)))


def open_meetings(programme: int, at: datetime) -> list[SpeedMeeting]:
    """The announced meetings still to come."""
    there = SpeedMeeting.programme_id == programme, SpeedMeeting.state == Stage.ANNOUNCED
    statement = select(SpeedMeeting).where(*there, SpeedMeeting.starts_at > at)
    return list(db.session.scalars(fresh(statement.order_by(SpeedMeeting.starts_at))))


def volunteer(person_id: int, programme: int) -> Volunteer | None:
    whose = Volunteer.person_id == person_id, Volunteer.programme_id == programme
    return db.session.scalar(fresh(select(Volunteer).where(*whose, Volunteer.side != OUT)))


def left(limit: int, at: datetime) -> list[tuple[int, int]]:
    """Person and programme of seats of people who left the company, or the programme. One statement."""
    still = select(Volunteer.id).where(
        Volunteer.person_id == Seat.person_id,
        Volunteer.programme_id == SpeedMeeting.programme_id,
        Volunteer.side != OUT,
    )
    rows = db.session.execute(
        select(Seat.person_id, SpeedMeeting.programme_id)
        .distinct()
        .join(SpeedMeeting, SpeedMeeting.id == Seat.meeting_id)
        .join(Person, Person.id == Seat.person_id)
        .where(SpeedMeeting.state.in_(TO_COME), SpeedMeeting.starts_at > at)
        .where(~Person.active | ~still.exists())
        .limit(limit)
    )
    return [(row[0], row[1]) for row in rows]


def hoped_for(at: datetime, after: int, limit: int) -> list[tuple[int, int]]:
    """Meeting and programme of those for which somebody waits while a chair may be free. One statement."""
    waits = select(Seat.id).where(Seat.meeting_id == SpeedMeeting.id, Seat.reply == Reply.WAITING)
    rows = db.session.execute(
        select(SpeedMeeting.id, SpeedMeeting.programme_id)
        .where(SpeedMeeting.state == Stage.ANNOUNCED, SpeedMeeting.starts_at > at, waits.exists())
        .where(SpeedMeeting.id > after)
        .order_by(SpeedMeeting.id)
        .limit(limit)
    )
    return [(row[0], row[1]) for row in rows]


def unreminded(at: datetime, until: datetime, after: int, limit: int) -> list[Any]:
    """Seat, person, start and zone of those coming soon who were not reminded. One statement."""
    return list(
        db.session.execute(
            select(Seat.id, Seat.person_id, SpeedMeeting.starts_at, Person.zone)
            .join(SpeedMeeting, SpeedMeeting.id == Seat.meeting_id)
            .join(Person, Person.id == Seat.person_id)
            .where(SpeedMeeting.state == Stage.ANNOUNCED, SpeedMeeting.starts_at > at)
            .where(SpeedMeeting.starts_at <= until, Seat.reminded_at.is_(None), Person.active)
            .where(Seat.reply.in_(COMING), Seat.id > after)
            .order_by(Seat.id)
            .limit(limit)
        ).all()
    )


def _invited() -> Select[*tuple[Any, ...]]:
    return (
        select(Seat, SpeedMeeting, Programme.name_fr, Programme.name_en, Person)
        .join(SpeedMeeting, SpeedMeeting.id == Seat.meeting_id)
        .join(Programme, Programme.id == SpeedMeeting.programme_id)
        .join(Person, Person.id == Seat.person_id)
        .where(Person.active)
        .order_by(SpeedMeeting.starts_at, Seat.id)
    )


def _read(statement: Select[*tuple[Any, ...]]) -> list[Invited]:
    rows = db.session.execute(fresh(statement)).all()
    taken = chairs({row.SpeedMeeting.id for row in rows}) if rows else {}
    return [_one(row, taken[row.SpeedMeeting.id]) for row in rows]


def _one(row: Any, taken: Chairs) -> Invited:
    person: Person = row.Person
    return Invited(
        row.Seat,
        row.SpeedMeeting,
        Said(row.name_fr, row.name_en),
        person.email,
        person.given_name,
        full_name(person.given_name, person.family_name),
        person.language,
        person.zone,
        max(taken.mentors, taken.mentees),
    )
