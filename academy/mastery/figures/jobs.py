"""What the worker counts at night."""

from datetime import datetime

from academy.database import db
from academy.mastery.figures import services


def count_answers(at: datetime) -> None:
    """Count every settled answer since last night, a chunk to a transaction."""
    while services.count_next(at):
        db.session.commit()
    db.session.commit()
