"""Finding people by the beginning of a name or an address: at most a page of them, however many there are."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import and_, select, union
from sqlalchemy.orm import InstrumentedAttribute

from academy.database import db
from academy.people import places
from academy.people.models import Entity, Person, Posting
from academy.people.names import filed, full_name

PAGE = 20
SHORTEST = 2
LAST_SIGN = "\U0010ffff"


@dataclass(frozen=True, slots=True)
class Found:
    """Somebody in a list of people."""

    id: int
    name: str
    email: str
    active: bool
    entity: str

    @property
    def initials(self) -> str:
        return "".join(word[:1] for word in self.name.split())[:2].upper()


@dataclass(frozen=True, slots=True)
class Search:
    """What was found; `more` says that others fit too, so that a longer beginning would help."""

    people: tuple[Found, ...]
    more: bool


def is_enough(typed: str) -> bool:
    """Is it long enough to look for?"""
    return len(filed(typed)) >= SHORTEST


def search(typed: str, today: date, closed: bool = False) -> Search:
    """Who begins like this: given name, family name, or address; `closed` accounts too, when asked for.

    Accents and capitals do not matter. One statement, over three short stretches of indexes.
    """
    beginning = filed(typed)
    if not is_enough(typed):
        return Search((), more=False)
    fitting = union(
        *(
            _beginning(column, beginning, closed)
            for column in (Person.by_family, Person.by_given, Person.email)
        )
    ).subquery()
    rows = db.session.execute(
        select(Person, Entity.name)
        .join(fitting, fitting.c.id == Person.id)
        .outerjoin(Posting, and_(Posting.person_id == Person.id, places.true_on(Posting, today)))
        .outerjoin(Entity, Entity.id == Posting.entity_id)
        .order_by(Person.by_family, Person.id, Posting.id)
        .limit(2 * PAGE)
    ).all()
    found = {person.id: _found(person, entity or "") for person, entity in rows}
    return Search(tuple(found.values())[:PAGE], more=len(found) > PAGE)


def _found(person: Person, entity: str) -> Found:
    name = full_name(person.given_name, person.family_name)
    return Found(person.id, name, person.email, person.active, entity)


def _beginning(column: InstrumentedAttribute[str], beginning: str, closed: bool) -> Any:
    """The first of those whose filed name (or address) begins like this."""
    fitting = (
        select(Person.id)
        .where(column >= beginning, column < beginning + LAST_SIGN)
        .order_by(column)
        .limit(PAGE + 1)
    )
    fitting = fitting if closed else fitting.where(Person.active)
    return select(fitting.subquery().c.id)
