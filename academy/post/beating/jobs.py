"""A job with a note of how it ended, and the beat of the worker: each in a transaction of its own."""

import logging
import time
from collections.abc import Callable
from datetime import datetime

from sqlalchemy.exc import SQLAlchemyError

from academy import clock, logs
from academy.database import db
from academy.post.beating import services
from academy.post.jobs import Desk, Periodic

log = logging.getLogger(__name__)


def ticking(periodic: Periodic) -> Callable[[], object]:
    """The job, and a note of how it ended."""

    def tick() -> None:
        began, failed = time.monotonic(), True
        try:
            periodic.job(clock.now())
            failed = False
        finally:
            db.session.rollback()  # what it did not commit is not kept
            services.note(periodic.name, clock.now(), time.monotonic() - began, failed)
            db.session.commit()

    return tick


def write_down(desk: Desk, write: Callable[[datetime], object]) -> None:
    """What cannot be written now is not missed for long: the next beat is near."""

    def run() -> None:
        write(clock.now())
        db.session.commit()

    try:
        desk.inside(run, "beat")()
    except (SQLAlchemyError, OSError) as error:
        log.warning("that the worker lives could not be written down: %s", logs.kind(error))
