"""What the worker does every quarter of an hour: write to the managers whose digest is due."""

from datetime import datetime

from academy import database
from academy.database import db
from academy.notices.digest import queries, services
from academy.post import jobs

BATCH = 50


def tell_managers(at: datetime) -> int:
    """One after the other, each in a transaction of their own; gives how many mails were put."""
    sent = 0
    while not jobs.desk().stopping.is_set():
        database.reading_only()
        found = queries.due(at, BATCH)
        db.session.rollback()
        database.may_write()
        if not found:
            break
        for manager in found:
            sent += services.send(manager, at)
            db.session.commit()
    return sent
