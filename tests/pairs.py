"""Mentoring pairs for tests: rows as publishing leaves them, then lived through our own services."""

from datetime import date, datetime
from itertools import count
from typing import Any

from academy.database import db
from academy.mentoring.pairs import services
from academy.mentoring.pairs.meetings import services as meetings
from academy.mentoring.pairs.meetings.services import Meeting, Offer
from academy.mentoring.pairs.models import Appointment, Entry, MentoringPair, Pulse
from academy.mentoring.pairs.services import Agreed
from academy.people.models import Person
from tests.conftest import MONDAY
from tests.factories import TODAY

AGREED = Agreed("monthly", "At the canteen")
_numbers = count(1)


def publish(programme: int, mentor: Person, mentee: Person, **more: Any) -> int:
    """A pair as it is on the day of its publication."""
    pair = MentoringPair(
        programme_id=programme,
        mentor_id=mentor.id,
        mentee_id=mentee.id,
        **{"topics": ["own:1"], "published_at": MONDAY, "months": 4, **more},
    )
    db.session.add(pair)
    db.session.commit()
    return pair.id


def sign(
    person: Person, number: int, at: datetime = MONDAY, agreed: Agreed = AGREED
) -> MentoringPair:
    services.sign(person.id, number, of(number).version, agreed, at, at.date())
    db.session.commit()
    return of(number)


def begin(
    programme: int, mentor: Person, mentee: Person, at: datetime = MONDAY, **more: Any
) -> int:
    """A pair that both have signed."""
    number = publish(programme, mentor, mentee, **{"published_at": at, **more})
    sign(mentor, number, at)
    sign(mentee, number, at)
    return number


def meet(
    person: Person,
    number: int,
    day: date = TODAY,
    at: datetime | None = None,
    words: str = "",
    token: str | None = None,
) -> None:
    """Write a meeting down; on the day itself unless said."""
    written = at or MONDAY.replace(year=day.year, month=day.month, day=day.day)
    form = token or f"form-{next(_numbers)}"
    meeting = Meeting(day, 60, ["own:1"], words)
    meetings.write(person.id, number, meeting, form, written, written.date())
    db.session.commit()


def propose(
    person: Person, number: int, *starts: datetime, at: datetime = MONDAY, token: str | None = None
) -> list[int]:
    """Propose these times; gives the numbers of all there are, oldest first."""
    form = token or f"form-{next(_numbers)}"
    meetings.propose(person.id, number, Offer(starts, 60, "Room 3"), form, at)
    db.session.commit()
    return [each.id for each in appointments(number)]


def feel(person: Person, number: int, mood: int, at: datetime = MONDAY) -> None:
    services.feel(person.id, number, mood, at, at.date())
    db.session.commit()


def of(number: int) -> MentoringPair:
    return db.session.get_one(MentoringPair, number, populate_existing=True)


def appointments(number: int) -> list[Appointment]:
    return list(
        db.session.query(Appointment)
        .populate_existing()
        .filter_by(pair_id=number)
        .order_by(Appointment.id)
    )


def entries(number: int) -> list[Entry]:
    return list(
        db.session.query(Entry)
        .populate_existing()
        .filter_by(pair_id=number)
        .order_by(Entry.held_on)
    )


def pulses(number: int) -> list[Pulse]:
    return list(
        db.session.query(Pulse).populate_existing().filter_by(pair_id=number).order_by(Pulse.id)
    )
