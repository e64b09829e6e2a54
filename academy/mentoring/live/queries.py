"""A speed meeting as it stands: its guests, what was pressed, who talks to whom."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import datetime
from functools import cached_property
from typing import Any

from sqlalchemy import select

from academy import clock
from academy.database import db, fresh
from academy.mentoring.apart import apart
from academy.mentoring.programmes.models import Programme, Volunteer
from academy.mentoring.rotation.clock import Event, Pressed, Reading, Timing, read
from academy.mentoring.rotation.ring import Pair, Round
from academy.mentoring.speed.models import Presence, Press, Reply, Seat, SpeedMeeting, Stage, Talk
from academy.people.models import Person
from academy.people.names import full_name, initials

MENTOR = "mentor"
MENTEE = "mentee"
OUTSIDE = (Reply.WAITING, Reply.DECLINED)
"""Without a chair, unless they come and are taken in."""


@dataclass(frozen=True, slots=True)
class Guest:
    """Somebody with a seat, or on the waiting list."""

    id: int
    name: str
    initials: str
    side: str
    reply: str
    presence: str
    active: bool
    table: int | None
    arrived_in: int | None
    left_after: int | None

    @property
    def counted(self) -> bool:
        """Do they take part in the rounds to come? Who said yes is expected; others once they are here."""
        if not self.active:
            return False
        expected = self.presence == Presence.EXPECTED and self.reply == Reply.CONFIRMED
        return expected or self.presence == Presence.PRESENT

    @property
    def outside(self) -> bool:
        return self.reply in OUTSIDE and self.presence == Presence.EXPECTED


@dataclass(frozen=True, slots=True)
class Sitting:
    """A talk of a round."""

    table: int
    mentor_id: int
    mentee_id: int

    @property
    def pair(self) -> Pair:
        return self.mentor_id, self.mentee_id


@dataclass(frozen=True)
class Floor:
    """Everything the organiser's page and the rounds need. `sittings` by round, then by table."""

    meeting: SpeedMeeting
    guests: tuple[Guest, ...]
    events: tuple[Event, ...]
    sittings: Mapping[int, tuple[Sitting, ...]]

    @cached_property
    def timing(self) -> Timing:
        return timing(self.meeting)

    def reading(self, at: datetime) -> Reading:
        """The time of the meeting, at a moment."""
        return read(self.timing, self.events, at)

    @property
    def rounds(self) -> dict[int, Round]:
        return {
            number: tuple(sorted(each.pair for each in sittings))
            for number, sittings in self.sittings.items()
        }

    def side(self, side: str) -> tuple[Guest, ...]:
        return tuple(guest for guest in self.guests if guest.side == side)


def timing(meeting: SpeedMeeting) -> Timing:
    return Timing(
        meeting.rounds or 1, meeting.talk_seconds, meeting.note_seconds, meeting.change_seconds
    )


def meeting(number: int) -> SpeedMeeting | None:
    return db.session.scalars(fresh(_meeting(number))).one_or_none()


def locked(number: int) -> SpeedMeeting | None:
    """The meeting, nobody else's to change until the commit."""
    return db.session.scalars(fresh(_meeting(number).with_for_update())).one_or_none()


def _meeting(number: int) -> Any:
    return select(SpeedMeeting).where(SpeedMeeting.id == number)


def floor(found: SpeedMeeting) -> Floor:
    """Three statements."""
    return Floor(found, guests(found.id), presses(found.id), sittings(found.id))


def guests(number: int) -> tuple[Guest, ...]:
    """By name."""
    rows = db.session.execute(
        select(Person.id, Person.given_name, Person.family_name, Person.active, *_SEAT)
        .join(Seat, Seat.person_id == Person.id)
        .where(Seat.meeting_id == number)
        .order_by(Person.given_name, Person.family_name, Person.id)
    )
    return tuple(
        Guest(
            row.id,
            full_name(row.given_name, row.family_name),
            initials(row.given_name, row.family_name),
            row.side,
            row.reply,
            row.presence,
            row.active,
            row.table_number,
            row.arrived_in,
            row.left_after,
        )
        for row in rows
    )


