"""What is swept at night."""

from datetime import datetime, timedelta

from academy.database import db
from academy.web import throttle

KEPT = timedelta(days=2)


def forget_old_tries(at: datetime) -> None:
    """Counted tries matter for minutes; two days later they are gone."""
    throttle.forget(at - KEPT)
    db.session.commit()
