"""A company for campaigns, and campaigns in it."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from academy.database import db
from academy.hr.campaigns import jobs, queries, services
from academy.hr.campaigns.rules import Move, Population, State
from academy.hr.campaigns.services import Plan
from academy.people import services as people
from academy.people.models import Entity, EntityKind, Person, Role
from tests.conftest import MONDAY
from tests.factories import TODAY, make_person

SINCE = date(2025, 1, 6)


@dataclass(frozen=True, slots=True)
class Company:
    """Aurore of Lyon (eight people), Brest (six) and Nice (two); HR of all of it, and HR of Lyon."""

    whole: Entity
    sites: Mapping[str, Entity]
    staff: Mapping[str, list[Person]]
    hr: Person
    hr_of_lyon: Person


def company() -> Company:
    whole = people.open_entity("aurore", EntityKind.COMPANY, "Aurore", SINCE)
    sites, staff = {}, {}
    for name, country, many in (("Lyon", "FR", 8), ("Brest", "FR", 6), ("Nice", "IT", 2)):
        key = name.lower()
        sites[name] = people.open_entity(key, EntityKind.SITE, name, SINCE, whole, country, "UTC")
        staff[name] = [make_person() for _each in range(many)]
        for number, person in enumerate(staff[name]):
            people.post(person, sites[name], "driver" if number % 2 else "baker", SINCE)
    hr, hr_of_lyon = make_person(), make_person()
    people.grant(hr, [Role.HR], SINCE)
    people.grant(hr_of_lyon, [Role.HR], SINCE, sites["Lyon"])
    db.session.commit()
    return Company(whole, sites, staff, hr, hr_of_lyon)


def columns(**more: Any) -> dict[str, Any]:
    """From Monday 2 March to Friday 27 March, the passport, mandatory."""
    return {
        "name_fr": "Passeport pour tous",
        "name_en": "A passport for all",
        "message_fr": "Pour parler la même langue.",
        "message_en": "To speak the same language.",
        "mandatory": True,
        "goal": "passport",
        "goal_key": "passport",
        "goal_days": 0,
        "starts_on": TODAY,
        "due_on": date(2026, 3, 27),
        "grace_days": 0,
        "reminders": [7, 1],
        **more,
    }


def minutes(days: int, **more: Any) -> dict[str, Any]:
    return columns(goal="minutes", goal_key="", goal_days=days, **more)


def draft(by: Person, *entities: Entity, whom: Mapping[str, Any] = {}, **more: Any) -> int:
    taken = Population(tuple(sorted(each.id for each in entities)), **whom)
    named = f"{more}{taken}"
    number = services.create(Plan(columns(**more), taken), f"{hash(named):x}"[:32], by.id, MONDAY)
    db.session.commit()
    return number


def move(
    number: int, how: Move, by: Person, at: datetime = MONDAY, version: int | None = None
) -> State:

    found = queries.campaign(number)
    assert found is not None
    read = found.version if version is None else version
    after = services.move(number, read, how, by.id, at, at.date())
    db.session.commit()
    return after


def announced(by: Person, *entities: Entity, at: datetime = MONDAY, **more: Any) -> int:
    """Announced, and looked after once by the worker."""
    number = draft(by, *entities, **more)
    move(number, Move.ANNOUNCE, by, at)
    jobs.look_after(at)
    return number
