"""Who holds which role, until when, and from whom."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import Select, and_, func, or_, select
from sqlalchemy.orm import aliased

from academy.database import db
from academy.people.calendar import Span
from academy.people.models import Entity, Person, Role, RoleGrant
from academy.people.names import full_name
from academy.people.places import true_on


@dataclass(frozen=True, slots=True)
class Held:
    """One grant, with the names a page needs. `entity` is empty when it holds in the whole company."""

    id: int
    role: str
    entity_id: int | None
    entity: str
    holder_id: int
    holder: str
    starts_on: date
    ends_on: date | None
    delegated: bool
    granted_by: str


def held_by(person_id: int, today: date) -> list[Held]:
    """The roles somebody holds or is going to hold."""
    return _held(RoleGrant.person_id == person_id, _not_over(today))


def lent_by(person_id: int, today: date) -> list[Held]:
    """What somebody has lent and that is not over."""
    return _held(RoleGrant.granted_by == person_id, RoleGrant.delegated, _not_over(today))


def grant_numbered(number: int) -> RoleGrant | None:
    """A grant, locked until the commit."""
    return db.session.scalar(select(RoleGrant).where(RoleGrant.id == number).with_for_update())


def holders(wanted: Collection[Role], today: date) -> list[tuple[int, str, int | None]]:
    """Everybody who holds one of these roles that day: the person, the role, the entity. One statement."""
    rows = db.session.execute(
        select(RoleGrant.person_id, RoleGrant.role, RoleGrant.entity_id)
        .join(Person, Person.id == RoleGrant.person_id)
        .where(RoleGrant.role.in_(wanted), true_on(RoleGrant, today), Person.active)
        .order_by(RoleGrant.id)
    )
    return [(row.person_id, row.role, row.entity_id) for row in rows]


def overlapping(person_id: int, role: str, entity_id: int | None, days: Span) -> list[RoleGrant]:
    """The grants that already give this person this role there, on some of these days."""
    return list(
        db.session.scalars(
            select(RoleGrant).where(
                RoleGrant.person_id == person_id,
                RoleGrant.role == role,
                or_(RoleGrant.entity_id.is_(None), RoleGrant.entity_id == entity_id),
                RoleGrant.starts_on <= days.last,
                or_(RoleGrant.ends_on.is_(None), RoleGrant.ends_on >= days.first),
            )
        )
    )


def lent_from(grant: RoleGrant, today: date) -> list[RoleGrant]:
    """What its holder has lent of this role."""
    there = (
        RoleGrant.entity_id.is_(None)
        if grant.entity_id is None
        else RoleGrant.entity_id == grant.entity_id
    )
    return list(
        db.session.scalars(
            select(RoleGrant).where(
                RoleGrant.granted_by == grant.person_id,
                RoleGrant.delegated,
                RoleGrant.role == grant.role,
                there,
                _not_over(today),
            )
        )
    )


def loans_of(person_id: int, today: date) -> list[RoleGrant]:
    """Everything somebody has lent that is not over."""
    return list(
        db.session.scalars(
            select(RoleGrant).where(
                RoleGrant.granted_by == person_id, RoleGrant.delegated, _not_over(today)
            )
        )
    )


def keeps_the_keys(person_id: int, today: date) -> bool:
    """Is this person an administrator of the whole company, on their own account and for good?"""
    mine = select(RoleGrant.id).where(RoleGrant.person_id == person_id, *_keys_held(today))
    return db.session.scalar(mine.limit(1)) is not None


def other_admins(person_id: int, today: date) -> int:
    """How many other people keep the keys of the house."""
    return (
        db.session.scalar(
            select(func.count(Person.id.distinct()))
            .join(RoleGrant, RoleGrant.person_id == Person.id)
            .where(*_keys_held(today), Person.active, Person.id != person_id)
        )
        or 0
    )


def _keys_held(today: date) -> tuple[Any, ...]:
    return (
        RoleGrant.role == Role.ADMIN,
        RoleGrant.entity_id.is_(None),
        RoleGrant.delegated.is_(False),
        RoleGrant.ends_on.is_(None),
        RoleGrant.starts_on <= today,
    )


def _not_over(today: date) -> Any:
    return or_(RoleGrant.ends_on.is_(None), RoleGrant.ends_on >= today)


def _held(*conditions: Any) -> list[Held]:
    holder, granter = aliased(Person), aliased(Person)
    statement: Select[*tuple[Any, ...]] = (
        select(RoleGrant, Entity.name, holder, granter)
        .join(holder, holder.id == RoleGrant.person_id)
        .outerjoin(Entity, Entity.id == RoleGrant.entity_id)
        .outerjoin(granter, granter.id == RoleGrant.granted_by)
        .where(and_(*conditions))
        .order_by(RoleGrant.starts_on, RoleGrant.id)
    )
    return [
        Held(
            id=grant.id,
            role=grant.role,
            entity_id=grant.entity_id,
            entity=entity or "",
            holder_id=holder.id,
            holder=_name(holder),
            starts_on=grant.starts_on,
            ends_on=grant.ends_on,
            delegated=grant.delegated,
            granted_by=_name(granter),
        )
        for grant, entity, holder, granter in db.session.execute(statement)
    ]


def _name(person: Person | None) -> str:
    return full_name(person.given_name, person.family_name) if person else ""
