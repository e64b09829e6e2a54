"""Mentoring programmes for tests, made by the academy's own services."""

from datetime import date, timedelta
from itertools import count
from typing import Any

from academy.database import db
from academy.mentoring.programmes import services
from academy.mentoring.programmes.rules import Move, Side
from academy.mentoring.programmes.services import Plan, Profile
from academy.people.models import Person
from tests.conftest import MONDAY
from tests.factories import TODAY

_numbers = count(1)


def plan(**more: Any) -> Plan:
    days = {"opens_on": -1, "closes_on": 10, "starts_on": 20, "ends_on": 120}
    return {
        **{name: TODAY + timedelta(days=later) for name, later in days.items()},
        "name_fr": "Adopte un mentor",
        "name_en": "Adopt a mentor",
        "entity_id": None,
        "remote": True,
        "places": ["Lyon"],
        "languages": ["fr", "en"],
        "topics": [
            {"key": "theme:culture", "fr": "Culture", "en": "Culture"},
            {"key": "own:1", "fr": "Tableurs", "en": "Spreadsheets"},
        ],
        "mentor_years": 2,
        "mentor_jobs": ["apprenticeship"],
        "mentee_years": 0,
        "both": True,
        "line_depth": None,
        "wishes_by": None,
        "months": 4,
        "capacity": 2,
        "code_fr": "Nous venons à l’heure.",
        "code_en": "We come on time.",
        **more,
    }


def draft(organiser: Person, **more: Any) -> int:
    number = services.create(plan(**more), f"form-{next(_numbers)}", organiser.id, MONDAY)
    db.session.commit()
    return number


def call(organiser: Person, **more: Any) -> int:
    """A programme whose call is open."""
    number = draft(organiser, **more)
    services.move(number, 1, Move.OPEN, organiser.id, MONDAY)
    db.session.commit()
    return number


def profile(side: Side = Side.MENTOR, **more: Any) -> Profile:
    said = {"offered": ["own:1"], "wanted": [], "languages": ["en"], "places": ["remote"]}
    return Profile(**{"side": side, **said, "slots": ["0-am"], "capacity": 2, "hopes": "", **more})


def volunteer(person: Person, number: int, day: date = TODAY, **more: Any) -> None:
    services.volunteer(person.id, number, profile(**more), MONDAY, day)
    db.session.commit()
