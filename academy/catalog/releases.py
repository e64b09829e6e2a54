"""The releases a worker holds in memory: the one in force, and a few recent ones.

The database says which release is in force; the folder given at start stands in while it says nothing.
A worker, be it one that answers requests or the one that carries letters, looks every two seconds, from a
thread of its own, and reads a new release beside the work: that goes on with the one before until the new
one is whole.
"""

import logging
from collections import OrderedDict
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from threading import Event, Lock, Thread
from typing import Any, Final

from flask import Flask, current_app, has_request_context
from sqlalchemy import Engine, Executable, select
from sqlalchemy.exc import SQLAlchemyError

from academy import database, proxies
from academy.catalog.archive import unpacked
from academy.catalog.findings import Findings
from academy.catalog.folder import release_of
from academy.catalog.models import Release, ReleaseInForce
from academy.catalog.pack import open_pack, read_pack
from academy.catalog.tree import Catalog
from academy.database import db
from academy.post import jobs

log = logging.getLogger(__name__)

KEPT: Final = 3
"""Recent releases held; the one in force is nearly always among them."""
EVERY: Final = 2.0
"""Seconds between two looks at the log."""
FURTHEST: Final = 20
"""Lines of the log tried at start, when the newest names a release that cannot be read."""

_SHELF = "academy.catalog"
_WORKER = "academy.releases"


@dataclass(slots=True)
class Worker:
    """What this worker holds besides the catalog in force."""

    engine: Engine
    recent: OrderedDict[str, Catalog] = field(default_factory=OrderedDict)
    shelving: Lock = field(default_factory=Lock)
    reading: Lock = field(default_factory=Lock)
    opened_on: date | None = None
    """The day of the first line of the log, in UTC; None until there is one."""
    line: int = 0
    """The line of the log this worker followed last, or tried to."""
    watch: "Watch | None" = None
    followers: list["Look"] = field(default_factory=list)


Look = Callable[[Flask], object]


class Unreadable(Exception):
    """A release kept in the database is damaged, or no longer a pack this version reads."""


def init_app(app: Flask, folder: Path) -> None:
    """Hold the release in force, or the pack in `folder`; raises BrokenPack with every mistake in that."""
    with app.app_context():
        worker = Worker(db.engine)
    app.extensions[_WORKER] = worker
    app.extensions[_SHELF] = _at_start(worker) or _shelve(worker, read_pack(folder))
    worker.engine.dispose()  # a server that forks from here must not share the connection
    app.before_request(lambda: None if app.testing else _begin_watching(app))
    jobs.when_work_begins(app, lambda: _begin_watching(app))


def current() -> Catalog:
    """The content in force; one request sees the same from its beginning to its end."""
    if not has_request_context():
        catalog: Catalog = current_app.extensions[_SHELF]
        return catalog
    asked = proxies.asked().environ
    pinned: Catalog | None = asked.get(_SHELF)
    if pinned is None:
        pinned = asked[_SHELF] = proxies.app().extensions[_SHELF]
    return pinned


def named(key: str) -> Catalog | None:
    """A release by its key, in force or not; None when there is none, or when it cannot be read."""
    in_force = current()
    if in_force.release == key:
        return in_force
    return _named(current_app.extensions[_WORKER], key)


def is_held(key: str) -> bool:
    """Is it in this worker's memory? Then `named` costs nothing."""
    return current().release == key or key in current_app.extensions[_WORKER].recent


def refresh(app: Flask) -> None:
    """Bring this worker up to the release in force. What cannot be read is logged, once, and left alone."""
    worker: Worker = app.extensions[_WORKER]
    _look_up_opening(worker)
    newest = next(iter(_newest(worker, 1)), None)
    if newest is None or newest.id == worker.line:
        return
    catalog = _named(worker, newest.release_key)
    worker.line = newest.id
    if catalog is None:
        log.error("release %s cannot be put in force here", newest.release_key)
    else:
        app.extensions[_SHELF] = catalog


def when_looking(app: Flask, look: Look) -> None:
    """Call `look(app)` too whenever this worker looks for a newer release: one thread follows everything."""
    app.extensions[_WORKER].followers.append(look)


def opened_on() -> date | None:
    """The day on which this academy opened: as set, or that of its first release; None before."""
    worker: Worker = current_app.extensions[_WORKER]
    said: date | None = current_app.config["SETTINGS"].opened_on
    return said or worker.opened_on


def remember_opening() -> None:
    """After the very first publication, in the process that made it: do not wait for the next look."""
    _look_up_opening(current_app.extensions[_WORKER])


