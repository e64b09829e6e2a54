"""What the account page shows, and what changing it needs."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import ColumnElement, Date, Select, and_, case, func, literal, select
from sqlalchemy.orm import aliased

from academy.database import db
from academy.people import places
from academy.people.factor.models import SecondFactor
from academy.people.models import Departure, Person, Posting
from academy.people.names import full_name
from academy.people.places import Place


@dataclass(frozen=True, slots=True)
class Profile:
    """Who somebody is, as HR says it."""

    id: int
    given_name: str
    family_name: str
    email: str
    active: bool
    has_password: bool
    language: str
    joined_on: date
    spoken: tuple[str, ...]
    job_family: str
    manager: str
    places: tuple[Place, ...]
    last_on: date | None = None
    second_factor: datetime | None = None

    @property
    def name(self) -> str:
        return full_name(self.given_name, self.family_name)


def profile(person_id: int, today: date) -> Profile | None:
    """Everything in two statements; who left has the place at work of their last day."""
    manager = aliased(Person)
    day = case(
        (Person.active, literal(today, Date())), else_=func.coalesce(Departure.last_on, today)
    )
    at_work = and_(Posting.person_id == Person.id, places.true_on(Posting, day))
    names = (manager.given_name.label("given"), manager.family_name)
    row = db.session.execute(
        select(Person, Posting.job_family, *names, Departure.last_on, SecondFactor.since)
        .outerjoin(Departure, Departure.person_id == Person.id)
        .outerjoin(SecondFactor, SecondFactor.person_id == Person.id)
        .outerjoin(Posting, at_work)
        .outerjoin(manager, manager.id == Posting.manager_id)
        .where(Person.id == person_id)
        .order_by(Posting.id.desc())
        .limit(1)
    ).first()
    if row is None:
        return None
    person: Person = row.Person
    return Profile(
        id=person.id,
        given_name=person.given_name,
        family_name=person.family_name,
        email=person.email,
        active=person.active,
        has_password=person.password_hash is not None,
        language=person.language,
        joined_on=person.joined_on,
        spoken=tuple(person.spoken),
        job_family=row.job_family or "",
        manager=f"{row.given} {row.family_name}" if row.given else "",
        places=places.chain(person_id, today if person.active else row.last_on or today),
        last_on=row.last_on,
        second_factor=row.since,
    )


@dataclass(frozen=True, slots=True)
class Keys:
    """What opens an account, as it stands: links and changes hold only while it stays so."""

    person_id: int
    epoch: int
    email: str
    password_hash: str | None
    given_name: str
    language: str
    family_name: str = ""


def keys_of(person_id: int) -> Keys | None:
    """Those of an open account."""
    return _keys(Person.id == person_id)


def keys_at(email: str) -> Keys | None:
    """Those of the open account of this address, whatever its capitals."""
    return _keys(Person.email == email.strip().lower())


def anybody_at(email: str) -> int | None:
    """Whose address this is, be their account open or closed."""
    if not email.isprintable():
        return None
    return db.session.scalar(select(Person.id).where(Person.email == email.strip().lower()))


def address_taken(email: str) -> bool:
    return anybody_at(email) is not None


def keys_of_all(people: Collection[int]) -> list[Keys]:
    """Those of the open accounts among these people, by number. One statement."""
    rows = db.session.execute(_bunch(Person.id.in_(people)).order_by(Person.id))
    return [Keys(*row) for row in rows]


def _keys(whose: ColumnElement[bool]) -> Keys | None:
    row = db.session.execute(_bunch(whose)).one_or_none()
    return Keys(*row) if row else None


def _bunch(whose: ColumnElement[bool]) -> Select[*tuple[Any, ...]]:
    return select(
        Person.id,
        Person.epoch,
        Person.email,
        Person.password_hash,
        Person.given_name,
        Person.language,
        Person.family_name,
    ).where(whose, Person.active)
