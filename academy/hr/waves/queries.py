"""Waves as human resources, the worker and those who wait see them."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from sqlalchemy import and_, func, select

from academy.database import db, fresh
from academy.hr.campaigns.rules import Population, population
from academy.hr.waves.models import Wave, WaveDecision, WaveMember, WavePlace
from academy.hr.waves.rules import State, day_told
from academy.people.models import Person
from academy.people.names import full_name
from academy.reports.models import Problem

MOST_DECISIONS = 20


@dataclass(frozen=True, slots=True)
class Declared:
    """A wave and whom it takes."""

    wave: Wave
    whom: Population

    @property
    def state(self) -> State:
        return State(self.wave.state)


@dataclass(frozen=True, slots=True)
class Decided:
    """What was decided of a wave; `by` is empty once the account of who did is gone."""

    decision: WaveDecision
    by: str


def declared() -> list[Declared]:
    """All of them in order, apart from the session. Two statements, one when there are none."""
    waves = list(db.session.scalars(fresh(select(Wave).order_by(Wave.place, Wave.id))))
    if not waves:
        return []
    places: dict[int, list[int]] = {}
    for row in db.session.execute(select(WavePlace.wave_id, WavePlace.entity_id)):
        places.setdefault(row.wave_id, []).append(row.entity_id)
    for each in waves:
        db.session.expunge(each)
    return [Declared(each, population(each.population, places.get(each.id, ()))) for each in waves]


def wave(number: int) -> Declared | None:
    return next((each for each in declared() if each.wave.id == number), None)


def locked(number: int) -> Wave | None:
    """To be changed: others wait."""
    found = select(Wave).where(Wave.id == number).with_for_update()
    return db.session.scalars(fresh(found)).one_or_none()


def any_declared() -> bool:
    return db.session.scalar(select(Wave.id).limit(1)) is not None


def decisions(number: int) -> list[Decided]:
    """The latest first. One statement."""
    rows = db.session.execute(
        select(WaveDecision, Person.given_name, Person.family_name)
        .outerjoin(Person, Person.id == WaveDecision.person_id)
        .where(WaveDecision.wave_id == number)
        .order_by(WaveDecision.id.desc())
        .limit(MOST_DECISIONS)
    )
    return [
        Decided(row[0], full_name(row.given_name, row.family_name) if row.given_name else "")
        for row in rows
    ]


def verdicts() -> dict[int, WaveDecision]:
    """What was decided last of each wave. One statement."""
    last = select(func.max(WaveDecision.id)).group_by(WaveDecision.wave_id)
    found = db.session.scalars(select(WaveDecision).where(WaveDecision.id.in_(last)))
    return {each.wave_id: each for each in found}


def problems() -> int:
    """How many lessons and questions wait for an answer to what was reported of them. One statement."""
    waiting = select(Problem.kind, Problem.subject).where(Problem.decision_id.is_(None)).distinct()
    return db.session.scalar(select(func.count()).select_from(waiting.subquery())) or 0


@dataclass(frozen=True, slots=True)
class Expected:
    """Somebody who waits, and the day on which they may count, if it is known."""

    person_id: int
    day: date | None


def expected(person_id: int, today: date) -> Expected:
    """One statement."""
    row = db.session.execute(
        select(Wave.state, Wave.opens_on)
        .join(WaveMember, and_(WaveMember.wave_id == Wave.id, WaveMember.person_id == person_id))
        .where(WaveMember.entered_on.is_(None))
    ).first()
    day = day_told(State(row.state), row.opens_on, today) if row else None
    return Expected(person_id, day)


def in_order(found: Sequence[Declared], *states: State) -> list[Declared]:
    return [each for each in found if each.state in states]
