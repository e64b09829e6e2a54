"""Speed meetings for tests: announced, with their guests, as composing and inviting leaves them."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import select

from academy.database import db
from academy.mentoring.live import queries, services
from academy.mentoring.live.services import Counted
from academy.mentoring.programmes.rules import Side
from academy.mentoring.rotation.clock import Pressed
from academy.mentoring.speed.models import Reply, Seat, SpeedMeeting, Stage, Talk
from academy.people.models import Person
from tests import programmes
from tests.conftest import MONDAY
from tests.factories import make_person


@dataclass(frozen=True, slots=True)
class Meeting:
    """A meeting and its people."""

    number: int
    organiser: Person
    mentors: tuple[Person, ...]
    mentees: tuple[Person, ...]

    @property
    def row(self) -> SpeedMeeting:
        found = queries.meeting(self.number)
        assert found is not None
        return found

    def start(self, at: datetime = MONDAY, press: int = 1, rounds: int | None = None) -> Counted:
        came = services.start(self.number, press, rounds, self.organiser.id, at)
        db.session.commit()
        return came

    def press(self, pressed: Pressed, at: datetime, press: int, seconds: int = 0) -> Counted:
        came = services.press(self.number, press, pressed, self.organiser.id, at, seconds)
        db.session.commit()
        return came

    def rounds(self) -> dict[int, set[tuple[int, int]]]:
        """Who talks to whom, by round."""
        found: dict[int, set[tuple[int, int]]] = {}
        for talk in db.session.scalars(select(Talk).where(Talk.meeting_id == self.number)):
            found.setdefault(talk.round, set()).add((talk.mentor_id, talk.mentee_id))
        return found

    def seat(self, person: Person) -> Seat:
        found = queries.seat(self.number, person.id)
        assert found is not None
        return found


def announced(
    mentors: int = 3, mentees: int = 3, organiser: Person | None = None, **more: Any
) -> Meeting:
    """Everybody said yes; times are five minutes, ten seconds and half a minute."""
    organiser = organiser or make_person()
    programme = programmes.call(organiser)
    teach = tuple(_volunteer(programme, Side.MENTOR) for _each in range(mentors))
    learn = tuple(_volunteer(programme, Side.MENTEE) for _each in range(mentees))
    return seated(programme, organiser, teach, learn, **more)


def seated(
    programme: int,
    organiser: Person,
    mentors: tuple[Person, ...],
    mentees: tuple[Person, ...],
    at: datetime = MONDAY,
    **more: Any,
) -> Meeting:
    """A meeting of people who volunteered already."""
    meeting = SpeedMeeting(
        **{
            "programme_id": programme,
            "state": Stage.ANNOUNCED,
            "starts_at": at,
            "zone": "Europe/Paris",
            "place": "Lyon",
            "language": "en",
            "room": "Salle Gutenberg",
            "seed": 7,
            **more,
        }
    )
    db.session.add(meeting)
    db.session.flush()
    for side, people in ((Side.MENTOR, mentors), (Side.MENTEE, mentees)):
        for person in people:
            sit(meeting.id, person, side)
    db.session.commit()
    return Meeting(meeting.id, organiser, mentors, mentees)


def sit(meeting: int, person: Person, side: Side, reply: Reply = Reply.CONFIRMED) -> None:
    db.session.add(Seat(meeting_id=meeting, person_id=person.id, side=side, reply=reply))


def _volunteer(programme: int, side: Side) -> Person:
    person = make_person()
    topics: dict[str, Any] = {"offered": ["own:1"], "wanted": []}
    if side is Side.MENTEE:
        topics = {"offered": [], "wanted": ["own:1"]}
    programmes.volunteer(person, programme, side=side, hopes="To laugh.", **topics)
    return person


def later(seconds: float) -> datetime:
    return MONDAY + timedelta(seconds=seconds)
