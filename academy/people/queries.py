"""What pages ask about people. Each query brings all that is needed, in one statement."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, fields
from datetime import date
from functools import cache
from operator import attrgetter
from typing import Any

from sqlalchemy import (
    CTE,
    BindParameter,
    ColumnElement,
    FromClause,
    and_,
    bindparam,
    literal,
    or_,
    select,
)
from sqlalchemy.orm import aliased

from academy.database import db, table
from academy.people.factor.models import SecondFactor
from academy.people.models import Entity, EntityKind, Person, Placement, Posting, RoleGrant
from academy.people.names import full_name, initials
from academy.people.places import DEEPEST_TREE
from academy.people.role_kinds import NEVER_WAIT
from academy.prepared import Prepared


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
    waits: bool
    """Does the academy open to them later? Never for whoever works here already in some role."""

    is_authenticated = True
    is_active = True
    is_anonymous = False

    @property
    def name(self) -> str:
        return full_name(self.given_name, self.family_name)

    @property
    def initials(self) -> str:
        return "".join(word[0] for word in self.name.split())[:2].upper()

    @property
    def kind(self) -> tuple[object, ...]:
        """All that is known but for number and name: what a page's frame is kept by."""
        return _KIND(self)

    def nameless(self, name: str, initials: str) -> "SignedIn":
        """Anybody of this kind."""
        known = {each: getattr(self, each) for each in self.__dataclass_fields__}
        return _Nameless(
            **{**known, "id": 0, "epoch": 0, "given_name": name, "family_name": initials}
        )

    def get_id(self) -> str:
        """Names the person and the epoch: signing out everywhere voids older sessions."""
        return f"{self.id}.{self.epoch}"

    def holds(self, role: str) -> bool:
        return any(held == role for held, _entity in self.roles)


_KIND: Callable[[SignedIn], tuple[object, ...]] = attrgetter(
    *(
        each.name
        for each in fields(SignedIn)
        if each.name not in {"id", "epoch", "given_name", "family_name"}
    )
)


class _Nameless(SignedIn):
    __slots__ = ()

    @property
    def name(self) -> str:
        return self.given_name

    @property
    def initials(self) -> str:
        return self.family_name


@dataclass(frozen=True, slots=True)
class Along:
    """What a page needs of its own beside the person asking, brought by the same statement.

    `joined` ties its tables to `person`; rows of `locked` ones are the request's alone until its commit.
    Values of its parameters come with each question.
    """

    columns: tuple[ColumnElement[Any], ...]
    joined: Callable[[FromClause], FromClause]
    locked: tuple[FromClause, ...] = ()


def signed_in(session_id: str, today: date) -> SignedIn | None:
    """The person a session names, with today's roles; None when the session is void."""
    return signed_in_with(session_id, today, None, {})[0]


def signed_in_with(
    session_id: str, today: date, along: Along | None, values: Mapping[str, Any]
) -> tuple[SignedIn | None, list[Sequence[Any]]]:
    """The same, with what comes along: a row of its columns for each one found."""
    number, _dot, epoch = session_id.partition(".")
    if not (number.isdecimal() and epoch.isdecimal()):
        return None, []
    known = {"person_number": int(number), "person_epoch": int(epoch), "today": today}
    rows = _signing_in(along).rows({**known, **values})
    if not rows:
        return None, []
    found = rows[0]
    roles = frozenset((row[10], row[11]) for row in rows if row[10])
    person = SignedIn(
        id=found[0],
        epoch=found[1],
        given_name=found[2],
        family_name=found[3],
        language=found[4],
        zone=found[5],
        colour_scheme=found[6],
        needs=tuple(found[7]),
        unread=found[8],
        roles=roles,
        waits=bool(found[9]) and NEVER_WAIT.isdisjoint(role for role, _entity in roles),
    )
    return person, [row[len(_ASKING) :] for row in rows]


_ASKING = (
    *(Person.id, Person.epoch, Person.given_name, Person.family_name, Person.language),
    *(Person.zone, Person.colour_scheme, Person.needs, Person.unread, Person.waits),
    *(RoleGrant.role, RoleGrant.entity_id),
)


@cache
def _signing_in(along: Along | None) -> Prepared:
    """One statement for each page that brings something."""
    return Prepared(lambda: _signed_in(along))


def _signed_in(along: Along | None) -> Any:
    today: BindParameter[date] = bindparam("today")
    current = and_(
        RoleGrant.person_id == Person.id,
        RoleGrant.starts_on <= today,
        or_(RoleGrant.ends_on.is_(None), RoleGrant.ends_on >= today),
    )
    tables: FromClause = table(Person)
    if along is not None:
        tables = along.joined(tables)
    statement = (
        select(*_ASKING, *(along.columns if along else ()))
        .select_from(tables.outerjoin(table(RoleGrant), current))
        .where(
            Person.id == bindparam("person_number"),
            Person.epoch == bindparam("person_epoch"),
            Person.active,
        )
    )
    return statement.with_for_update(of=along.locked) if along and along.locked else statement


@dataclass(frozen=True, slots=True)
class Credentials:
    """What is needed to check a password, kept apart from the session: hashing takes long."""

    person_id: int
    epoch: int
    email: str
    password_hash: str | None
    second_factor: bool = False


def credentials(email: str) -> Credentials | None:
    """The open account of this address, whatever its capitals."""
    row = db.session.execute(
        select(
            *(Person.id, Person.epoch, Person.email, Person.password_hash),
            SecondFactor.person_id.is_not(None),
        )
        .outerjoin(SecondFactor, SecondFactor.person_id == Person.id)
        .where(Person.email == email.strip().lower(), Person.active)
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
    up = workplaces(person_id)
    rows = db.session.execute(select(up.c.name, up.c.kind).order_by(up.c.height)).all()
    if not rows:
        return None
    nearest = {kind: name for name, kind in reversed(rows)}
    return Workplace(
        entity=rows[0].name,
        site=nearest.get(EntityKind.SITE, rows[0].name),
        company=nearest.get(EntityKind.COMPANY, rows[-1].name),
    )


def workplaces(person_id: int | BindParameter[int]) -> CTE:
    """The person's entity and those above it, each with its height: for a statement that asks more."""
    columns = (Entity.id, Entity.key, Entity.name, Entity.kind, Entity.country)
    up = (
        select(*columns, literal(0).label("height"))
        .join(Posting, Posting.entity_id == Entity.id)
        .where(Posting.person_id == person_id, Posting.ends_on.is_(None))
        .cte("up", recursive=True)
    )
    parent = aliased(Entity)
    above = (parent.id, parent.key, parent.name, parent.kind, parent.country)
    return up.union_all(
        select(*above, up.c.height + 1)
        .join(Placement, and_(Placement.child_id == up.c.id, Placement.ends_on.is_(None)))
        .join(parent, parent.id == Placement.parent_id)
        .where(up.c.height < DEEPEST_TREE)
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
    return {row.id: Named(full_name(row.given_name, row.family_name), row.email) for row in rows}


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
            full_name(person.given_name, person.family_name),
            _initials(person),
        )
        for key, email in emails.items()
        if (person := people.get(email)) is not None
    ]


def _initials(person: Person) -> str:
    return initials(person.given_name, person.family_name)
