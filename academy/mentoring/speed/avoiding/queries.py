"""Whom somebody would rather not meet, and whom they may name."""

from dataclasses import dataclass
from typing import Any

from sqlalchemy import and_, or_, select

from academy.database import db
from academy.mentoring.programmes.models import Volunteer
from academy.mentoring.programmes.queries import OUT
from academy.mentoring.wishes.models import Avoidance
from academy.people.models import Entity, Person, Posting
from academy.people.names import filed, full_name, initials

PAGE = 20
SHORTEST = 2
LAST_SIGN = "\U0010ffff"


@dataclass(frozen=True, slots=True)
class Named:
    id: int
    name: str
    initials: str
    entity: str


def avoided(person_id: int, programme: int) -> list[Named]:
    """Whom they named, by name. One statement."""
    mine = Avoidance.programme_id == programme, Avoidance.person_id == person_id
    statement = _people().join(Avoidance, Avoidance.other_id == Person.id).where(*mine)
    return _read(statement)


def is_enough(typed: str) -> bool:
    return len(filed(typed)) >= SHORTEST


def search(typed: str, person_id: int, programme: int) -> tuple[list[Named], bool]:
    """Volunteers whose name begins like this, and whether there are more. One statement."""
    if not is_enough(typed):
        return [], False
    beginning = filed(typed)
    begins = [
        and_(column >= beginning, column < beginning + LAST_SIGN)
        for column in (Person.by_family, Person.by_given)
    ]
    named = select(Avoidance.other_id).where(
        Avoidance.programme_id == programme, Avoidance.person_id == person_id
    )
    found = _read(
        _people()
        .join(Volunteer, Volunteer.person_id == Person.id)
        .where(Volunteer.programme_id == programme, Volunteer.side != OUT, Person.active)
        .where(or_(*begins), Person.id != person_id, Person.id.not_in(named))
        .limit(PAGE + 1)
    )
    return found[:PAGE], len(found) > PAGE


def _people() -> Any:
    at_work = and_(Posting.person_id == Person.id, Posting.ends_on.is_(None))
    return (
        select(Person, Entity.name)
        .outerjoin(Posting, at_work)
        .outerjoin(Entity, Entity.id == Posting.entity_id)
        .order_by(Person.by_family, Person.id)
    )


def _read(statement: Any) -> list[Named]:
    return [
        Named(
            person.id,
            full_name(person.given_name, person.family_name),
            initials(person.given_name, person.family_name),
            entity or "",
        )
        for person, entity in db.session.execute(statement)
    ]
