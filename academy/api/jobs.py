"""What the worker does for the API."""

from datetime import UTC, datetime

from flask import Flask

from academy.api import changes
from academy.database import db
from academy.post import jobs


def init_app(app: Flask) -> None:
    jobs.every(app, look_for_changes, minute="*/15")
    jobs.every(app, forget_uses, hour="4", minute="20")


def look_for_changes(at: datetime) -> int:
    """Says how many people changed."""
    found = 0
    for changed in changes.look(at):
        db.session.commit()
        found += changed
    return found


def forget_uses(at: datetime) -> None:
    changes.forget_uses(at.astimezone(UTC).date())
    db.session.commit()
