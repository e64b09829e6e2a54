"""A second programme: its meeting was held two days ago, and most have said whom they would like."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from random import Random
from typing import Any

from academy.database import db
from academy.mentoring.programmes import services as programmes
from academy.mentoring.programmes.rules import Move, Side
from academy.mentoring.programmes.services import Profile
from academy.mentoring.programmes.words import CODE
from academy.mentoring.speed.models import SpeedMeeting, Stage, Talk
from academy.mentoring.wishes import services as wishes
from academy.mentoring.wishes.models import Liking, Wish
from academy.mentoring.wishes.rules import FINE, Choice
from academy.people.models import Person
from academy.seed.mentoring import HOPES, OWN

A_SIDE = 5
THE_CAST = {"Léa", "Karim", "Inès", "Sofia", "Hélène"}
REFUSING = 0.3
NOTES = ("Patient, et drôle.", "Va droit au but.", "", "Aime les exemples.", "")


def say_wishes(staff: Sequence[Person], now: datetime) -> None:
    """Inès, Karim and eight others met; the two of them have yet to hand in."""
    by_name = {person.given_name: person for person in reversed(staff)}
    sofia, ines, karim = (by_name[name] for name in ("Sofia", "Inès", "Karim"))
    others = [person for person in reversed(staff) if person.given_name not in THE_CAST]
    size = min(A_SIDE - 1, len(others) // 2)
    mentors, mentees = [ines, *others[:size]], [karim, *others[size : 2 * size]]
    dice = Random("wishes")
    number = _called(sofia, mentors, mentees, dice, now)
    _held(number, mentors, mentees, now)
    for person, met, side in _met(mentors, mentees):
        _noted(person, met, side, number, dice, now)
        if person not in (ines, karim):
            _wished(person, met, number, dice, now)


def _called(
    sofia: Person,
    mentors: Sequence[Person],
    mentees: Sequence[Person],
    dice: Random,
    now: datetime,
) -> int:
    began = now - timedelta(days=40)
    number = programmes.create(_plan(now), "seed-winter-pairs", sofia.id, began)
    programmes.move(number, 1, Move.OPEN, sofia.id, began)
    for people, side in ((mentors, Side.MENTOR), (mentees, Side.MENTEE)):
        for person in people:
            at = now - timedelta(days=dice.randint(22, 38))
            programmes.volunteer(person.id, number, _profile(person, side, dice), at, at.date())
    programmes.move(number, 2, Move.CLOSE, sofia.id, now - timedelta(days=14))
    return number


def _plan(now: datetime) -> dict[str, Any]:
    days = {"opens_on": -40, "closes_on": -15, "starts_on": -5, "ends_on": 130}
    return {
        **{name: (now + timedelta(days=later)).date() for name, later in days.items()},
        "name_fr": "Duos d’hiver",
        "name_en": "Winter pairs",
        "entity_id": None,
        "remote": True,
        "places": ["Lyon"],
        "languages": ["fr", "en"],
        "topics": [{"key": f"own:{n}", "fr": fr, "en": en} for n, (fr, en) in enumerate(OWN, 1)],
        "mentor_years": 0,
        "mentor_jobs": [],
        "mentee_years": 0,
        "both": False,
        "line_depth": None,
        "wishes_by": (now + timedelta(days=6)).date(),
        "months": 4,
        "capacity": 1,
        "code_fr": CODE.fr,
        "code_en": CODE.en,
    }


def _profile(person: Person, side: Side, dice: Random) -> Profile:
    topics = dice.sample(["own:1", "own:2"], dice.randint(1, 2))
    mentor = side is Side.MENTOR
    return Profile(
        side=side,
        offered=topics if mentor else [],
        wanted=[] if mentor else topics,
        languages=[person.language],
        places=["remote"],
        slots=["1-am", "3-pm"],
        capacity=1,
        hopes=HOPES[person.language],
    )


def _held(number: int, mentors: Sequence[Person], mentees: Sequence[Person], now: datetime) -> None:
    """Everybody talked with everybody of the other side."""
    meeting = SpeedMeeting(
        programme_id=number,
        state=Stage.HELD,
        starts_at=now - timedelta(days=2),
        zone="Europe/Paris",
        place="Lyon",
        language="fr",
        rounds=len(mentors),
        seed=7,
    )
    db.session.add(meeting)
    db.session.flush()  # the talks refer to it
    for turn in range(len(mentors)):
        for table, mentor in enumerate(mentors):
            mentee = mentees[(table + turn) % len(mentees)]
            db.session.add(
                Talk(
                    meeting_id=meeting.id,
                    round=turn + 1,
                    table_number=table + 1,
                    mentor_id=mentor.id,
                    mentee_id=mentee.id,
                )
            )


def _met(
    mentors: Sequence[Person], mentees: Sequence[Person]
) -> list[tuple[Person, Sequence[Person], Side]]:
    return [(person, mentees, Side.MENTOR) for person in mentors] + [
        (person, mentors, Side.MENTEE) for person in mentees
    ]


def _noted(
    person: Person,
    met: Sequence[Person],
    side: Side,
    number: int,
    dice: Random,
    now: datetime,
) -> None:
    """The ten seconds after each talk."""
    likings = [Liking.GLADLY, Liking.GLADLY, Liking.FINE, Liking.FINE, None]
    for other, liking, words in zip(met, dice.sample(likings, len(met)), NOTES, strict=False):
        if liking is not None:
            db.session.add(
                Wish(
                    programme_id=number,
                    person_id=person.id,
                    other_id=other.id,
                    side=side,
                    liking=liking,
                    note=words,
                    changed_at=now - timedelta(days=2),
                )
            )
    db.session.flush()  # wishes are said of the same rows


def _wished(
    person: Person, met: Sequence[Person], number: int, dice: Random, now: datetime
) -> None:
    order = dice.sample(list(met), len(met))
    said = {other.id: FINE for other in met}
    said |= {other.id: Choice(place) for place, other in enumerate(order[:3], 1)}
    if len(order) == A_SIDE and dice.random() < REFUSING:
        said[order[-1].id] = Choice(veto=True)
    at = now - timedelta(hours=dice.randint(2, 40))
    wishes.save(person.id, number, 0, said, True, at, at.date())
