"""Whose campaign it is: how far the word of human resources goes, in one place.

A campaign is seen by whoever looks after some of the people it may take, and of it they see their people
alone. It is written, announced and withdrawn by whoever reaches all of them.
"""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date

from flask import abort

from academy.hr.campaigns import queries
from academy.hr.campaigns.models import Campaign
from academy.people import places
from academy.people.directory import desk
from academy.people.directory.reach import Reach
from academy.people.models import Role

SEES = (Role.HR, Role.ADMIN)


@dataclass(frozen=True, slots=True)
class Sight:
    """`under` are the entities within reach, `near` these and those above them; None for all there are."""

    under: frozenset[int] | None
    near: frozenset[int] | None

    def sees(self, entities: Collection[int]) -> bool:
        return self.near is None or not entities or not self.near.isdisjoint(entities)

    def holds(self, entities: Collection[int]) -> bool:
        """Are all these people within reach? Without entities it is about the whole company."""
        return self.under is None or (bool(entities) and self.under.issuperset(entities))


def sight() -> Sight:
    """Mine."""
    return sight_of(desk.my_reach(*SEES), desk.today())


def sight_of(reach: Reach, today: date) -> Sight:
    """Two statements, none for whoever looks after everybody."""
    if reach.everywhere:
        return Sight(None, None)
    under = frozenset(place.id for place in places.below(reach.entities, today))
    ways = places.ways_up(reach.entities, today).values()
    return Sight(under, under | {place.id for way in ways for place in way})


def within_sight(number: int) -> tuple[Campaign, list[int], Sight]:
    """The campaign and its entities, if some of its people are mine; else there is no such page for me."""
    found = queries.campaign(number) or abort(404)
    entities, mine = queries.entities_of(number), sight()
    if not mine.sees(entities) or (found.announced_at is None and not mine.holds(entities)):
        abort(404)
    return found, entities, mine


def within_reach(number: int) -> tuple[Campaign, list[int]]:
    """The same, if all of its people are mine."""
    found, entities, mine = within_sight(number)
    if not mine.holds(entities):
        abort(403)
    return found, entities
