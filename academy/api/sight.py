"""How far a token sees: the whole company, or an entity and all under it."""

from dataclasses import dataclass
from datetime import date

from flask import abort
from sqlalchemy import select

from academy import clock
from academy.api.guarding import asking
from academy.database import db
from academy.people import places
from academy.people.directory.reach import Reach
from academy.people.models import Entity
from academy.people.places import Place


@dataclass(frozen=True, slots=True)
class Sight:
    """`under` are the entities within reach; None for all there are."""

    reach: Reach
    under: frozenset[int] | None
    today: date


def mine() -> Sight:
    """One statement, none for a token of the whole company."""
    reach, day = asking().reach, today()
    if reach.everywhere:
        return Sight(reach, None, day)
    return Sight(reach, frozenset(each.id for each in places.below(reach.entities, day)), day)


def within(entity: Entity, sight: Sight) -> Sight:
    """Of what is seen, this entity and what is under it; ends with 404 where nothing is. One statement."""
    if sight.under is not None and entity.id not in sight.under:
        abort(404)
    under = frozenset(each.id for each in places.below([entity.id], sight.today))
    return Sight(Reach(False, frozenset({entity.id})), under, sight.today)


def entity(key: str) -> Entity:
    """Ends with 404 for a key that no entity has. One statement."""
    return db.session.scalar(select(Entity).where(Entity.key == key)) or abort(404)


def way_to(entity_id: int, day: date) -> tuple[Place, ...]:
    """The entity and those above it that day, if the token reaches it; else 404. One statement."""
    chain = places.above(entity_id, day)
    if not chain or not asking().reach.holds(each.id for each in chain):
        abort(404)
    return chain


def today() -> date:
    """The day as systems know it: in UTC."""
    return clock.now().date()
