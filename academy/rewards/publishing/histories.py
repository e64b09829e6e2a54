"""Everybody's history, some people at a time: what it adds up to under given rules."""

from collections.abc import Callable, Collection, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from functools import partial
from itertools import groupby
from operator import attrgetter

from sqlalchemy import select

from academy.database import db
from academy.deeds import queries as log
from academy.folio.models import Folio
from academy.people.calendar import Calendar
from academy.people.models import Person
from academy.people.workdays import queries as workdays
from academy.rewards import watching
from academy.rewards.models import Grant
from academy.rewards.rules import WITHDRAWN, Facts
from academy.rewards.watching import Plan

AT_ONCE = 50
"""People whose deeds are in memory together."""


@dataclass(frozen=True, slots=True)
class Life:
    """One person: what is kept of them, and the facts as the whole history has them."""

    person_id: int
    kept: Mapping[str, int]
    facts: Facts


def after(person_id: int) -> list[int]:
    """The next people, by number."""
    wanted = select(Person.id).where(Person.id > person_id).order_by(Person.id).limit(AT_ONCE)
    return list(db.session.scalars(wanted))


def lives(
    people: Collection[int],
    plan: Plan,
    tracks: Mapping[str, frozenset[str]],
    verbs: Collection[str] | None = None,
) -> Iterator[Life]:
    """The people who did anything. `verbs` are the deeds to read, all when not said; a few statements."""
    held = _held(people)
    folios = select(Folio.person_id, Folio.tallies).where(Folio.person_id.in_(people))
    kept: dict[int, dict[str, int]] = dict(db.session.execute(folios).all())
    calendars = _calendars(people)
    for person_id, deeds in groupby(log.all_of(people, verbs), attrgetter("person_id")):
        history = list(deeds)
        tallies = watching.tallied(history, plan, partial(calendars, person_id))
        done = {deed.once.partition(":")[2] for deed in history} if tracks else ()
        facts = Facts(tallies, held.get(person_id, frozenset()), tracks, frozenset(done))
        yield Life(person_id, kept.get(person_id, {}), facts)


def _held(people: Collection[int]) -> dict[int, frozenset[str]]:
    """What each of them holds, and what was withdrawn, as the folio names them."""
    found: dict[int, set[str]] = {}
    rows = db.session.execute(
        select(Grant.person_id, Grant.award, Grant.revoked_at).where(Grant.person_id.in_(people))
    )
    for person_id, award, revoked in rows:
        found.setdefault(person_id, set()).add(WITHDRAWN + award if revoked else award)
    return {person_id: frozenset(awards) for person_id, awards in found.items()}


def _calendars(people: Collection[int]) -> Callable[[int, date], Calendar]:
    """The calendar of each of them around a day: three statements for each year that is asked about."""
    years: dict[int, dict[int, Calendar]] = {}

    def around(person_id: int, day: date) -> Calendar:
        if day.year not in years:
            years[day.year] = workdays.calendars_of(people, day)
        return years[day.year][person_id]

    return around
