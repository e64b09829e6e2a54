"""Waves, planned and opened, for tests."""

from datetime import date, datetime
from itertools import count
from typing import Any

from academy.database import db
from academy.hr.campaigns.rules import Population
from academy.hr.waves import queries, services
from academy.hr.waves.rules import Move, State, Verdict
from academy.hr.waves.services import Decision, Plan
from academy.people import services as people
from academy.people.models import Entity, Person
from academy.people.services import Newcomer
from tests.conftest import MONDAY
from tests.factories import TODAY

_numbers = count(1)


def newcomer(at: datetime = MONDAY, language: str = "en") -> Person:
    """Somebody whose account is opened now, committed: the rules judge them."""
    email = f"newcomer{next(_numbers)}@aurore.example"
    known = Newcomer(email, "Zoé", "Attend", at.date(), language=language)
    person = people.open_account(known, at)
    db.session.commit()
    return person


def wave(*entities: Entity, opens_on: date | None = None, **whom: Any) -> Plan:
    taken = Population(tuple(sorted(each.id for each in entities)), **whom)
    names = {"name_fr": "Première vague", "name_en": "First wave", "opens_on": opens_on}
    return Plan(names, taken)


def plan(by: Person, *entities: Entity, opens_on: date | None = None, **whom: Any) -> int:
    """A wave after the others."""
    once = f"{len(queries.declared())}"
    number = services.declare(wave(*entities, opens_on=opens_on, **whom), once, by.id, MONDAY)
    db.session.commit()
    return number


def opened(by: Person, *entities: Entity, **whom: Any) -> int:
    number = plan(by, *entities, **whom)
    services.decide(number, Decision(Verdict.GO, "Ready."), f"go {number}", by.id, MONDAY)
    move(number, Move.OPEN, by)
    return number


def move(number: int, how: Move, by: Person, version: int | None = None) -> State:
    found = queries.wave(number)
    assert found is not None
    read = found.wave.version if version is None else version
    after = services.move(number, read, how, by.id, MONDAY, TODAY)
    db.session.commit()
    return after
