"""Whose data changed, found by comparing with what was found before: nothing that writes people need know.

What a posting changes shows on the day it begins or ends, too. Nothing is looked for while nobody may ask.
"""

from collections.abc import Iterator, Mapping
from datetime import date, datetime
from hashlib import blake2b

from sqlalchemy import delete, func, select

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
    last = db.session.scalar(select(func.max(Person.id))) or 0
    for start in range(0, last, AT_ONCE):
        if changed := _changed(start, at):
            database.about_to_write()
            yield _note(changed, at)
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


def _changed(start: int, at: datetime) -> dict[int, str]:
    """Of the people of these numbers, those who are told otherwise than before."""
    database.reading_only()
    last = start + AT_ONCE
    now = {
        each.number: _print(each)
        for each in people.told(Person.id.between(start + 1, last), at.date())
    }
    known = {
        row.person_id: row.print
        for row in db.session.execute(
            select(ApiPerson.person_id, ApiPerson.print).where(
                ApiPerson.person_id.between(start + 1, last)
            )
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
