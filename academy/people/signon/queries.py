"""Whose identities are known."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Select, exists, select

from academy.database import db
from academy.people.models import Person
from academy.people.signon.models import SignOn
from academy.people.signon.rules import Account
from academy.providers import Provider


@dataclass(frozen=True, slots=True)
class Linked:
    """An identity that opens one's account."""

    id: int
    issuer: str
    linked_at: datetime


def holder(issuer: str, subject: str) -> Account | None:
    """Whose account this identity opens."""
    return _account(
        select(Person.id, Person.epoch, Person.active)
        .join(SignOn, SignOn.person_id == Person.id)
        .where(SignOn.issuer == issuer, SignOn.subject == subject)
    )


def namesake(issuer: str, email: str) -> Account | None:
    """Whose address this is, be their account open or closed; nobody's, where it cannot be one."""
    if not email or not email.isprintable():
        return None
    linked = exists().where(SignOn.person_id == Person.id, SignOn.issuer == issuer)
    return _account(
        select(Person.id, Person.epoch, Person.active, linked).where(Person.email == email)
    )


def of_person(person_id: int, providers: Sequence[Provider]) -> tuple[Linked, ...]:
    """Those of the providers in the settings; one statement, none without providers."""
    if not providers:
        return ()
    rows = db.session.execute(
        select(SignOn.id, SignOn.issuer, SignOn.linked_at)
        .where(SignOn.person_id == person_id, SignOn.issuer.in_({p.issuer for p in providers}))
        .order_by(SignOn.id)
    )
    return tuple(Linked(*row) for row in rows)


def _account(statement: Select[*tuple[Any, ...]]) -> Account | None:
    row = db.session.execute(statement).one_or_none()
    return Account(*row) if row else None
