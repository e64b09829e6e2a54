"""Where people and entities stand in the organisation, on a given day."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import ColumnElement, Select, and_, literal, or_, select
from sqlalchemy.orm import aliased

from academy.database import db
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
    """Was this row true on that day?"""
    return and_(dated.starts_on <= day, or_(dated.ends_on.is_(None), dated.ends_on >= day))


def chain(person_id: int, on: date) -> tuple[Place, ...]:
    """The entity a person works in that day, then those above; nothing without a posting. One statement."""
    first = (
        _places(Entity, literal(0))
        .join(Posting, Posting.entity_id == Entity.id)
        .where(Posting.person_id == person_id, true_on(Posting, on))
    )
    return _climb(first, on)


def above(entity_id: int, on: date) -> tuple[Place, ...]:
    """The entity itself, then those above it that day. One statement."""
    return _climb(_places(Entity, literal(0)).where(Entity.id == entity_id), on)


def _places(entity: type[Entity], height: ColumnElement[int]) -> Select[*tuple[Any, ...]]:
    return select(
        entity.id,
        entity.key,
        entity.name,
        entity.kind,
        entity.country,
        entity.region,
        height.label("height"),
    )


def _climb(first: Select[*tuple[Any, ...]], on: date) -> tuple[Place, ...]:
    """From the first place up; a tree that turns in a circle is left where it closes."""
    up = first.cte("up", recursive=True)
    parent = aliased(Entity)
    up = up.union_all(
        _places(parent, up.c.height + 1)
        .join(Placement, and_(Placement.parent_id == parent.id, true_on(Placement, on)))
        .where(Placement.child_id == up.c.id, up.c.height < DEEPEST_TREE)
    )
    rows = db.session.execute(select(up).order_by(up.c.height)).all()
    places = {row.id: Place(*row[:-1]) for row in reversed(rows)}
    return tuple(reversed(places.values()))
