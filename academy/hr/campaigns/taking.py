"""Whom a population takes on a day, asked of the database."""

from datetime import date

from sqlalchemy import ColumnElement, Select, and_, exists, func, select
from sqlalchemy.orm import aliased

from academy.database import db
from academy.hr.campaigns.rules import Population
from academy.people import places
from academy.people.models import Person, Posting
from academy.people.places import true_on


def works_there(day: date) -> ColumnElement[bool]:
    """The one posting that holds that day; when two were written on one day, the later is right."""
    later = aliased(Posting)
    overruled = exists().where(
        later.person_id == Posting.person_id,
        later.id > Posting.id,
        true_on(later, day),
    )
    return and_(true_on(Posting, day), ~overruled)


def taken(whom: Population, day: date) -> Select[int]:
    """The numbers of everybody it takes, but for those to whom the academy opens later."""
    return fitting(whom, day).where(~Person.waits)


def fitting(whom: Population, day: date) -> Select[int]:
    """The numbers of everybody who fits, has an account and a posting. Two statements to write it."""
    found = (
        select(Person.id)
        .join(Posting, and_(Posting.person_id == Person.id, works_there(day)))
        .where(Person.active)
    )
    where = entities(whom, day)
    if where is not None:
        found = found.where(Posting.entity_id.in_(where))
    if whom.jobs:
        found = found.where(Posting.job_family.in_(whom.jobs))
    if whom.contracts:
        found = found.where(Posting.contract.in_(whom.contracts))
    if whom.shifts:
        found = found.where(Posting.shift.in_(whom.shifts))
    if whom.languages:
        found = found.where(Person.language.in_(whom.languages))
    if whom.joined_from:
        found = found.where(Person.joined_on >= whom.joined_from)
    if whom.joined_until:
        found = found.where(Person.joined_on <= whom.joined_until)
    return found


def how_many(whom: Population, day: date) -> int:
    return counted(taken(whom, day))


def counted(found: Select[int]) -> int:
    return db.session.scalar(select(func.count()).select_from(found.subquery())) or 0


def entities(whom: Population, day: date) -> list[int] | None:
    """The entities people may work in; None for any."""
    if not (whom.entities or whom.countries):
        return None
    near = places.below(whom.entities or None, day)
    if not whom.countries:
        return [place.id for place in near]
    ways = places.ways_up([place.id for place in near], day)
    countries = {
        start: next((place.country for place in way if place.country), "")
        for start, way in ways.items()
    }
    return [start for start, country in countries.items() if country in whom.countries]
