"""Whose data changed, found by comparing with what was found before: nothing that writes people need know.

What a posting changes shows on the day it begins or ends, too. Nothing is looked for while nobody may ask.
"""

from collections.abc import Iterator, Mapping
from datetime import date, datetime
from hashlib import blake2b

from sqlalchemy import ColumnElement, delete, func, select

from academy import database
from academy.api import people
from academy.api.clients import USES_KEPT
from academy.api.models import ApiClient, ApiPerson, ApiReader, ApiUse
from academy.api.people import Told
from academy.api.scopes import Scope
from academy.database import db, insert, table
from academy.people.models import Person

AT_ONCE = 2_000


def look(at: datetime) -> Iterator[int]:
    """Note who changed, some at a time, then that one has looked; yields where the caller is to commit."""
    database.reading_only()
    if not _somebody_asks(at.date()):
        return
    start = 0
    while last := _last_of(start):
        if changed := _changed(Person.id.between(start + 1, last), at):
            database.about_to_write()
            yield _note(changed, at)
        start = last
    database.about_to_write()
    noted = insert(table(ApiReader)).values(id=1, looked_at=at)
    db.session.execute(noted.on_conflict_do_update(index_elements=["id"], set_={"looked_at": at}))
    yield 0


def forget_uses(today: date) -> None:
    """How often tokens were used is kept for thirteen months."""
    db.session.execute(delete(ApiUse).where(ApiUse.day < today - USES_KEPT))


def _somebody_asks(today: date) -> bool:
    live = select(ApiClient.scopes).where(
        ApiClient.revoked_at.is_(None), ApiClient.ends_on >= today
    )
    return any(Scope.PEOPLE in scopes for scopes in db.session.scalars(live))


def _last_of(start: int) -> int | None:
    """The last number of the next few people; None after everybody."""
    database.reading_only()
    some = select(Person.id).where(Person.id > start).order_by(Person.id).limit(AT_ONCE).subquery()
    return db.session.scalar(select(func.max(some.c.id)))


def _changed(those: ColumnElement[bool], at: datetime) -> dict[int, str]:
    """Of these people, those who are told otherwise than before."""
    now = {each.number: _print(each) for each in people.told(those, at.date())}
    known = {
        row.person_id: row.print
        for row in db.session.execute(
            select(ApiPerson.person_id, ApiPerson.print)
            .join(Person, Person.id == ApiPerson.person_id)
            .where(those)
        )
    }
    db.session.rollback()
    return {each: mark for each, mark in now.items() if known.get(each) != mark}


def _note(changed: Mapping[int, str], at: datetime) -> int:
    """Those who were erased meanwhile are left out."""
    still = db.session.scalars(select(Person.id).where(Person.id.in_(list(changed))))
    rows = [{"person_id": each, "print": changed[each], "changed_at": at} for each in still]
    if rows:
        made = insert(table(ApiPerson))
        news = {"print": made.excluded.print, "changed_at": made.excluded.changed_at}
        db.session.execute(
            made.on_conflict_do_update(index_elements=["person_id"], set_=news), rows
        )
    return len(rows)


def _print(told: Told) -> str:
    return blake2b(repr(told).encode(), digest_size=8).hexdigest()
