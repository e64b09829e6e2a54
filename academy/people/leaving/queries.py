"""Who is about to leave, who left, and whose a link is."""

from datetime import date, datetime, timedelta

from sqlalchemy import select

from academy import clock
from academy.database import db, fresh
from academy.people.leaving.services import hashed
from academy.people.models import Departure, Person

FURTHEST_EAST = timedelta(hours=14)


def due(at: datetime, limit: int, after: int = 0) -> list[tuple[int, date]]:
    """Whose last day is over where they are and whose account is still open, by number."""
    latest = (at + FURTHEST_EAST).date()
    rows = db.session.execute(
        select(Person.id, Person.zone, Departure.last_on)
        .join(Departure, Departure.person_id == Person.id)
        .where(Departure.closed_at.is_(None), Departure.last_on < latest)
        .where(Person.active, Person.id > after)
        .order_by(Person.id)
        .limit(limit)
    )
    return [(row.id, row.last_on) for row in rows if row.last_on < clock.day_in(row.zone, at)]


def left_before(moment: datetime, limit: int, after: int = 0) -> list[int]:
    """Whose account was closed before that moment and is closed still, by number."""
    return list(
        db.session.scalars(
            select(Departure.person_id)
            .join(Person, Person.id == Departure.person_id)
            .where(Departure.closed_at < moment, ~Person.active, Person.id > after)
            .order_by(Person.id)
            .limit(limit)
        )
    )


def departure(person_id: int) -> Departure | None:
    return db.session.scalar(fresh(select(Departure).where(Departure.person_id == person_id)))


def bearer(token: str, at: datetime) -> Person | None:
    """Whose link this is; None when it opens nothing, or no longer."""
    return db.session.scalar(
        select(Person)
        .join(Departure, Departure.person_id == Person.id)
        .where(Departure.link_hash == hashed(token), Departure.link_until > at, ~Person.active)
    )
