"""What may be done with letters. Nothing here commits: a letter is put with its cause, or not at all."""

import secrets
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import delete, select, update

from academy.database import db, insert
from academy.post import delays, queries
from academy.post.models import Letter

REASON_LENGTH = 300
FORGOTTEN_AT_ONCE = 1_000
AHEAD = timedelta(days=1)
"""How far before now a letter is due that somebody sits and waits for: it overtakes a morning's reminders."""


@dataclass(frozen=True, slots=True)
class Leased:
    """A letter in the hands of one worker. `in_doubt` when somebody died while sending it."""

    id: int
    kind: str
    payload: dict[str, Any]
    once: str
    about: int | None
    lease: str
    tries: int
    in_doubt: bool


@dataclass(frozen=True, slots=True)
class Sealed:
    """A letter ready to be put: see `put` for `once`, `due_at` and `about`."""

    payload: dict[str, Any]
    once: str
    due_at: datetime
    about: int | None = None


def put(
    kind: str, payload: dict[str, Any], once: str, due_at: datetime, about: int | None = None
) -> bool:
    """Write a letter with its cause; False when a letter with this `once` was put before.

    The same `once` is good for one letter, whatever is tried again: name the cause and the person in
    it. The earlier a letter is due, the sooner it leaves: one that is due in the past overtakes.
    """
    statement = (
        insert(Letter)
        .values(kind=kind, payload=payload, once=once, due_at=due_at, about=about)
        .on_conflict_do_nothing(index_elements=[Letter.once])
        .returning(Letter.id)
    )
    new = db.session.execute(statement).scalar_one_or_none() is not None
    if new:
        db.session.info["letters"] = True  # the worker is woken after the commit
    return new


def put_all(kind: str, letters: Sequence[Sealed]) -> int:
    """The same for many at once, in one statement: it keeps others from writing for less long."""
    rows = [
        {
            "kind": kind,
            "payload": each.payload,
            "once": each.once,
            "due_at": each.due_at,
            "about": each.about,
            "tries": 0,
            "failure": "",
        }
        for each in letters
    ]
    if not rows:
        return 0
    statement = insert(Letter.__table__).on_conflict_do_nothing(index_elements=[Letter.once])
    new = len(db.session.execute(statement.returning(Letter.id), rows).all())
    if new:
        db.session.info["letters"] = True
    return new


def lease(
    limit: int, at: datetime, during: timedelta, without: Collection[str] = ()
) -> list[Leased]:
    """Take at most `limit` letters that are due, `without` some kinds, for one worker alone.

    On PostgreSQL letters that another worker is taking are skipped; on SQLite a writer is alone.
    """
    due = queries.due(at).order_by(Letter.due_at, Letter.id).limit(limit)
    if without:
        due = due.where(Letter.kind.not_in(without))
    mine = due.with_for_update(skip_locked=True).cte("mine")
    token = secrets.token_hex(16)
    rows = db.session.execute(
        update(Letter)
        .where(Letter.id.in_(select(mine.c.id)))
        .values(lease=token, leased_until=at + during)
        .returning(
            Letter.due_at,
            Letter.id,
            Letter.kind,
            Letter.payload,
            Letter.once,
            Letter.about,
            Letter.tries,
            Letter.sending_at,  # as it is: SQLite 3.40 gets IS NOT NULL wrong in RETURNING
        )
        .execution_options(synchronize_session=False)
    )
    return [
        Leased(
            id=row.id,
            kind=row.kind,
            payload=row.payload,
            once=row.once,
            about=row.about,
            lease=token,
            tries=row.tries,
            in_doubt=row.sending_at is not None,
        )
        for row in sorted(rows, key=lambda row: (row.due_at, row.id))
    ]


def begin(letter: Leased, at: datetime, during: timedelta) -> bool:
    """Count a try and mark it begun, with the lease made anew; False when the letter is no longer ours."""
    return _change(letter, sending_at=at, tries=Letter.tries + 1, leased_until=at + during)


def hold(letter: Leased, at: datetime, during: timedelta) -> bool:
    """Work that takes long is still in hand: its lease begins anew; False when it is no longer ours."""
    return _change(letter, leased_until=at + during)


def done(letter: Leased, at: datetime) -> bool:
    """The letter has left; its words are not kept. False when it was no longer ours."""
    return _change(letter, done_at=at, payload={}, failure="", **_NOBODYS)


def failed(letter: Leased, reason: str, at: datetime) -> datetime | None:
    """Put a letter back for later, each time for longer; None when it was given up for good."""
    wait = delays.before_next(letter.tries + 1)
    if wait is None:
        give_up(letter, reason, at)
        return None
    _change(letter, due_at=at + wait, failure=reason[:REASON_LENGTH], **_NOBODYS)
    return at + wait


def give_up(letter: Leased, reason: str, at: datetime) -> None:
    """A dead letter: kept with its words and the reason, until somebody revives it."""
    _change(letter, dead_at=at, failure=reason[:REASON_LENGTH], **_NOBODYS)


def put_back(letter: Leased, reason: str) -> None:
    """The way is closed: the try does not count, and the letter is due as before."""
    _change(letter, tries=letter.tries, failure=reason[:REASON_LENGTH], **_NOBODYS)


def release(lease: str) -> None:
    """Let go what this batch still holds; what was begun stays marked."""
    db.session.execute(
        update(Letter)
        .where(Letter.lease == lease, Letter.done_at.is_(None))
        .values(lease=None, leased_until=None)
        .execution_options(synchronize_session=False)
    )


def revive(at: datetime) -> int:
    """Try the dead letters again from the start; gives how many there were."""
    revived = db.session.execute(
        update(Letter)
        .where(Letter.dead_at.is_not(None))
        .values(dead_at=None, tries=0, due_at=at)
        .returning(Letter.id)
        .execution_options(synchronize_session=False)
    ).all()
    if revived:
        db.session.info["letters"] = True
    return len(revived)


def forget(before: datetime) -> int:
    """Drop what was done long ago, a bounded number at a time; gives how many."""
    old = select(Letter.id).where(Letter.done_at < before).limit(FORGOTTEN_AT_ONCE)
    gone = db.session.execute(
        delete(Letter)
        .where(Letter.id.in_(old))
        .returning(Letter.id)
        .execution_options(synchronize_session=False)
    )
    return len(gone.all())


_NOBODYS: dict[str, Any] = {"lease": None, "leased_until": None, "sending_at": None}


def _change(letter: Leased, **values: Any) -> bool:
    """Change a letter as long as it is still in our hands."""
    changed = db.session.execute(
        update(Letter)
        .where(Letter.id == letter.id, Letter.lease == letter.lease, Letter.done_at.is_(None))
        .values(**values)
        .returning(Letter.id)
        .execution_options(synchronize_session=False)
    )
    return changed.scalar_one_or_none() is not None
