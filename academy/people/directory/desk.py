"""Whose page somebody may open, as administrator or for HR: the check on the person, in one place."""

from collections import Counter
from collections.abc import Sequence
from datetime import date

from flask import abort

from academy import clock
from academy.people import places
from academy.people.accounts import queries as accounts
from academy.people.accounts.queries import Profile
from academy.people.directory import services
from academy.people.directory.reach import Reach, reach
from academy.people.models import Entity, Role
from academy.people.places import Place
from academy.people.roles import queries as roles
from academy.people.sessions import me
from academy.refusal import Refusal

STAFF = (Role.ADMIN, Role.HR)
"""Who opens accounts, keeps working days and closures; administrators alone do the rest."""
SUGGESTED = 300


class OutOfReach(Refusal):
    """The entity exists, and somebody else looks after it."""


def today() -> date:
    return clock.day_in(me().zone, clock.now())


def my_reach(*acting: Role) -> Reach:
    """How far I may go in these roles; as administrator unless said."""
    return reach(me().roles, acting or (Role.ADMIN,))


def within_reach(number: int, *acting: Role) -> Profile:
    """The person, if my word goes that far in one of these roles; else there is no such page for me."""
    profile = accounts.profile(number, today()) or abort(404)
    if not my_reach(*acting).holds(place.id for place in profile.places):
        abort(403)
    return profile


def require_power_over(profile: Profile) -> None:
    """To close or to erase: only who reaches everywhere touches those who do too."""
    mine = my_reach()
    if not mine.holds(place.id for place in profile.places):
        abort(403)
    if not mine.everywhere and roles.keeps_the_keys(profile.id, today()):
        abort(403)


def require_the_whole_company() -> None:
    """For what is nobody's in particular: its administrators, not those of a part of it."""
    if not my_reach().everywhere:
        abort(403)


def reaches(entity_id: int, *acting: Role) -> bool:
    mine = my_reach(*acting)
    return mine.everywhere or mine.holds(place.id for place in places.above(entity_id, today()))


def entity_of_mine(typed: str, out_of_reach: str, *acting: Role) -> Entity:
    """The entity typed in, if it is within my reach. Raises NoSuchEntity, OutOfReach with these words."""
    entity = services.entity_named(typed)
    if not reaches(entity.id, *acting):
        raise OutOfReach(out_of_reach, 403)
    return entity


def suggested(*acting: Role) -> tuple[str, ...]:
    """What to type for the entities within my reach: the name, or the key of those who share theirs."""
    mine = my_reach(*acting)
    return typed(places.below(None if mine.everywhere else mine.entities, today()))


def typed(near: Sequence[Place]) -> tuple[str, ...]:
    """What to type for each of these; not endless."""
    names = Counter(place.name for place in near)
    once = (place.name if names[place.name] == 1 else place.key for place in near[:SUGGESTED])
    return tuple(once)
