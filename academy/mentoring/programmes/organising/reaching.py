"""Whose programme it is to organise: the check on the programme, in one place."""

from flask import abort

from academy.mentoring.programmes import queries
from academy.mentoring.programmes.models import Programme
from academy.people import places
from academy.people.directory import desk
from academy.people.models import Role


def within_reach(number: int) -> tuple[Programme, str | None]:
    """The programme, and its entity's name, if my word goes that far."""
    found = queries.programme(number) or abort(404)
    reach = desk.my_reach(Role.ORGANISER)
    above = places.above(found.entity_id, desk.today()) if found.entity_id else ()
    if not reach.holds(place.id for place in above):
        abort(404)
    return found, above[0].name if above else None
