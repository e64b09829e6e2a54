"""Ending somebody's place at work with their account, planning it, and taking it back."""

import hashlib
import secrets
from datetime import date, datetime, timedelta

from sqlalchemy import delete, select, update

from academy import clock
from academy.database import db, insert, table
from academy.people.models import Departure, Person, Posting

TOKEN_BYTES = 16


def plan(person_id: int, last_on: date) -> None:
    """The account closes when this day is over; what was planned before gives way."""
    made = insert(table(Departure)).values(person_id=person_id, last_on=last_on)
    db.session.execute(
        made.on_conflict_do_update(
            index_elements=["person_id"],
            set_={"last_on": last_on},
            where=table(Departure).c.closed_at.is_(None),
        )
    )


def stay(person_id: int) -> None:
    """They do not leave after all."""
    db.session.execute(
        delete(Departure)
        .where(Departure.person_id == person_id, Departure.closed_at.is_(None))
        .execution_options(synchronize_session=False)
    )


def end(person: Person, at: datetime, last_on: date | None = None) -> None:
    """The posting ends today where they are, or on the last day that was planned, if that is over."""
    today = clock.day_in(person.zone, at)
    last = min(last_on or today, today)
    posting = db.session.scalar(
        select(Posting).where(Posting.person_id == person.id, Posting.ends_on.is_(None))
    )
    if posting is not None:
        posting.ends_on = max(posting.starts_on, last)
        db.session.flush()  # the departure refers to what is written
    values = {
        "last_on": last,
        "closed_at": at,
        "posting_id": posting.id if posting else None,
        "link_hash": None,
        "link_until": None,
    }
    made = insert(table(Departure)).values(person_id=person.id, **values)
    db.session.execute(made.on_conflict_do_update(index_elements=["person_id"], set_=values))


def back(person_id: int) -> None:
    """The posting that ended goes on, unless another one is open by now."""
    left = db.session.get(Departure, person_id, populate_existing=True)
    if left is None:
        return
    still_open = select(Posting.id).where(Posting.person_id == person_id, Posting.ends_on.is_(None))
    if left.posting_id is not None and db.session.scalar(still_open) is None:
        db.session.execute(
            update(Posting).where(Posting.id == left.posting_id).values(ends_on=None)
        )
    db.session.delete(left)
    db.session.flush()  # whoever leaves again today finds no trace of it


def new_link(person_id: int, at: datetime, lasts: timedelta) -> str:
    """A secret that opens what somebody who left may still fetch; the one before opens nothing more."""
    token = secrets.token_urlsafe(TOKEN_BYTES)
    db.session.execute(
        update(Departure)
        .where(Departure.person_id == person_id)
        .values(link_hash=hashed(token), link_until=at + lasts)
        .execution_options(synchronize_session=False)
    )
    return token


def hashed(token: str) -> str:
    """All that is kept of a link."""
    return hashlib.sha256(token.encode()).hexdigest()
