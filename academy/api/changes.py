"""Whose data changed, found by comparing with what was found before: nothing that writes people need know.

What a posting changes shows on the day it begins or ends, too. Nothing is looked for while nobody may ask.
"""

from collections.abc import Iterable
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


def look(at: datetime) -> int:
    """Note who changed, some at a time, and then that one has looked; says how many. Commits."""
    database.reading_only()
    if not _somebody_asks(at.date()):
        return 0
    changed, last = 0, db.session.scalar(select(func.max(Person.id))) or 0
    for start in range(0, last, AT_ONCE):
        changed += _look_at(start, at)
    database.about_to_write()
    noted = insert(table(ApiReader)).values(id=1, looked_at=at)
    db.session.execute(noted.on_conflict_do_update(index_elements=["id"], set_={"looked_at": at}))
    db.session.commit()
    return changed


def forget_uses(today: date) -> None:
    """How often tokens were used is kept for thirteen months. Commits."""
    database.about_to_write()
    db.session.execute(delete(ApiUse).where(ApiUse.day < today - USES_KEPT))
    db.session.commit()


def _somebody_asks(today: date) -> bool:
    live = select(ApiClient.scopes).where(
        ApiClient.revoked_at.is_(None), ApiClient.ends_on >= today
    )
    return any(Scope.PEOPLE in scopes for scopes in db.session.scalars(live))


def _look_at(start: int, at: datetime) -> int:
    """The people of these numbers. Those that somebody else erases meanwhile are left out."""
    database.reading_only()
    those = Person.id.between(start + 1, start + AT_ONCE)
    now = {each.number: _print(each) for each in people.told(those, at.date())}
    known = {
        row.person_id: row.print
        for row in db.session.execute(
            select(ApiPerson.person_id, ApiPerson.print).where(
                ApiPerson.person_id.between(start + 1, start + AT_ONCE)
            )
        )
    }
    db.session.rollback()
    changed = {each: mark for each, mark in now.items() if known.get(each) != mark}
    if changed:
        database.about_to_write()
        _note({each: changed[each] for each in _still_there(changed)}, at)
        db.session.commit()
    return len(changed)


def _still_there(numbers: Iterable[int]) -> list[int]:
    return list(db.session.scalars(select(Person.id).where(Person.id.in_(list(numbers)))))


def _note(changed: dict[int, str], at: datetime) -> None:
    rows = [{"person_id": each, "print": mark, "changed_at": at} for each, mark in changed.items()]
    if rows:
        made = insert(table(ApiPerson))
        news = {"print": made.excluded.print, "changed_at": made.excluded.changed_at}
        db.session.execute(
            made.on_conflict_do_update(index_elements=["person_id"], set_=news), rows
        )


def _print(told: Told) -> str:
    return blake2b(repr(told).encode(), digest_size=8).hexdigest()
