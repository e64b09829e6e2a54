"""Where people and entities stand in the organisation, on a given day."""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import (
    ColumnElement,
    Date,
    Row,
    Select,
    and_,
    bindparam,
    literal,
    or_,
    select,
)
from sqlalchemy.orm import aliased

from academy.database import BigId, db
from academy.people.models import Entity, EntityKind, Placement, Posting, RoleGrant

DEEPEST_TREE = 20
Rows = Select[*tuple[Any, ...]]
Dated = type[Placement] | type[Posting] | type[RoleGrant]


@dataclass(frozen=True, slots=True)
class Place:
    """One entity on the way up from a team to the company."""

    id: int
    key: str
    name: str
    kind: str
    country: str | None
    region: str | None
    zone: str | None = None


def true_on(dated: Dated, day: date | ColumnElement[date]) -> ColumnElement[bool]:
    """Was this row true on that day? When two were, written on one day, the later written is right."""
    return and_(dated.starts_on <= day, or_(dated.ends_on.is_(None), dated.ends_on >= day))


def chain(person_id: int, on: date) -> tuple[Place, ...]:
    """The entity a person works in that day, then those above; nothing without a posting. One statement."""
    return _walk(_OF_PERSON, {"whose": person_id, "day": on})


def above(entity_id: int, on: date) -> tuple[Place, ...]:
    """The entity itself, then those above it that day. One statement."""
    return _walk(_OF_ENTITY, {"whose": entity_id, "day": on})


def chains(person_ids: Collection[int], on: date) -> dict[int, tuple[Place, ...]]:
    """The chain of each of these people, however many they are; nobody without a posting. Two statements."""
    postings = db.session.execute(_POSTINGS, {"whose": list(person_ids), "day": on})
    entity_of = {row.person_id: row.entity_id for row in postings}  # the later written wins
    ways = ways_up(set(entity_of.values()), on)
    return {person: ways[entity] for person, entity in entity_of.items()}


def ways_up(entity_ids: Collection[int], on: date) -> dict[int, tuple[Place, ...]]:
    """`above` for each of these entities, however many they are. One statement."""
    facts = {"whose": sorted(entity_ids), "day": on}
    steps: dict[int, list[Row[Any]]] = {}
    for row in db.session.execute(_OF_ENTITIES, facts) if entity_ids else ():
        steps.setdefault(row.start, []).append(row)
    return {start: _way(rows) for start, rows in steps.items()}


def site_of(way: Sequence[Place]) -> Place | None:
    """The site on a way up, or where it begins if there is none."""
    sites = (place for place in way if place.kind == EntityKind.SITE)
    return next(sites, way[0] if way else None)


def below(roots: Collection[int] | None, on: date) -> tuple[Place, ...]:
    """These entities and all that stood under them that day; all there are for None. One statement."""
    columns = (Entity.id, Entity.key, Entity.name, Entity.kind)
    local = (Entity.country, Entity.region, Entity.zone)
    open_then = or_(Entity.closed_on.is_(None), Entity.closed_on > on)
    found: Rows = select(*columns, *local).where(open_then).order_by(Entity.name, Entity.id)
    if roots is not None:
        down = select(Entity.id).where(Entity.id.in_(roots)).cte("down", recursive=True)
        down = down.union(  # each once, so that a circle ends
            select(Placement.child_id)
            .join(down, Placement.parent_id == down.c.id)
            .where(true_on(Placement, on))
        )
        found = found.where(Entity.id.in_(select(down.c.id)))
    return tuple(_place(row) for row in db.session.execute(found))


def _step(
    entity: type[Entity], start: Any, height: ColumnElement[int], link: Any, child: Any
) -> Rows:
    """An entity on the way up from `start`, its height, and the row (`link`) that put `child` there."""
    columns = (entity.id, entity.key, entity.name, entity.kind)
    local = (entity.country, entity.region, entity.zone)
    way = (start.label("start"), height.label("height"), link.label("link"), child.label("child"))
    return select(*columns, *local, *way)


def _climb(first: Rows) -> Rows:
    """From the first place up, as far as the tree goes."""
    up = first.cte("up", recursive=True)
    parent = aliased(Entity)
    up = up.union_all(
        _step(parent, up.c.start, up.c.height + 1, Placement.id, Placement.child_id)
        .join(Placement, and_(Placement.parent_id == parent.id, true_on(Placement, _DAY)))
        .where(Placement.child_id == up.c.id, up.c.height < DEEPEST_TREE)
    )
    return select(up).order_by(up.c.link)


# Written once: putting such a statement together takes longer than running it.
_DAY = bindparam("day", type_=Date())
_WHOSE = bindparam("whose", type_=BigId)
_NONE = literal(0, BigId)
_OF_PERSON = _climb(
    _step(Entity, Entity.id, literal(0), Posting.id, Posting.person_id)
    .join(Posting, Posting.entity_id == Entity.id)
    .where(Posting.person_id == _WHOSE, true_on(Posting, _DAY))
)
_OF_ENTITY = _climb(_step(Entity, Entity.id, literal(0), _NONE, _NONE).where(Entity.id == _WHOSE))
_MANY = bindparam("whose", type_=BigId, expanding=True)
_OF_ENTITIES = _climb(
    _step(Entity, Entity.id, literal(0), _NONE, _NONE).where(Entity.id.in_(_MANY))
)
_POSTINGS = (
    select(Posting.person_id, Posting.entity_id)
    .where(Posting.person_id.in_(_MANY), true_on(Posting, _DAY))
    .order_by(Posting.id)
)


def _place(row: Row[Any]) -> Place:
    return Place(row.id, row.key, row.name, row.kind, row.country, row.region, row.zone)


def _walk(statement: Rows, facts: dict[str, Any]) -> tuple[Place, ...]:
    return _way(db.session.execute(statement, facts))


def _way(rows: Iterable[Row[Any]]) -> tuple[Place, ...]:
    """The places one after the other; where the tree turns in a circle, once round."""
    found: dict[int | None, Row[Any]] = {}
    for row in rows:
        found[row.child if row.height else None] = row  # the later written wins
    way: dict[int, Place] = {}
    step: Row[Any] | None = found.get(None)
    while step is not None and step.id not in way:
        way[step.id] = _place(step)
        step = found.get(step.id)
    return tuple(way.values())
