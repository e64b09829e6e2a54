"""A mentoring programme whose call is open, and its first volunteers."""

from datetime import datetime, timedelta
from random import Random

from academy.catalog import releases
from academy.mentoring.programmes import services
from academy.mentoring.programmes.rules import SLOTS, TEACH, Move, Side
from academy.mentoring.programmes.services import Profile
from academy.mentoring.programmes.words import CODE
from academy.people.models import Person

OWN = ("Tableurs", "Spreadsheets"), ("Réunions à distance", "Remote meetings")
HOPES = {
    "fr": "Rire un peu, et comprendre comment l’autre travaille.",
    "en": "To laugh a little, and to understand how the other works.",
}


def call_for_mentors(staff: list[Person], now: datetime) -> None:
    """Sofia calls; Inès and a few others answer. Nothing where somebody of the cast is missing."""
    by_name = {person.given_name: person for person in reversed(staff)}
    sofia, ines = by_name["Sofia"], by_name["Inès"]
    began = now - timedelta(days=6)
    number = services.create(_plan(now), "seed-adopt-a-mentor", sofia.id, began)
    services.move(number, 1, Move.OPEN, sofia.id, began)
    dice = Random("volunteers")
    _answer(ines, number, Side.MENTOR, dice, now)
    for place, person in enumerate(staff[7::4]):
        _answer(person, number, Side.MENTEE if place % 2 == 0 else Side.MENTOR, dice, now)


def _plan(now: datetime) -> services.Plan:
    themes = releases.current().themes.values()
    topics = [
        {"key": f"theme:{theme.key}", "fr": theme.title.fr, "en": theme.title.en}
        for theme in themes
    ]
    topics += [{"key": f"own:{n}", "fr": fr, "en": en} for n, (fr, en) in enumerate(OWN, 1)]
    days = {"opens_on": -6, "closes_on": 21, "starts_on": 28, "ends_on": 150}
    return {
        **{name: (now + timedelta(days=later)).date() for name, later in days.items()},
        "name_fr": "Adopte un mentor",
        "name_en": "Adopt a mentor",
        "entity_id": None,
        "remote": True,
        "places": ["Lyon", "Lille"],
        "languages": ["fr", "en"],
        "topics": topics,
        "mentor_years": 2,
        "mentor_jobs": ["apprenticeship", "it"],
        "mentee_years": 0,
        "both": True,
        "line_depth": None,
        "wishes_by": (now + timedelta(days=60)).date(),
        "months": 4,
        "capacity": 2,
        "code_fr": CODE.fr,
        "code_en": CODE.en,
    }


def _answer(person: Person, number: int, side: Side, dice: Random, now: datetime) -> None:
    topics = dice.sample([topic["key"] for topic in _plan(now)["topics"]], 3)
    profile = Profile(
        side=side,
        offered=topics if side in TEACH else [],
        wanted=[] if side in TEACH else topics,
        languages=[person.language],
        places=["remote"],
        slots=sorted(dice.sample(SLOTS, 3)),
        capacity=2 if side in TEACH else 1,
        hopes=HOPES[person.language],
    )
    at = now - timedelta(hours=dice.randint(2, 120))
    services.volunteer(person.id, number, profile, at, at.date())
