"""What pages ask about people. Each query brings all that is needed, in one statement."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from sqlalchemy import and_, literal, or_, select
from sqlalchemy.orm import aliased

from academy.database import db
from academy.people.models import Entity, EntityKind, Person, Placement, Posting, RoleGrant

DEEPEST_TREE = 20


@dataclass(frozen=True, slots=True)
class SignedIn:
    """The person asking, as every request needs them. Follows Flask-Login's protocol."""

    id: int
    epoch: int
    given_name: str
    family_name: str
    language: str
    zone: str
    colour_scheme: str
    needs: tuple[str, ...]
    roles: frozenset[tuple[str, int | None]]
    unread: int

    is_authenticated = True
    is_active = True
    is_anonymous = False

    @property
    def name(self) -> str:
        return f"{self.given_name} {self.family_name}"

    def get_id(self) -> str:
        """Names the person and the epoch: signing out everywhere voids older sessions."""
        return f"{self.id}.{self.epoch}"

    def holds(self, role: str) -> bool:
        return any(held == role for held, _entity in self.roles)


def signed_in(session_id: str, today: date) -> SignedIn | None:
    """The person a session names, with today's roles; None when the session is void."""
    number, _dot, epoch = session_id.partition(".")
    if not (number.isdecimal() and epoch.isdecimal()):
        return None
    current = and_(
        RoleGrant.person_id == Person.id,
        RoleGrant.starts_on <= today,
        or_(RoleGrant.ends_on.is_(None), RoleGrant.ends_on >= today),
    )
    rows = db.session.execute(
        select(
            Person.id,
            Person.epoch,
            Person.given_name,
            Person.family_name,
            Person.language,
            Person.zone,
            Person.colour_scheme,
            Person.needs,
            Person.unread,
            RoleGrant.role,
            RoleGrant.entity_id,
        )
        .outerjoin(RoleGrant, current)
        .where(Person.id == int(number), Person.epoch == int(epoch), Person.active)
    ).all()
    if not rows:
        return None
    found = rows[0]
    return SignedIn(
        id=found.id,
        epoch=found.epoch,
        given_name=found.given_name,
        family_name=found.family_name,
        language=found.language,
        zone=found.zone,
        colour_scheme=found.colour_scheme,
        needs=tuple(found.needs),
        roles=frozenset((row.role, row.entity_id) for row in rows if row.role),
        unread=found.unread,
    )


@dataclass(frozen=True, slots=True)
class Credentials:
    """What is needed to check a password, kept apart from the session: hashing takes long."""

    person_id: int
    epoch: int
    email: str
    password_hash: str | None


def credentials(email: str) -> Credentials | None:
    """The open account of this address, whatever its capitals."""
    row = db.session.execute(
        select(Person.id, Person.epoch, Person.email, Person.password_hash).where(
            Person.email == email.strip().lower(), Person.active
        )
    ).one_or_none()
    return Credentials(*row) if row else None


@dataclass(frozen=True, slots=True)
class Workplace:
    """Where somebody works today, for their passport."""

    entity: str
    site: str
    company: str


def workplace(person_id: int) -> Workplace | None:
    """The person's entity, and the site and company above it; None without a posting. One statement."""
    up = (
        select(Entity.id, Entity.name, Entity.kind, literal(0).label("height"))
        .join(Posting, Posting.entity_id == Entity.id)
        .where(Posting.person_id == person_id, Posting.ends_on.is_(None))
        .cte("up", recursive=True)
    )
    parent = aliased(Entity)
    up = up.union_all(
        select(parent.id, parent.name, parent.kind, up.c.height + 1)
        .join(Placement, and_(Placement.child_id == up.c.id, Placement.ends_on.is_(None)))
        .join(parent, parent.id == Placement.parent_id)
        .where(up.c.height < DEEPEST_TREE)
    )
    rows = db.session.execute(select(up.c.name, up.c.kind).order_by(up.c.height)).all()
    if not rows:
        return None
    nearest = {kind: name for name, kind in reversed(rows)}
    return Workplace(
        entity=rows[0].name,
        site=nearest.get(EntityKind.SITE, rows[0].name),
        company=nearest.get(EntityKind.COMPANY, rows[-1].name),
    )


@dataclass(frozen=True, slots=True)
class Named:
    """Somebody by name, for a line of a list."""

    name: str
    email: str


def named(numbers: Iterable[int]) -> dict[int, Named]:
    """The names behind a page of numbers, in one statement."""
    rows = db.session.execute(
        select(Person.id, Person.given_name, Person.family_name, Person.email).where(
            Person.id.in_(set(numbers))
        )
    )
    return {row.id: Named(f"{row.given_name} {row.family_name}", row.email) for row in rows}


@dataclass(frozen=True, slots=True)
class Persona:
    """Somebody a visitor of the demonstration may become in one click."""

    key: str
    person_id: int
    epoch: int
    name: str
    initials: str


def by_emails(emails: dict[str, str]) -> list[Persona]:
    """The people behind `emails` (persona key to address), in the order given; the missing are left out."""
    people = {
        person.email: person
        for person in db.session.scalars(select(Person).where(Person.email.in_(emails.values())))
    }
    return [
        Persona(
            key,
            person.id,
            person.epoch,
            f"{person.given_name} {person.family_name}",
            _initials(person),
        )
        for key, email in emails.items()
        if (person := people.get(email)) is not None
    ]


def _initials(person: Person) -> str:
    return f"{person.given_name[:1]}{person.family_name[:1]}".upper()
