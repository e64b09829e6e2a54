"""Programmes as participants and organisers see them."""

from collections.abc import Set
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import (
    ColumnElement,
    ScalarSelect,
    Select,
    and_,
    case,
    distinct,
    func,
    select,
    union_all,
)

from academy.database import db, fresh
from academy.mentoring.pairs.models import Health, MentoringPair
from academy.mentoring.programmes.models import Programme, Volunteer
from academy.mentoring.programmes.rules import (
    LEARN,
    LIVE,
    TEACH,
    Colleague,
    Side,
    State,
    expected,
    sides,
    takes_volunteers,
)
from academy.people import places
from academy.people.directory.reach import Reach
from academy.people.models import Entity, Person, Posting
from academy.people.names import full_name, initials

PAGE = 40
OUT = "out"
"""The side of somebody who said "rather not", or withdrew."""


@dataclass(frozen=True, slots=True)
class Call:
    """A programme as one person sees it; `mine` is what they said, if they did.

    `in_scope`: they work where it is held. `sides`: what its terms let them be there.
    """

    programme: Programme
    mine: Volunteer | None
    entity: str | None
    in_scope: bool
    sides: tuple[Side, ...]
    expected: bool
    takes: bool
    pair: int | None = None
    """The number of my pair in it that is not over, the first if I have several."""

    @property
    def volunteers(self) -> bool:
        return self.mine is not None and self.mine.side != OUT

    @property
    def declined(self) -> bool:
        return self.mine is not None and self.mine.side == OUT

    @property
    def concerns(self) -> bool:
        """A closed one concerns its volunteers and its pairs alone."""
        return (
            self.volunteers
            or self.pair is not None
            or (self.takes and self.in_scope and bool(self.sides))
        )


@dataclass(frozen=True, slots=True)
class Funnel:
    """How many people; `expected` are mentors by default who have not answered."""

    in_scope: int
    expected: int
    mentors: int
    mentees: int


@dataclass(frozen=True, slots=True)
class Line:
    """A volunteer on the organiser's page: nothing of what they hope, nothing of what they know."""

    id: int
    name: str
    initials: str
    entity: str | None
    profile: Volunteer


def calls(person_id: int, today: date) -> list[Call]:
    """The live programmes that concern this person."""
    return [call for call in live(person_id, today) if call.concerns]


def live(person_id: int, today: date, number: int | None = None) -> list[Call]:
    """The live programmes, or this one, as this person stands to them.

    One statement when nothing is live; two for the whole company, three where one is an entity's.
    """
    mine = and_(Volunteer.programme_id == Programme.id, Volunteer.person_id == person_id)
    statement: Select[*tuple[Any, ...]] = (
        select(Programme, Volunteer, Entity.name, _pair_of(person_id))
        .outerjoin(Volunteer, mine)
        .outerjoin(Entity, Entity.id == Programme.entity_id)
        .where(Programme.state.in_(LIVE))
        .order_by(Programme.closes_on, Programme.id)
    )
    if number is not None:
        statement = statement.where(Programme.id == number)
    rows = db.session.execute(fresh(statement)).all()
    if not rows:
        return []
    who, local = colleague(person_id, today), any(row[0].entity_id for row in rows)
    near = {place.id for place in places.chain(person_id, today)} if local else set()
    return [_call(row, who, near, today) for row in rows]


def colleague(person_id: int, today: date) -> Colleague:
    """What the terms of a programme ask of a person. One statement."""
    at_work = and_(Posting.person_id == Person.id, places.true_on(Posting, today))
    rows = db.session.execute(
        select(Person.joined_on, Posting.job_family)
        .outerjoin(Posting, at_work)
        .where(Person.id == person_id)
        .order_by(Posting.id)
    ).all()
    return Colleague(*rows[-1])


def programme(number: int) -> Programme | None:
    return db.session.scalar(fresh(select(Programme).where(Programme.id == number)))


def locked(number: int) -> Programme:
    """The programme's row, nobody else's until the commit."""
    return db.session.scalars(
        fresh(select(Programme).where(Programme.id == number).with_for_update())
    ).one()


