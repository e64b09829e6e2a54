"""The organisation as it stands today."""

from dataclasses import dataclass
from datetime import date

from sqlalchemy import select
from sqlalchemy.orm import aliased

from academy.api.asked import Place
from academy.api.sight import Sight
from academy.database import db
from academy.people.models import Entity, Placement
from academy.people.places import true_on


@dataclass(frozen=True, slots=True)
class Told:
    key: str
    kind: str
    name: str
    country: str | None
    region: str | None
    zone: str | None
    opened_on: date
    closed_on: date | None
    parent: str | None


@dataclass(frozen=True, slots=True)
class Page:
    items: tuple[Told, ...]
    next: Place | None


def page(sight: Sight, place: Place, limit: int) -> Page:
    """Those after a place, by number; the closed ones are for who sees the whole company. One statement."""
    parent = aliased(Entity)
    wanted = select(Entity.id).where(Entity.id > place.number).order_by(Entity.id).limit(limit + 1)
    if sight.under is not None:
        wanted = wanted.where(Entity.id.in_(sight.under))
    here = wanted.subquery()
    rows = db.session.execute(
        select(Entity, parent.id.label("above"), parent.key.label("parent"))
        .join(here, here.c.id == Entity.id)
        .outerjoin(Placement, (Placement.child_id == Entity.id) & true_on(Placement, sight.today))
        .outerjoin(parent, parent.id == Placement.parent_id)
        .order_by(Entity.id, Placement.id)
    )
    found = {row.Entity.id: _told(row.Entity, row.above, row.parent, sight) for row in rows}
    numbers = list(found)[:limit]
    following = Place(numbers[-1]) if len(found) > limit else None
    return Page(tuple(found[each] for each in numbers), following)


def keys(numbers: list[int]) -> dict[int, str]:
    """The keys of these entities. One statement."""
    rows = db.session.execute(select(Entity.id, Entity.key).where(Entity.id.in_(numbers)))
    return {row.id: row.key for row in rows}


def _told(found: Entity, above: int | None, parent: str | None, sight: Sight) -> Told:
    """What is above the highest entity in sight is not told."""
    hidden = sight.under is not None and above not in sight.under
    return Told(
        found.key,
        found.kind,
        found.name,
        found.country,
        found.region,
        found.zone,
        found.opened_on,
        found.closed_on,
        None if hidden else parent,
    )
