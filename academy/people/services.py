"""What may be done to accounts and entities."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from sqlalchemy import ColumnElement, select, update

from academy.database import db
from academy.people import passwords, queries
from academy.people.models import Entity, EntityKind, Person, Placement, Posting, Role, RoleGrant
from academy.people.names import filed
from academy.people.queries import Credentials
from academy.web import throttle
from academy.web.throttle import Limit

QUARTER = timedelta(minutes=15)
# Many colleagues share one address at the edge of the company network: only failures stay counted.
TRIES_PER_ACCOUNT = Limit("sign-in", 8, QUARTER)
TRIES_PER_ADDRESS = Limit("sign-in-from", 200, QUARTER)


@dataclass(frozen=True, slots=True)
class Newcomer:
    """What is needed to open an account."""

    email: str
    given_name: str
    family_name: str
    joined_on: date
    language: str = "fr"
    spoken: tuple[str, ...] = ("fr",)
    zone: str = "Europe/Paris"
    password: str | None = None


@dataclass(frozen=True, slots=True)
class Preferences:
    language: str
    zone: str
    colour_scheme: str
    needs: tuple[str, ...]


def may_try(email: str, address: str, at: datetime) -> bool:
    """Count a try for this account and this network address; False when either has had too many."""
    account = throttle.allow(TRIES_PER_ACCOUNT, email.strip().lower(), at)
    network = throttle.allow(TRIES_PER_ADDRESS, address, at)
    return account and network


def right_password(found: Credentials | None, password: str) -> bool:
    """Is this the person's password? Takes as long for an account that does not exist."""
    return passwords.matches(found.password_hash if found else None, password)


def welcome(found: Credentials, password: str, address: str, at: datetime) -> None:
    """After a right password: the tries just counted were not failures; an old hash is renewed."""
    throttle.forgive(TRIES_PER_ACCOUNT, found.email, at)
    throttle.forgive(TRIES_PER_ADDRESS, address, at)
    if found.password_hash and passwords.outdated(found.password_hash):
        db.session.execute(
            update(Person)
            .where(Person.id == found.person_id)
            .values(password_hash=passwords.hashed(password))
        )


def sign_out_everywhere(person_id: int) -> None:
    """Void every session and every "remember me" of this person, this one too."""
    db.session.execute(update(Person).where(Person.id == person_id).values(epoch=Person.epoch + 1))


def prefer(person_id: int, wishes: Preferences) -> None:
    db.session.execute(
        update(Person)
        .where(Person.id == person_id)
        .values(
            language=wishes.language,
            zone=wishes.zone,
            colour_scheme=wishes.colour_scheme,
            needs=list(wishes.needs),
        )
    )


def speak(person_id: int, language: str) -> None:
    db.session.execute(update(Person).where(Person.id == person_id).values(language=language))


def open_account(newcomer: Newcomer, at: datetime) -> Person:
    person = Person(
        email=newcomer.email.strip().lower(),
        given_name=newcomer.given_name,
        family_name=newcomer.family_name,
        joined_on=newcomer.joined_on,
        created_at=at,
        language=newcomer.language,
        spoken=list(newcomer.spoken),
        zone=newcomer.zone,
        password_hash=passwords.hashed(newcomer.password) if newcomer.password else None,
    )
    db.session.add(person)
    db.session.flush()  # the id is needed for postings and roles
    return person


def open_entity(
    key: str,
    kind: EntityKind,
    name: str,
    since: date,
    parent: Entity | None = None,
    country: str | None = None,
    zone: str | None = None,
    region: str | None = None,
) -> Entity:
    entity = Entity(
        key=key, kind=kind, name=name, opened_on=since, country=country, zone=zone, region=region
    )
    db.session.add(entity)
    db.session.flush()  # the id is needed for its place in the tree
    if parent is not None:
        db.session.add(Placement(child_id=entity.id, parent_id=parent.id, starts_on=since))
    return entity


def move_entity(entity: Entity, parent: Entity, on: date) -> None:
    """Put an entity under another parent from `on`; where it stood before is kept, dated."""
    _close(Placement, Placement.child_id == entity.id, on)
    db.session.add(Placement(child_id=entity.id, parent_id=parent.id, starts_on=on))


def post(
    person: Person, entity: Entity, job_family: str, on: date, manager: Person | None = None
) -> None:
    """Give a person a place, a trade and a manager from `on`; the posting before ends the day before."""
    _close(Posting, Posting.person_id == person.id, on)
    db.session.add(
        Posting(
            person_id=person.id,
            entity_id=entity.id,
            job_family=job_family,
            manager_id=manager.id if manager else None,
            starts_on=on,
        )
    )


def rename(person: Person, given_name: str, family_name: str) -> None:
    """Another name, under which the directory finds the person from now on."""
    person.given_name, person.family_name = given_name, family_name
    person.by_given = filed(given_name, family_name)
    person.by_family = filed(family_name, given_name)


def grant(person: Person, roles: Sequence[Role], on: date, entity: Entity | None = None) -> None:
    """Give roles for good, without a trace: for a newcomer. Administrators use `roles.services`."""
    held = set(db.session.scalars(select(RoleGrant.role).where(*_same(person, on, entity))))
    for role in roles:
        if role not in held:
            db.session.add(
                RoleGrant(
                    person_id=person.id,
                    role=role,
                    entity_id=entity.id if entity else None,
                    starts_on=on,
                )
            )


def _same(person: Person, on: date, entity: Entity | None) -> tuple[ColumnElement[bool], ...]:
    there = RoleGrant.entity_id == entity.id if entity else RoleGrant.entity_id.is_(None)
    return RoleGrant.person_id == person.id, RoleGrant.starts_on == on, there


def _close(dated: type[Placement] | type[Posting], whose: object, on: date) -> None:
    """End the row that is true today, the day before `on` (or the day it began, if that is later)."""
    row = db.session.scalar(select(dated).where(whose, dated.ends_on.is_(None)))  # type: ignore[arg-type]  # a column
    if row is not None:
        row.ends_on = max(row.starts_on, on - timedelta(days=1))
        db.session.flush()  # one open row at a time: close before the next opens


def personas() -> list[queries.Persona]:
    """The make-believe people of the demonstration, by what they do."""
    return queries.by_emails(PERSONAS)


PERSONAS = {
    "new": "lea.nouvelle@aurore.example",
    "learner": "karim.benali@aurore.example",
    "mentor": "ines.moreau@aurore.example",
    "hr": "helene.dupont@aurore.example",
    "author": "tom.verne@aurore.example",
    "organiser": "sofia.marchand@aurore.example",
    "admin": "awa.diallo@aurore.example",
}
