"""Everybody's history, some people at a time: what it adds up to under given rules."""

from collections import defaultdict
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from functools import partial
from itertools import groupby
from operator import attrgetter
from typing import TypeVar

from sqlalchemy import select

from academy.database import db
from academy.deeds import queries as log
from academy.deeds.queries import Dated, Summed
from academy.folio.models import Folio
from academy.people.calendar import Calendar
from academy.people.models import Person
from academy.people.workdays import queries as workdays
from academy.rewards import watching
from academy.rewards.models import Grant
from academy.rewards.publishing import summing
from academy.rewards.publishing.summing import Needs
from academy.rewards.rules import WITHDRAWN, Facts
from academy.rewards.tariff import Currency
from academy.rewards.watching import Plan

AT_ONCE = 50
"""People whose deeds are in memory together."""


@dataclass(frozen=True, slots=True)
class Life:
    """One person: what is kept of them, and the facts as the whole history has them."""

    person_id: int
    kept: Mapping[str, int]
    facts: Facts


@dataclass(frozen=True, slots=True)
class Kept:
    """What the folio of somebody keeps."""

    tallies: Mapping[str, int]
    ever: Mapping[str, int]


NOTHING_KEPT = Kept({}, {})
Row = TypeVar("Row", Dated, Summed)


def after(person_id: int, most: int | None = None) -> list[int]:
    """The next people, by number."""
    wanted = select(Person.id).where(Person.id > person_id).order_by(Person.id)
    return list(db.session.scalars(wanted.limit(most or AT_ONCE)))


def lives(
    people: Collection[int], plan: Plan, tracks: Mapping[str, frozenset[str]]
) -> Iterator[Life]:
    """The people who did anything, every deed read in the order it came; a few statements."""
    held, kept = _held(people), _folios(people)
    calendars = _calendars(people)
    for person_id, deeds in groupby(log.all_of(people), attrgetter("person_id")):
        history = list(deeds)
        tallies = watching.tallied(history, plan, partial(calendars, person_id))
        done = {deed.once.partition(":")[2] for deed in history} if tracks else ()
        folio = kept.get(person_id, NOTHING_KEPT)
        awards = held.get(person_id, frozenset())
        facts = Facts(tallies, awards, tracks, frozenset(done), ever=folio.ever)
        yield Life(person_id, folio.tallies, facts)


def summed_up(
    people: Collection[int], rules: Plan, asked: Needs, tracks: Mapping[str, frozenset[str]]
) -> Iterator[tuple[int, Facts]]:
    """The people who did anything that these rules count, with the facts they read; no deed is fetched.

    A few statements, whatever the histories.
    """
    held, kept = _held(people), _folios(people) if asked.currencies else {}
    calendars, done = _calendars(people), _done(people, tracks)
    sums, days = dict[int, list[Summed]](), dict[int, list[Dated]]()
    if asked.counted:
        sums = _by_person(log.summed(people, asked.counted, asked.themed, asked.figures))
    if asked.dated:
        days = _by_person(log.dated(people, asked.dated, asked.themed))
    gathered = {who for who, folio in kept.items() if any(map(folio.ever.get, asked.currencies))}
    waiting = held.keys() if rules.of_award else ()
    for person_id in sorted({*sums, *days, *done, *gathered, *waiting}):
        mine = sums.get(person_id, ()), days.get(person_id, ())
        tallies = summing.tallied(*mine, asked.figures, rules, partial(calendars, person_id))
        ever = kept.get(person_id, NOTHING_KEPT).ever
        steps = frozenset(done.get(person_id, ()))
        awards = held.get(person_id, frozenset())
        yield person_id, Facts(tallies, awards, tracks, steps, ever=ever)


def _by_person(rows: Iterable[Row]) -> dict[int, list[Row]]:
    found: dict[int, list[Row]] = defaultdict(list)
    for row in rows:
        found[row.person_id].append(row)
    return found


def _done(people: Collection[int], tracks: Mapping[str, frozenset[str]]) -> dict[int, set[str]]:
    """Which steps of the tracks each of them did."""
    wanted = frozenset[str]().union(*tracks.values())
    found: dict[int, set[str]] = defaultdict(set)
    if wanted:
        for person_id, step in log.steps_of(people, {name.partition(":")[2] for name in wanted}):
            found[person_id].add(step)
    return found


def _folios(people: Collection[int]) -> dict[int, Kept]:
    columns = (Folio.person_id, Folio.tallies, Folio.stars_ever, Folio.keys_ever)
    rows = db.session.execute(select(*columns).where(Folio.person_id.in_(people)))
    return {
        person_id: Kept(tallies, {Currency.STAR: stars, Currency.KEY: keys})
        for person_id, tallies, stars, keys in rows
    }


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
