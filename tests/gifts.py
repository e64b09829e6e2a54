"""Gifts, purses and orders for tests, made by the academy's own services."""

from datetime import date, datetime
from itertools import count
from typing import Any

from academy.database import db
from academy.deeds.services import Act
from academy.deeds.verbs import Verb
from academy.people.models import Person
from academy.rewards import services as rewards
from academy.rewards.shop import services
from academy.rewards.shop.keeping import services as keeping
from academy.rewards.shop.keeping.services import Plan
from academy.rewards.shop.models import Order
from academy.rewards.shop.rules import Move
from tests.conftest import MONDAY
from tests.factories import TODAY

_numbers = count(1)


def plan(**more: Any) -> Plan:
    return {
        "on_shelf": True,
        "kind": "thing",
        "name_fr": "Carnet",
        "name_en": "Notebook",
        "about_fr": "Cent pages.",
        "about_en": "A hundred pages.",
        "where_fr": "À l’accueil",
        "where_en": "At the reception",
        "icon": "gift",
        "drawing": "",
        "currency": "key",
        "price": 2,
        "cost": 0,
        "stock": None,
        "per_person": None,
        "approval": False,
        "entity_id": None,
        "opens_on": date(2026, 1, 1),
        "closes_on": None,
        **more,
    }


def gift(keeper: Person, **more: Any) -> int:
    number = keeping.create(plan(**more), f"gift-{next(_numbers)}", keeper.id, MONDAY)
    db.session.commit()
    return number


def fill(person: Person, keys: int = 10, stars: int = 10) -> None:
    """So many keys and stars, earned by minutes: three keys at most each."""
    for number in range(stars):
        right, keys = min(keys, 3), keys - min(keys, 3)
        result = {"right": right}
        once = f"round:gift-{next(_numbers)}"
        rewards.record(
            Act(person.id, Verb.ROUND_DONE, f"web-{number}", MONDAY, TODAY, once, "culture", result)
        )
    db.session.commit()


def order(person: Person, number: int, at: datetime = MONDAY, once: str | None = None) -> int:
    made = services.order(person.id, number, once or f"form-{next(_numbers)}", at, at.date())
    db.session.commit()
    return made


def move(number: int, *steps: Move, at: datetime = MONDAY, by: Person | None = None) -> Order:
    for step in steps:
        found = services.move(number, step, at, by.id if by else None, "No more paper.")
        db.session.commit()
    return found
