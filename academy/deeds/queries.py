"""Reading the log."""

from collections.abc import Collection, Iterable, Iterator
from datetime import date, datetime

from sqlalchemy import func, select

from academy.database import db
from academy.deeds.models import Deed
from academy.deeds.verbs import Verb


def deeds_of(person_id: int) -> Iterator[Deed]:
    """Every deed of one person, oldest first. For rebuilding, never for a page."""
    return iter(
        db.session.scalars(select(Deed).where(Deed.person_id == person_id).order_by(Deed.id))
    )


def last_rounds(person_ids: Collection[int], since: datetime) -> dict[int, date]:
    """The day of the last minute each of them did since then; those who did none are left out."""
    rows = db.session.execute(
        select(Deed.person_id, func.max(Deed.day).label("day"))
        .where(Deed.person_id.in_(person_ids), Deed.at >= since, Deed.verb == Verb.ROUND_DONE)
        .group_by(Deed.person_id)
    )
    return {row.person_id: row.day for row in rows}


def counts_since(verb: Verb, people: Iterable[int], first: date) -> dict[int, int]:
    """How often each of these did it since that day; those who did not are left out."""
    rows = db.session.execute(
        select(Deed.person_id, func.count())
        .where(Deed.person_id.in_(list(people)), Deed.verb == verb, Deed.day >= first)
        .group_by(Deed.person_id)
    )
    return {person_id: count for person_id, count in rows if person_id is not None}
