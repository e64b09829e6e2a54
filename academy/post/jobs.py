"""What the worker does: empty the outbox whenever it is woken, and run what is due by the clock.

The queue is only a bell. A letter is in the outbox from its commit on; should a wake get lost, the
worker looks for itself every few seconds.
"""

import logging
import secrets
import threading
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime
from functools import cached_property
from typing import Any

from flask import Flask, current_app
from sqlalchemy import event

from academy import clock, database, logs
from academy.database import db
from academy.post import handlers, queries, queues, services
from academy.post.handlers import NotNow, Undeliverable
from academy.post.services import Leased
from academy.settings import Settings

log = logging.getLogger(__name__)

EXTENSION = "post_jobs"
BATCH = 20

Job = Callable[[datetime], object]
"""Runs at a tick of the clock, in an application context, and commits. It must bear running twice."""


@dataclass(slots=True)
class Periodic:
    """A job and its times, as in a crontab; UTC."""

    job: Job
    times: dict[str, str]

    @property
    def name(self) -> str:
        return f"{self.job.__module__}.{self.job.__qualname__}"


@dataclass
class Desk:
    """What the jobs of one application share. `stopping` asks a drain to end after the letter in hand."""

    app: Flask
    config: Settings
    periodic: list[Periodic] = field(default_factory=list)
    beginnings: list[Callable[[], object]] = field(default_factory=list)
    stopping: threading.Event = field(default_factory=threading.Event)
    wanted: threading.Event = field(default_factory=threading.Event)
    draining: Any = field(default_factory=threading.Lock)

    @cached_property
    def queue(self) -> Any:
        return queues.open_queue(self.config)

    @cached_property
    def wake(self) -> Any:
        """The task that wakes the worker: called anywhere, it drains there."""
        return self.queue.task(name="wake")(self.inside(drain_once_more, "wake"))

    def inside(self, act: Callable[[], object], name: str) -> Callable[[], None]:
        """`act` with an application context, and so a database session, of its own at each call.

        Lines of the log written meanwhile bear `name` and a number of the call.
        """

        def run() -> None:
            with logs.job(f"{name}/{secrets.token_hex(4)}"), self.app.app_context():
                database.may_write()
                act()

        return run


def init_app(app: Flask, config: Settings) -> None:
    """Raises BrokenSetting when the queue's URL cannot be used."""
    queues.check(config)
    app.extensions[EXTENSION] = Desk(app, config)


def desk() -> Desk:
    found: Desk = current_app.extensions[EXTENSION]
    return found


def every(app: Flask, job: Job, **times: str) -> None:
    """Run `job(at)` in the worker at these times (UTC): `every(app, close_week, hour="2", minute="30")`.

    Fields are those of a crontab: minute (0 when not said), hour, day, month, day_of_week.
    """
    app.extensions[EXTENSION].periodic.append(Periodic(job, times))


def when_work_begins(app: Flask, act: Callable[[], object]) -> None:
    """Call `act()` once when this process becomes a worker, before it carries anything."""
    app.extensions[EXTENSION].beginnings.append(act)


def drain() -> int:
    """Carry every letter that is due; gives how many left. Several may drain at once, also elsewhere."""
    gone, closed = 0, set[str]()
    while not desk().stopping.is_set():
        letters = _lease(closed)
        if not letters:
            break
        gone += _carry_all(letters, closed)
    return gone


def _lease(closed: set[str]) -> list[Leased]:
    """A batch, or nothing: first a look that keeps nobody from writing."""
    database.reading_only()
    due = queries.anything_due(clock.now())
    db.session.rollback()
    database.may_write()
    if not due:
        return []
    letters = services.lease(BATCH, clock.now(), desk().config.lease, closed)
    db.session.commit()
    return letters


def _carry_all(letters: list[Leased], closed: set[str]) -> int:
    """One after the other. One commit says what became of a letter and that the next one is begun."""
    gone = 0
    for letter in letters:
        if desk().stopping.is_set() or letter.kind in closed:
            continue
        if services.begin(letter, clock.now(), desk().config.lease):
            db.session.commit()
            gone += _carry(letter, closed)
    services.release(letters[0].lease)
    db.session.commit()
    return gone


def _carry(letter: Leased, closed: set[str]) -> bool:
    """Carry one letter and write down what became of it."""
    if letter.in_doubt:
        log.warning("letter %s (%s) may have left before a worker died", letter.id, letter.kind)
    try:
        _handler(letter)(letter)
        return services.done(letter, clock.now())
    except NotNow as reason:
        _note(letter, "waits", reason)
        closed.add(letter.kind)
        services.put_back(letter, str(reason))
    except Undeliverable as reason:
        _note(letter, "was given up", reason)
        services.give_up(letter, str(reason), clock.now())
    except (
        Exception
    ) as error:  # whatever a handler raises is one letter's trouble, not the outbox's
        _note(letter, "failed", error)
        services.failed(letter, f"{type(error).__name__}: {error}", clock.now())
    return False


def _note(letter: Leased, fate: str, reason: Exception) -> None:
    db.session.rollback()  # what the handler wrote is not kept
    # what a mail server said may name a reader: `flask academy outbox` tells it, the log does not
    why = str(reason) if isinstance(reason, NotNow) else logs.kind(reason)
    log.warning("letter %s (%s) %s: %s", letter.id, letter.kind, fate, why)


def _handler(letter: Leased) -> handlers.Handler:
    found = handlers.of(letter.kind)
    if found is None:
        raise LookupError(f"nobody carries letters of the kind {letter.kind!r}")
    return found


def drain_once_more() -> int:
    """Drain, unless this process is draining already: then that drain looks again before it ends."""
    here, gone = desk(), 0
    here.wanted.set()
    while here.wanted.is_set() and here.draining.acquire(blocking=False):
        try:
            here.wanted.clear()
            gone += drain()
        finally:
            here.draining.release()
    return gone


@event.listens_for(db.session, "after_commit")
def _ring(session: Any) -> None:
    """After a commit that put letters, wake the worker. Best effort: the request never fails for it."""
    if not session.info.pop("letters", False):
        return
    try:
        desk().wake()
    except Exception:  # whatever is wrong with the queue: the outbox has the letter
        log.warning("the worker could not be woken; it will look for itself", exc_info=True)


@event.listens_for(db.session, "after_rollback")
def _hush(session: Any) -> None:
    session.info.pop("letters", None)
