"""What the worker counts for human resources."""

import logging
from datetime import UTC, datetime
from importlib import import_module
from typing import Any

from academy.database import db
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
    knowledge: Any = import_module("academy.hr.knowledge.counting")  # numpy, which no page needs
    knowledge.count(at, at.astimezone(UTC).date())
    db.session.commit()
