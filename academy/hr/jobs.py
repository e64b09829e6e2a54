"""What the worker counts for human resources."""

import logging
from datetime import UTC, datetime
from importlib import import_module
from threading import Lock
from typing import Any

from academy.database import db
from academy.hr.rollup import counting, services

log = logging.getLogger(__name__)

_counting = Lock()


def count_groups(at: datetime) -> None:
    """Read on in the log, and count the groups of today. What takes longer than a minute is left to end."""
    if not _counting.acquire(blocking=False):
        return
    try:
        if not services.advance(at):
            log.info("figures of groups wait for the next minute")
    finally:
        _counting.release()


def forget_days(at: datetime) -> None:
    counting.thin(at.astimezone(UTC).date())


def count_knowledge(at: datetime) -> None:
    """What large groups know tonight."""
    knowledge: Any = import_module("academy.hr.knowledge.counting")  # numpy, which no page needs
    knowledge.count(at, at.astimezone(UTC).date())
    db.session.commit()
