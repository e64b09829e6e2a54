"""What the worker does every hour: tell those who have not handed in that the last day is near."""

from datetime import datetime

from flask import Flask

from academy import database
from academy.database import db
from academy.mentoring.wishes import reminding
from academy.post import jobs


def init_app(app: Flask) -> None:
    jobs.every(app, remind, minute="40")


def remind(at: datetime) -> int:
    """Batch after batch; gives how many were told. Run twice, or killed in between, nobody is told twice."""
    told, after = 0, reminding.FIRST
    while after is not None and not jobs.desk().stopping.is_set():
        database.reading_only()
        due, after = reminding.due(at, after)
        db.session.rollback()
        database.may_write()
        if due:
            told += reminding.tell(due, at)
            db.session.commit()
    return told
