"""What the worker does every five minutes: plan for those who are new, remind those whose hour has struck."""

from datetime import datetime

from flask import current_app

from academy import database
from academy.database import db
from academy.notices.reminders import queries, services
from academy.post import jobs

BATCH = 200
PLANNED_AT_ONCE = 500


def remind(at: datetime) -> int:
    """Batch after batch until nobody is due; gives how many reminders were put.

    Killed in the middle, or run twice at once, it sends nobody two: a batch is one transaction, and a
    letter is named after the person and the day.
    """
    if not current_app.config["SETTINGS"].reminders:
        return 0
    while _plan(at) == PLANNED_AT_ONCE and not jobs.desk().stopping.is_set():
        pass
    sent = 0
    while not jobs.desk().stopping.is_set():
        found = _remind(at)
        if found is None:
            break
        sent += found
    return sent


def _plan(at: datetime) -> int:
    database.reading_only()
    found = queries.unplanned(PLANNED_AT_ONCE)
    db.session.rollback()
    database.may_write()
    if found:
        services.plan(found, at)
        db.session.commit()
    return len(found)


def _remind(at: datetime) -> int | None:
    """One batch: how many reminders it put; None when nobody was due."""
    database.reading_only()
    found = queries.due(at, BATCH)
    decisions = services.decide(found, at) if found else []
    db.session.rollback()
    database.may_write()
    if not found:
        return None
    sent = services.keep(decisions, at)
    db.session.commit()
    return sent
