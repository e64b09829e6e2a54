"""Who there is: a tree of entities and everybody in it, written in bulk as the services would write them."""

from collections.abc import Iterator
from datetime import UTC, date, datetime, time
from random import Random
from typing import Any
from uuid import UUID

from sqlalchemy import Connection, insert

from academy.database import Base, table
from academy.people import passwords
from academy.people.models import (
    Entity,
    EntityKind,
    Person,
    Placement,
    Posting,
    Role,
    RoleGrant,
)
from academy.people.names import filed
from academy.seed.company import JOBS
from academy.seed.names import FAMILY, GIVEN
from bench.morning.place import PASSWORD

AT_ONCE = 5_000
SINCE = date(2019, 1, 7)
DIVISIONS, SITES = 12, 200
HR_READERS = 40
"""People of human resources, who see the whole company or one site."""
TRADES = tuple(sorted(set(JOBS.values())))


def email(number: int) -> str:
    return f"person{number}@aurore.example"


def fill(to: Connection, people: int, entities: int) -> None:
    """Everybody is numbered from 1, and so are entities: the company, its divisions, sites, then teams."""
    divisions, sites = min(DIVISIONS, max(1, entities // 8)), min(SITES, max(1, entities // 4))
    teams = range(2 + divisions + sites, max(entities + 1, 3 + divisions + sites))
    parents = dict.fromkeys(range(2, 2 + divisions), 1)
    parents |= {2 + divisions + place: 2 + place % divisions for place in range(sites)}
    parents |= {team: 2 + divisions + place % sites for place, team in enumerate(teams)}
    _put(to, Entity, (_entity(number, divisions, sites) for number in range(1, teams.stop)))
    _put(to, Placement, (_under(child, parent) for child, parent in parents.items()))
    _put(to, Person, _people(people))
    _put(to, Posting, _postings(people, teams))
    _put(to, RoleGrant, _roles(people, divisions, sites))


def _put(to: Connection, model: type[Base], rows: Iterator[dict[str, Any]]) -> None:
    held: list[dict[str, Any]] = []
    for row in rows:
        held.append(row)
        if len(held) == AT_ONCE:
            to.execute(insert(table(model)), held)
            held = []
    if held:
        to.execute(insert(table(model)), held)
    to.commit()


def _entity(number: int, divisions: int, sites: int) -> dict[str, Any]:
    kind = EntityKind.TEAM
    if number == 1:
        kind = EntityKind.COMPANY
    elif number < 2 + divisions:
        kind = EntityKind.DIVISION
    elif number < 2 + divisions + sites:
        kind = EntityKind.SITE
    at = kind is EntityKind.SITE
    return {
        "id": number,
        "key": f"e{number}",
        "kind": kind.value,
        "name": f"{kind.value.capitalize()} {number}",
        "country": "FR" if at else None,
        "zone": "Europe/Paris" if at else None,
        "opened_on": SINCE,
    }


def _under(child: int, parent: int) -> dict[str, Any]:
    return {"child_id": child, "parent_id": parent, "starts_on": SINCE}


def _people(count: int) -> Iterator[dict[str, Any]]:
    """All have one password, and one hash of it: checking it takes as long as checking any other."""
    dice, held = Random(1), passwords.hashed(PASSWORD)
    for number in range(1, count + 1):
        given, family = dice.choice(GIVEN), dice.choice(FAMILY)
        yield {
            "id": number,
            "email": email(number),
            "given_name": given,
            "family_name": family,
            "by_given": filed(given, family),
            "by_family": filed(family, given),
            "staff_number": f"S{number:07}",
            "password_hash": held,
            "joined_on": SINCE,
            "created_at": datetime.combine(SINCE, time(8), UTC),
            "language": "en" if dice.random() < 0.2 else "fr",
            "spoken": ["fr"],
            "directory_key": UUID(int=dice.getrandbits(128)).hex,
        }


def _postings(count: int, teams: range) -> Iterator[dict[str, Any]]:
    """Teams are filled in turn; the first in each is the manager of the others there."""
    for number in range(1, count + 1):
        place = (number - 1) % len(teams)
        yield {
            "person_id": number,
            "entity_id": teams[place],
            "manager_id": place + 1 if number > len(teams) else None,
            "job_family": TRADES[place % len(TRADES)],
            "starts_on": SINCE,
        }


def _roles(people: int, divisions: int, sites: int) -> Iterator[dict[str, Any]]:
    for number in range(1, min(HR_READERS, people) + 1):
        site = 2 + divisions + number % sites
        yield {
            "person_id": number,
            "role": Role.HR.value,
            "entity_id": None if number % 2 else site,
            "starts_on": SINCE,
        }