_SEAT = (
    *(Seat.side, Seat.reply, Seat.presence),
    *(Seat.table_number, Seat.arrived_in, Seat.left_after),
)


def seat(number: int, person_id: int) -> Seat | None:
    found = select(Seat).where(Seat.meeting_id == number, Seat.person_id == person_id)
    return db.session.scalars(fresh(found)).one_or_none()


def presses(number: int) -> tuple[Event, ...]:
    rows = db.session.execute(
        select(Press.pressed, Press.at, Press.seconds)
        .where(Press.meeting_id == number)
        .order_by(Press.number)
    )
    return tuple(Event(Pressed(row.pressed), row.at, row.seconds) for row in rows)


def sittings(number: int) -> dict[int, tuple[Sitting, ...]]:
    rows = db.session.execute(
        select(Talk.round, Talk.table_number, Talk.mentor_id, Talk.mentee_id)
        .where(Talk.meeting_id == number)
        .order_by(Talk.round, Talk.table_number)
    )
    found: dict[int, list[Sitting]] = {}
    for row in rows:
        found.setdefault(row.round, []).append(
            Sitting(row.table_number, row.mentor_id, row.mentee_id)
        )
    return {round_: tuple(each) for round_, each in found.items()}


def topics(
    programme_id: int, mentors: Collection[int], mentees: Collection[int]
) -> tuple[dict[int, list[str]], dict[int, list[str]]]:
    """What mentors show, and what mentees would learn."""
    rows = db.session.execute(
        select(Volunteer.person_id, Volunteer.offered, Volunteer.wanted).where(
            Volunteer.programme_id == programme_id,
            Volunteer.person_id.in_({*mentors, *mentees}),
        )
    ).all()
    offered = {row.person_id: row.offered for row in rows if row.person_id in set(mentors)}
    return offered, {row.person_id: row.wanted for row in rows if row.person_id in set(mentees)}


def forbidden_pairs(
    found: SpeedMeeting, mentors: Collection[int], mentees: Collection[int]
) -> frozenset[Pair]:
    """Who must not sit together: people of one reporting line, and who would rather not. Three statements."""
    programme = db.session.get_one(Programme, found.programme_id)
    whom = select(Person.id).where(Person.id.in_([*mentors, *mentees]))
    return apart(programme, mentors, mentees, whom, clock.day_in(found.zone, found.starts_at))


def met_elsewhere(
    found: SpeedMeeting, mentors: Collection[int], mentees: Collection[int]
) -> frozenset[Pair]:
    """Who met in another speed meeting of the programme, on whichever side."""
    rows = db.session.execute(
        select(Talk.mentor_id, Talk.mentee_id)
        .join(SpeedMeeting, SpeedMeeting.id == Talk.meeting_id)
        .where(
            SpeedMeeting.programme_id == found.programme_id,
            SpeedMeeting.id != found.id,
            SpeedMeeting.state == Stage.HELD,
            Talk.mentor_id.in_({*mentors, *mentees}),
            Talk.mentee_id.in_({*mentors, *mentees}),
        )
    ).all()
    return _oriented(((row.mentor_id, row.mentee_id) for row in rows), mentors, mentees)


def _oriented(pairs: Any, mentors: Collection[int], mentees: Collection[int]) -> frozenset[Pair]:
    teach, learn = set(mentors), set(mentees)
    either = [each for one, other in pairs for each in ((one, other), (other, one))]
    return frozenset((one, other) for one, other in either if one in teach and other in learn)


def running() -> list[int]:
    """The meetings that were started and that nobody has ended."""
    return list(
        db.session.scalars(
            select(SpeedMeeting.id)
            .where(SpeedMeeting.state == Stage.RUNNING)
            .order_by(SpeedMeeting.id)
        )
    )
