"""Where people and entities stand in the organisation, on a given day."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import ColumnElement, Row, Select, and_, literal, or_, select
from sqlalchemy.orm import aliased

from academy.database import BigId, db
from academy.people.models import Entity, Placement, Posting, RoleGrant

DEEPEST_TREE = 20
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


def true_on(dated: Dated, day: date) -> ColumnElement[bool]:
    """Was this row true on that day? When two were, written on one day, the later written is right."""
    return and_(dated.starts_on <= day, or_(dated.ends_on.is_(None), dated.ends_on >= day))


def chain(person_id: int, on: date) -> tuple[Place, ...]:
    """The entity a person works in that day, then those above; nothing without a posting. One statement."""
    first = (
        _step(Entity, literal(0), Posting.id, Posting.person_id)
        .join(Posting, Posting.entity_id == Entity.id)
        .where(Posting.person_id == person_id, true_on(Posting, on))
    )
    return _climb(first, on)


def above(entity_id: int, on: date) -> tuple[Place, ...]:
    """The entity itself, then those above it that day. One statement."""
    none = literal(0, BigId)
    first = _step(Entity, literal(0), none, none).where(Entity.id == entity_id)
    return _climb(first, on)


def _step(
    entity: type[Entity],
    height: ColumnElement[int],
    link: Any,
    child: Any,
) -> Select[*tuple[Any, ...]]:
    """An entity, how high it stands, and the row (`link`) that put `child` there."""
    columns = (entity.id, entity.key, entity.name, entity.kind, entity.country, entity.region)
    return select(*columns, height.label("height"), link.label("link"), child.label("child"))


def _climb(first: Select[*tuple[Any, ...]], on: date) -> tuple[Place, ...]:
    """From the first place up, as far as the tree goes; where it turns in a circle, once round."""
    up = first.cte("up", recursive=True)
    parent = aliased(Entity)
    up = up.union_all(
        _step(parent, up.c.height + 1, Placement.id, Placement.child_id)
        .join(Placement, and_(Placement.parent_id == parent.id, true_on(Placement, on)))
        .where(Placement.child_id == up.c.id, up.c.height < DEEPEST_TREE)
    )
    found: dict[int | None, Row[Any]] = {}
    for row in db.session.execute(select(up).order_by(up.c.link)):
        found[row.child if row.height else None] = row  # the later written wins
    return tuple(
        Place(row.id, row.key, row.name, row.kind, row.country, row.region) for row in _walk(found)
    )


def _walk(found: dict[int | None, Row[Any]]) -> list[Row[Any]]:
    way: list[Row[Any]] = []
    row = found.get(None)
    while row is not None and row.id not in {each.id for each in way}:
        way.append(row)
        row = found.get(row.id)
    return way