def organised(
    reach: Reach, today: date, before: int | None
) -> tuple[list[tuple[Programme, str | None]], int | None]:
    """A page of the programmes within an organiser's reach, the newest first, each with its entity's name,
    and the cursor of the next."""
    statement = select(Programme, Entity.name).outerjoin(Entity, Entity.id == Programme.entity_id)
    if not reach.everywhere:
        near = [place.id for place in places.below(reach.entities, today)]
        statement = statement.where(Programme.entity_id.in_(near))
    if before is not None:
        statement = statement.where(Programme.id < before)
    rows = db.session.execute(statement.order_by(Programme.id.desc()).limit(PAGE + 1)).all()
    found: list[tuple[Programme, str | None]] = [(row[0], row[1]) for row in rows[:PAGE]]
    return found, found[-1][0].id if len(rows) > PAGE else None


def funnel(programme: Programme, today: date) -> Funnel:
    """Two statements for the whole company, three for an entity."""
    answered = select(Volunteer.id).where(
        Volunteer.programme_id == programme.id, Volunteer.person_id == Person.id
    )
    silent = and_(Posting.job_family.in_(programme.mentor_jobs), ~answered.exists())
    at_work = and_(Posting.person_id == Person.id, places.true_on(Posting, today))
    people = (
        select(_people(Person.id), _people(case((silent, Person.id))))
        .outerjoin(Posting, at_work)
        .where(Person.active)
    )
    if programme.entity_id is not None:
        near = [place.id for place in places.below([programme.entity_id], today)]
        people = people.where(Posting.entity_id.in_(near))
    in_scope, by_default = db.session.execute(people).one()
    volunteers = db.session.execute(
        select(_how_many(TEACH), _how_many(LEARN))
        .join(Person, Person.id == Volunteer.person_id)
        .where(Volunteer.programme_id == programme.id, Person.active)
    ).one()
    return Funnel(in_scope, by_default, *volunteers)


def volunteers(number: int, before: int | None) -> tuple[list[Line], int | None]:
    """A page of those who volunteered, the latest first, and the cursor of the next. One statement."""
    at_work = and_(Posting.person_id == Person.id, Posting.ends_on.is_(None))
    statement: Select[*tuple[Any, ...]] = (
        select(Volunteer, Person.given_name, Person.family_name, Entity.name)
        .join(Person, Person.id == Volunteer.person_id)
        .outerjoin(Posting, at_work)
        .outerjoin(Entity, Entity.id == Posting.entity_id)
        .where(Volunteer.programme_id == number, Volunteer.side != OUT, Person.active)
        .order_by(Volunteer.id.desc())
        .limit(PAGE + 1)
    )
    if before is not None:
        statement = statement.where(Volunteer.id < before)
    rows = db.session.execute(fresh(statement)).all()
    lines = [_line(*row) for row in rows[:PAGE]]
    return lines, lines[-1].id if len(rows) > PAGE else None


def _call(row: Any, who: Colleague, near: Set[int], today: date) -> Call:
    programme, mine, entity, pair = row
    state = State(programme.state)
    return Call(
        programme,
        mine,
        entity,
        programme.entity_id is None or programme.entity_id in near,
        sides(programme.terms, who, today),
        expected(programme.terms, who),
        takes_volunteers(state, programme.opens_on, programme.closes_on, today),
        pair,
    )


def _pair_of(person_id: int) -> ScalarSelect[int | None]:
    """Brought along with the programme, so that it costs no statement; found by the person, who has few."""
    sides = (MentoringPair.mentor_id, MentoringPair.mentee_id)
    theirs = union_all(*(select(MentoringPair.id).where(side == person_id) for side in sides))
    return (
        select(func.min(MentoringPair.id))
        .where(
            MentoringPair.programme_id == Programme.id,
            MentoringPair.state.in_((Health.NEW, Health.LIVE)),
            MentoringPair.id.in_(theirs),
        )
        .correlate(Programme)
        .scalar_subquery()
    )


def _line(profile: Volunteer, given: str, family: str, entity: str | None) -> Line:
    return Line(profile.id, full_name(given, family), initials(given, family), entity, profile)


def _people(column: Any) -> ColumnElement[int]:
    return func.count(distinct(column))


def _how_many(wanted: tuple[Side, ...]) -> ColumnElement[int]:
    return func.count(case((Volunteer.side.in_(wanted), Volunteer.id)))
