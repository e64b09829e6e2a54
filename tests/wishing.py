"""Speed meetings held, wishes said and pairs proposed, for tests."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from itertools import count

from flask import current_app

from academy import database
from academy.database import db
from academy.mentoring.models import Work
from academy.mentoring.pairs.proposing import jobs, publishing
from academy.mentoring.pairs.proposing import services as proposing
from academy.mentoring.programmes.models import Programme
from academy.mentoring.programmes.rules import Side
from academy.mentoring.speed.models import SpeedMeeting, Stage, Talk
from academy.mentoring.wishes import services
from academy.mentoring.wishes.models import Liking, Wish
from academy.mentoring.wishes.rules import FINE, VETO, Choice
from academy.people.models import Person, Role
from tests.conftest import MONDAY
from tests.factories import TODAY, make_person
from tests.programmes import call, volunteer

_seeds = count(1)

Company = tuple[int, list[Person], list[Person]]
"""A programme, its mentors and its mentees."""


def meet(
    number: int,
    talks: Sequence[tuple[Person, Person]],
    state: Stage = Stage.HELD,
    at: datetime = MONDAY,
) -> int:
    """A speed meeting in which these mentors and mentees talked, one pair after the other."""
    meeting = SpeedMeeting(
        programme_id=number,
        state=state,
        starts_at=at - timedelta(days=1),
        zone="Europe/Paris",
        place="Lyon",
        language="fr",
        rounds=len(talks),
        seed=next(_seeds),
    )
    db.session.add(meeting)
    db.session.flush()
    db.session.add_all(
        Talk(
            meeting_id=meeting.id,
            round=turn,
            table_number=1,
            mentor_id=mentor.id,
            mentee_id=mentee.id,
        )
        for turn, (mentor, mentee) in enumerate(talks, 1)
    )
    db.session.commit()
    return meeting.id


def company(mentors: int, mentees: int, organiser: Person | None = None) -> Company:
    """So many volunteers who all met all others, in a programme whose wishes end in ten days."""
    organiser = organiser or make_person(Role.ORGANISER)
    number = call(organiser, wishes_by=TODAY + timedelta(days=10))
    showing, learning = ([make_person() for _ in range(side)] for side in (mentors, mentees))
    for person in showing:
        volunteer(person, number, side=Side.MENTOR, capacity=1)
    for person in learning:
        volunteer(person, number, side=Side.MENTEE, offered=[], wanted=["own:1"], capacity=1)
    if showing and learning:
        meet(number, [(one, other) for one in showing for other in learning])
    return number, showing, learning


def choice(said: int | str | None) -> Choice:
    """A rank, "no" or nothing, as a choice."""
    if said == VETO:
        return Choice(veto=True)
    return Choice(int(said)) if said else FINE


def wish(
    person: Person,
    number: int,
    said: dict[Person, int | str | None],
    read: int = 0,
    hand_in: bool = True,
    at: datetime = MONDAY,
) -> None:
    """Keep these wishes."""
    choices = {other.id: choice(each) for other, each in said.items()}
    services.save(person.id, number, read, choices, hand_in, at, at.date())
    db.session.commit()


def note(
    person: Person, number: int, other: Person, liking: Liking, words: str, side: Side
) -> None:
    """What the ten-second ballot kept."""
    db.session.add(
        Wish(
            programme_id=number,
            person_id=person.id,
            other_id=other.id,
            side=side,
            liking=liking,
            note=words,
            changed_at=MONDAY,
        )
    )
    db.session.commit()


def propose(number: int, organiser: Person, near: int | None = None) -> list[int]:
    """Ask for proposals and let the worker find them; gives their numbers."""
    work = proposing.ask(number, f"ask-{next(_seeds)}", near, 7, organiser.id, MONDAY)
    db.session.commit()
    with current_app.app_context():  # as the worker: in a session of its own
        database.may_write()
        jobs.search(work, MONDAY)
        db.session.commit()
    return list(db.session.get_one(Work, work, populate_existing=True).said["proposals"])


def publish(number: int, proposal: int, organiser: Person, at: datetime = MONDAY) -> None:
    """Publish it as somebody who has just read the programme."""
    version = db.session.get_one(Programme, number, populate_existing=True).version
    publishing.publish(number, proposal, version, organiser.id, at)
    db.session.commit()
