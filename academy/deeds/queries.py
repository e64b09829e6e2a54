"""Reading the log."""

from collections.abc import Iterator

from sqlalchemy import select

from academy.database import db
from academy.deeds.models import Deed


def deeds_of(person_id: int) -> Iterator[Deed]:
    """Every deed of one person, oldest first. For rebuilding, never for a page."""
    return iter(
        db.session.scalars(select(Deed).where(Deed.person_id == person_id).order_by(Deed.id))
    )
