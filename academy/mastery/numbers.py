"""The engine's numbers in force: the fitted model, how hard each question is, how long it takes.

Every answer names the version that learnt from it, so that a mind can be made again as it was made. A worker
holds the version in force in memory, and looks for a newer one whenever it looks for a newer release.
"""

import logging
from collections import OrderedDict
from collections.abc import Iterable
from dataclasses import dataclass, field
from threading import Lock
from typing import Any, Final

from flask import Flask, current_app, has_request_context
from sqlalchemy import Engine, select
from sqlalchemy.exc import SQLAlchemyError

from academy import database, proxies
from academy.catalog import releases
from academy.database import db
from academy.mastery.lines import SHIPPED as SHIPPED  # callers name them here
from academy.mastery.lines import SHIPPED_VERSION, UnreadableNumbers, read
from academy.mastery.lines import Hardness as Hardness
from academy.mastery.lines import Numbers as Numbers
from academy.mastery.nights.models import EngineNumbers

log = logging.getLogger(__name__)

HELD: Final = "academy.mastery.numbers"
KEPT: Final = 8
"""Earlier versions held: minds are made anew from answers of many nights, in their order."""
FURTHEST: Final = 20
"""Lines tried at start, when the newest cannot be read."""


@dataclass(slots=True)
class Held:
    """What this worker knows. `followed`: the version it went over to last, or tried to."""

    engine: Engine
    in_force: Numbers = SHIPPED
    followed: int = SHIPPED_VERSION
    earlier: OrderedDict[int, Numbers | None] = field(default_factory=OrderedDict)
    shelving: Lock = field(default_factory=Lock)


def init_app(app: Flask) -> None:
    """Hold the newest version that can be read, and follow the log with the releases."""
    with app.app_context():
        held = Held(db.engine)
    app.extensions[HELD] = held
    _at_start(held)
    held.engine.dispose()  # a server that forks from here must not share the connection
    releases.when_looking(app, refresh)


def in_force() -> Numbers:
    """What this worker goes by just now; one request goes by the same from its beginning to its end."""
    if not has_request_context():
        held: Held = current_app.extensions[HELD]
        return held.in_force
    asked = proxies.asked().environ
    pinned: Numbers | None = asked.get(HELD)
    if pinned is None:
        pinned = asked[HELD] = proxies.app().extensions[HELD].in_force
    return pinned


def numbered(version: int) -> Numbers | None:
    """A version by its number, in force or not; None when there is none, or when it cannot be read."""
    now = in_force()
    if version == now.version:
        return now
    return (
        SHIPPED if version == SHIPPED_VERSION else _earlier(current_app.extensions[HELD], version)
    )


def refresh(app: Flask) -> None:
    """Bring this worker up to the version in force. What cannot be read is logged, once, and left alone."""
    held: Held = app.extensions[HELD]
    newest = next(iter(_accepted(held, 1)), SHIPPED_VERSION)
    if newest == held.followed:
        return
    found = SHIPPED if newest == SHIPPED_VERSION else _read(held, newest)
    held.followed = newest
    if found is not None:
        held.in_force = found
        with held.shelving:  # a database put back from a copy may number other nights alike
            held.earlier.clear()
        log.info("the engine's numbers in force are version %s", newest)


def _at_start(held: Held) -> None:
    try:
        versions = _accepted(held, FURTHEST)
        found = next((numbers for each in versions if (numbers := _read(held, each))), None)
    except SQLAlchemyError as error:
        log.info("no numbers in the database yet: %s", error)
        return
    held.in_force = found or SHIPPED
    held.followed = versions[0] if versions else SHIPPED_VERSION


def _accepted(held: Held, lines: int) -> list[int]:
    """The newest versions that were put in force, newest first."""
    newest = select(EngineNumbers.id).where(EngineNumbers.accepted)
    rows = database.beside(held.engine, newest.order_by(EngineNumbers.id.desc()).limit(lines))
    return [row.id + SHIPPED_VERSION for row in rows]


def _earlier(held: Held, version: int) -> Numbers | None:
    """From memory, else from the database, in place of the one that was asked for least recently."""
    with held.shelving:
        if version in held.earlier:
            held.earlier.move_to_end(version)
            return held.earlier[version]
    found = _read(held, version)
    with held.shelving:
        held.earlier[version] = found
        _trimmed(held.earlier)
    return found


def _trimmed(earlier: OrderedDict[int, Any]) -> None:
    while len(earlier) > KEPT:
        earlier.popitem(last=False)


def _read(held: Held, version: int) -> Numbers | None:
    """Out of the database; None when it is not there. What is damaged is logged."""
    kept = select(EngineNumbers.numbers).where(EngineNumbers.id == version - SHIPPED_VERSION)
    rows: Iterable[Any] = database.beside(held.engine, kept)
    found = next((row.numbers for row in rows if row.numbers is not None), None)
    if found is None:
        return None
    try:
        return read(found, version)
    except UnreadableNumbers as reason:
        log.error("version %s of the engine's numbers cannot be read: %s", version, reason)
        return None