def _look_up_opening(worker: Worker) -> None:
    """Find the first line of the log, which never changes once it is there."""
    if worker.opened_on is None:
        oldest = select(ReleaseInForce.at).order_by(ReleaseInForce.id).limit(1)
        worker.opened_on = next((row.at.date() for row in _asked(worker, oldest)), None)


class Watch(Thread):
    """Follows the log of releases until the process ends, or until it is told to stop."""

    def __init__(self, app: Flask, every: float = EVERY) -> None:
        super().__init__(name="releases", daemon=True)
        self.app, self.every, self.over, self.told = app, every, Event(), False

    def run(self) -> None:
        database.reading_only()  # holds in this thread: a look never waits for somebody's write
        self._look()
        while not self.over.wait(self.every):
            self._look()

    def _look(self) -> None:
        """Whatever happens, there is another look; a database that stays away is told once."""
        looks = (refresh, *self.app.extensions[_WORKER].followers)
        away = [error for look in looks if (error := self._looked(look))]
        if away and not self.told:
            log.warning("the log of releases cannot be read just now: %s", away[0])
        self.told = bool(away)

    def _looked(self, look: Look) -> SQLAlchemyError | None:
        """One look; it keeps no other from being taken."""
        try:
            look(self.app)
        except SQLAlchemyError as error:
            return error
        except Exception:
            log.exception("releases are not followed; another try in %s seconds", self.every)
        return None

    def stop(self) -> None:
        self.over.set()
        self.join()


def watch(app: Flask, every: float = EVERY) -> Watch:
    """Start following the log from this process: web workers do by themselves, long jobs may."""
    thread = Watch(app, every)
    thread.start()
    return thread


def _begin_watching(app: Flask) -> None:
    """At the first request, or when carrying begins: a server may have forked since the academy was made."""
    worker: Worker = app.extensions[_WORKER]
    if worker.watch is None:
        with worker.shelving:
            worker.watch = worker.watch or watch(app)


def _at_start(worker: Worker) -> Catalog | None:
    """The newest release that can be read; None when there is none, or no database yet."""
    try:
        _look_up_opening(worker)
        lines = _newest(worker, FURTHEST)
        keys = dict.fromkeys(line.release_key for line in lines)
        found = next((catalog for key in keys if (catalog := _named(worker, key))), None)
    except SQLAlchemyError as error:
        log.info("no release in the database yet: %s", error)
        return None
    worker.line = lines[0].id if lines else 0
    return found


def _named(worker: Worker, key: str) -> Catalog | None:
    """From memory, else from the database: one pack is read at a time, and kept."""
    if found := _held(worker, key):
        return found
    with worker.reading:
        try:
            found = _held(worker, key) or _load(worker, key)
        except Unreadable as reason:
            log.error("release %s cannot be read: %s", key, reason)
            return None
        return found and _shelve(worker, found)


def _held(worker: Worker, key: str) -> Catalog | None:
    with worker.shelving:
        if key in worker.recent:
            worker.recent.move_to_end(key)
        return worker.recent.get(key)


def _shelve(worker: Worker, catalog: Catalog) -> Catalog:
    """Keep it, in place of the one that was asked for least recently."""
    with worker.shelving:
        worker.recent[catalog.release] = catalog
        worker.recent.move_to_end(catalog.release)
        while len(worker.recent) > KEPT:
            worker.recent.popitem(last=False)
    return catalog


def _load(worker: Worker, key: str) -> Catalog | None:
    """Read a release out of the database; None when it is not there. Raises Unreadable."""
    rows = _asked(worker, select(Release.files).where(Release.key == key))
    if not rows:
        return None
    try:
        return _opened(rows[0].files, key)
    except Exception as error:  # whatever is wrong with it, the academy goes on without it
        raise Unreadable(f"{type(error).__name__}: {error}") from error


def _opened(archive: bytes, key: str) -> Catalog:
    findings = Findings()
    files = unpacked(archive, findings)
    if files and release_of(files) != key:
        raise Unreadable("its files are not those it was named after")
    return open_pack(files, findings)


def _newest(worker: Worker, lines: int) -> list[Any]:
    newest = select(ReleaseInForce.id, ReleaseInForce.release_key)
    return _asked(worker, newest.order_by(ReleaseInForce.id.desc()).limit(lines))


def _asked(worker: Worker, statement: Executable) -> list[Any]:
    return database.beside(worker.engine, statement)
