"""SQLite has one writer at a time: a process of jobs leaves the file to others as long as it held it.

Whoever waits for SQLite's writer looks now and then, ten times a second at the end. A job that writes batch
after batch leaves no moment at which they would find it free; they wait until it is done.
"""

import time
from threading import local
from typing import Final

from sqlalchemy import Engine, event

LONGEST: Final = 0.25
"""Seconds between two turns at most."""


class Turns(local):
    """Of each thread: since when it writes, and from when it may again. Without `leave_room`, at once."""

    sharing = False
    began: float | None = None
    again: float = 0.0

    def take(self) -> None:
        """Before the writer is asked for."""
        if self.sharing:
            time.sleep(max(0.0, self.again - time.monotonic()))
            self.began = time.monotonic()

    def end(self, *_connection: object) -> None:
        if self.began is not None:
            now = time.monotonic()
            self.again = now + min(now - self.began, LONGEST)
            self.began = None


turns = Turns()


def leave_room(engine: Engine) -> None:
    """From here on, in each thread of this process: it is one that runs jobs."""
    Turns.sharing = True
    event.listen(engine, "checkin", turns.end)  # the commit is past by then
