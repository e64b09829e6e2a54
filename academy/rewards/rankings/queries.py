"""What the page of rankings needs: a few statements, however many take part."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date

from sqlalchemy import Select, SQLColumnExpression, and_, or_, select

from academy.database import db
from academy.people.models import Entity, Person
from academy.people.names import full_name, initials
from academy.rewards.rankings.models import EntityRate, Entrant
from academy.rewards.rankings.rules import AROUND, FEWEST, MOST_NAMED, behind


@dataclass(frozen=True, slots=True)
class Neighbour:
    name: str
    initials: str
    points: int


@dataclass(frozen=True, slots=True)
class Around:
    """Those just ahead, the nearest last, and those just behind."""

    ahead: tuple[Neighbour, ...]
    behind: tuple[Neighbour, ...]


@dataclass(frozen=True, slots=True)
class Rate:
    entity_id: int
    name: str
    kind: str
    per_cent: int
    place: int | None
    first: date
    last: date


def entrant(person_id: int) -> Entrant | None:
    return db.session.get(Entrant, person_id)


def around(mine: Entrant) -> Around | None:
    """The few who asked for it and stand just around; None under five of them. Three statements."""
    together = [Entrant.month == mine.month, Person.active]
    if len(db.session.execute(_entrants(*together).limit(FEWEST)).all()) < FEWEST:
        return None
    others = [*together, Entrant.points > 0]
    after = or_(
        Entrant.points > mine.points,
        and_(Entrant.points == mine.points, Entrant.person_id < mine.person_id),
    )
    before = or_(
        Entrant.points < mine.points,
        and_(Entrant.points == mine.points, Entrant.person_id > mine.person_id),
    )
    ahead = _people(
        _entrants(*others, after).order_by(Entrant.points, Entrant.person_id.desc()).limit(AROUND)
    )
    next_ones = _people(
        _entrants(*others, before)
        .order_by(Entrant.points.desc(), Entrant.person_id)
        .limit(2 * AROUND)
    )
    return Around(tuple(reversed(ahead)), tuple(behind(next_ones)))


def named(span: str) -> list[Rate]:
    """The upper part of each kind of entity. One statement."""
    return _rates(
        EntityRate.span == span, EntityRate.place.is_not(None), EntityRate.place <= MOST_NAMED
    )


def rates_of(entities: Collection[int], span: str) -> dict[int, Rate]:
    """What may be told of these. One statement."""
    found = _rates(EntityRate.span == span, EntityRate.entity_id.in_(entities))
    return {rate.entity_id: rate for rate in found}


def _entrants(*where: SQLColumnExpression[bool]) -> Select[str, str, int]:
    return (
        select(Person.given_name, Person.family_name, Entrant.points)
        .join(Entrant, Entrant.person_id == Person.id)
        .where(*where)
    )


def _people(statement: Select[str, str, int]) -> list[Neighbour]:
    return [
        Neighbour(full_name(given, family), initials(given, family), points)
        for given, family, points in db.session.execute(statement)
    ]


def _rates(*where: SQLColumnExpression[bool]) -> list[Rate]:
    rows = db.session.execute(
        select(
            EntityRate.entity_id,
            Entity.name,
            EntityRate.kind,
            EntityRate.per_cent,
            EntityRate.place,
            EntityRate.first,
            EntityRate.last,
        )
        .join(Entity, Entity.id == EntityRate.entity_id)
        .where(*where)
        .order_by(EntityRate.kind, EntityRate.place, Entity.name, Entity.id)
    )
    return [Rate(*row) for row in rows]
