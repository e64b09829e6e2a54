"""Speed meetings for tests: volunteers, meetings composed by the worker's own job, mails carried."""

from datetime import datetime, timedelta
from itertools import count
from typing import Any

from sqlalchemy import select

from academy.database import db
from academy.mentoring.models import Kind, Work
from academy.mentoring.programmes.rules import Side
from academy.mentoring.speed.composing import services as composing
from academy.mentoring.speed.composing.asked import Asked
from academy.mentoring.speed.models import Seat, SpeedMeeting, Stage, Talk
from academy.mentoring.speed.organising import services
from academy.people.models import Person
from academy.post import jobs
from tests.conftest import MONDAY
from tests.factories import make_person
from tests.programmes import volunteer

NEXT_MONDAY = MONDAY + timedelta(days=7)
"""10:00 UTC: a Monday morning in Paris."""
_numbers = count(0x1000000)


def asked(**more: Any) -> Asked:
    said: dict[str, Any] = {
        "moments": (NEXT_MONDAY,),
        "zone": "Europe/Paris",
        "places": ("remote",),
    }
    sizes = {"at_once": None, "wanted": 10, "fewest": 2, "most": 12, "talk_seconds": 300}
    return Asked(**{**said, **sizes, **more})


def gather(programme: int, mentors: int = 3, mentees: int = 3, **more: Any) -> list[Person]:
    """Volunteers who suit one another; mentors first."""
    people = []
    for at in range(mentors + mentees):
        person = make_person()
        side = Side.MENTOR if at < mentors else Side.MENTEE
        topics = (
            {"offered": ["own:1"]} if side is Side.MENTOR else {"offered": [], "wanted": ["own:1"]}
        )
        volunteer(person, programme, side=side, **{**topics, **more})
        people.append(person)
    return people


def compose(
    programme: int, organiser: Person, kind: Kind = Kind.COMPOSE, at: datetime = MONDAY, **more: Any
) -> Work:
    """Asked, then done by the worker."""
    wanted = asked(**more) if kind is Kind.COMPOSE else None
    once = f"{next(_numbers):x}"
    number = composing.ask(programme, kind, wanted, once, organiser.id, at)
    db.session.commit()
    jobs.drain()
    return db.session.scalars(
        select(Work).where(Work.id == number).execution_options(populate_existing=True)
    ).one()


def ask(programme: int, organiser: Person) -> int:
    """Asked, and not done yet."""
    once = f"{next(_numbers):x}"
    number = composing.ask(programme, Kind.COMPOSE, asked(), once, organiser.id, MONDAY)
    db.session.commit()
    return number


def held(programme: int, one: Person, other: Person) -> int:
    """A meeting that is over, in which two people talked, each once on each side."""
    meeting = SpeedMeeting(programme_id=programme, state=Stage.HELD, starts_at=MONDAY, seed=7)
    meeting.zone, meeting.place, meeting.language = "Europe/Paris", "remote", "en"
    db.session.add(meeting)
    db.session.flush()  # the number is needed for its seats
    for person, side in ((one, Side.MENTOR), (other, Side.MENTEE)):
        db.session.add(Seat(meeting_id=meeting.id, person_id=person.id, side=side))
    for number, (mentor, mentee) in enumerate(((one, other), (other, one)), 1):
        pair = {"mentor_id": mentor.id, "mentee_id": mentee.id}
        db.session.add(Talk(meeting_id=meeting.id, round=number, table_number=1, **pair))
    db.session.commit()
    return meeting.id


def announced(programme: int, organiser: Person, **more: Any) -> SpeedMeeting:
    """Everything composed and announced, the invitations sent; gives the first meeting."""
    compose(programme, organiser, **more)
    services.announce_all(programme, MONDAY)
    db.session.commit()
    jobs.drain()
    return meetings(programme)[0]


def meetings(programme: int) -> list[SpeedMeeting]:
    statement = select(SpeedMeeting).where(SpeedMeeting.programme_id == programme)
    fresh = statement.order_by(SpeedMeeting.id).execution_options(populate_existing=True)
    return list(db.session.scalars(fresh))


def seats(meeting: int | SpeedMeeting) -> dict[int, Seat]:
    """By person."""
    number = meeting if isinstance(meeting, int) else meeting.id
    statement = select(Seat).where(Seat.meeting_id == number)
    found = db.session.scalars(statement.execution_options(populate_existing=True))
    return {seat.person_id: seat for seat in found}


def replies(meeting: int | SpeedMeeting) -> dict[int, str]:
    return {person: seat.reply for person, seat in seats(meeting).items()}
