"""What tracks need to know of a person, in one statement."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date
from typing import Any, NamedTuple

from sqlalchemy import (
    BindParameter,
    ColumnElement,
    Date,
    Select,
    and_,
    bindparam,
    exists,
    select,
    true,
)
from sqlalchemy.orm import aliased

from academy.catalog import releases
from academy.catalog.audience import Facts
from academy.people import queries as people
from academy.people.models import Person, Posting, Role, RoleGrant
from academy.people.places import true_on
from academy.prepared import Prepared
from academy.tracks import rules
from academy.tracks.models import Followed
from academy.tracks.rules import Claim


@dataclass(frozen=True, slots=True)
class Situation:
    """The facts an audience is judged by, and the tracks chosen."""

    facts: Facts
    followed: frozenset[str]


def theirs(person_id: int, today: date) -> frozenset[str]:
    """The tracks meant for the person or chosen by them. One statement."""
    found = situation(person_id, today)
    return frozenset(key for key, claim in claims(found).items() if claim.mine)


def claims(found: Situation, held: Collection[str] = ()) -> dict[str, Claim]:
    """Every track that is the person's or open to them, in the order of the tracks.

    `held` are their awards: who has the visa of a track keeps the track.
    """
    return {
        track.key: claim
        for track in releases.current().tracks.values()
        if (claim := rules.claim(track, found.facts, found.followed, track.visa in held))
    }


def situation(person_id: int, today: date) -> Situation:
    """Where the person works, what they hold and what they follow. One statement.

    A handful of rows: entities above them, times roles, times tracks followed.
    """
    rows = [_Row(*row) for row in _SITUATION.rows({"person": person_id, "today": today})]
    first = rows[0]
    facts = Facts(
        today=today,
        joined_on=first.joined_on,
        language=first.language,
        job=first.job_family or "",
        entities={row.key: row.name for row in rows if row.key and row.name},
        country=next((row.country for row in rows if row.country), ""),
        roles=frozenset(row.role for row in rows if row.role),
        manages=bool(first.manages),
    )
    return Situation(facts, frozenset(row.track for row in rows if row.track))


class _Row(NamedTuple):
    joined_on: date
    language: str
    job_family: str | None
    key: str | None
    name: str | None
    country: str | None
    role: Role | None
    track: str | None
    manages: bool


def _situation() -> Select[Any]:
    person: BindParameter[int] = bindparam("person")
    up = people.workplaces(person)
    held = and_(
        RoleGrant.person_id == Person.id, true_on(RoleGrant, bindparam("today", type_=Date))
    )
    return (
        select(
            Person.joined_on,
            Person.language,
            Posting.job_family,
            up.c.key,
            up.c.name,
            up.c.country,
            RoleGrant.role,
            Followed.track,
            _manages(person),
        )
        .select_from(Person)
        .outerjoin(Posting, and_(Posting.person_id == Person.id, Posting.ends_on.is_(None)))
        .outerjoin(up, true())
        .outerjoin(RoleGrant, held)
        .outerjoin(Followed, Followed.person_id == Person.id)
        .where(Person.id == person)
        .order_by(up.c.height)
    )


def _manages(person: BindParameter[int]) -> ColumnElement[bool]:
    """Does somebody who is still here report to the person?"""
    report, under = aliased(Posting), aliased(Person)
    return exists(
        select(report.id)
        .join(under, under.id == report.person_id)
        .where(report.manager_id == person, report.ends_on.is_(None), under.active)
    )


_SITUATION = Prepared(_situation)
