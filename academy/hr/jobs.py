"""What the worker counts for human resources."""

import logging
from datetime import UTC, datetime

from academy.database import db
from academy.hr.knowledge import counting as knowledge
from academy.hr.rollup import counting, services

log = logging.getLogger(__name__)


def count_groups(at: datetime) -> None:
    """Read on in the log, and count the groups of today."""
    if not services.advance(at):
        log.info("figures of groups wait for the next minute")


def forget_days(at: datetime) -> None:
    counting.thin(at.astimezone(UTC).date())


def count_knowledge(at: datetime) -> None:
    """What large groups know tonight."""
    knowledge.count(at, at.astimezone(UTC).date())
    db.session.commit()
