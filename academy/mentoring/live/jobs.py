"""What the worker does for speed meetings: those whose time has run out are held."""

from datetime import datetime

from academy import database
from academy.database import db
from academy.mentoring.live import queries, services


def close_meetings(at: datetime) -> int:
    """Whoever ends none: the clock does. Gives how many; one transaction each."""
    database.reading_only()
    numbers = queries.running()
    db.session.rollback()
    database.may_write()
    closed = 0
    for number in numbers:
        closed += services.close_if_over(queries.floor(services.locked(number)), at)
        db.session.commit()
    return closed
