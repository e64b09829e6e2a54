"""May this process be sent people? The database is asked, once a second at most."""

import re
import time
from pathlib import Path
from threading import Lock
from typing import Final

from flask import Flask
from sqlalchemy import Engine, text
from sqlalchemy.exc import OperationalError, ProgrammingError, SQLAlchemyError
from sqlalchemy.exc import TimeoutError as PoolTimeout

from academy import database
from academy.database import db
from academy.settings import ROOT

READY: Final = ""
EXTENSION: Final = "readiness"
KEPT_SECONDS: Final = 1.0
ASKED: Final = text(
    "SELECT (SELECT max(version_num) FROM alembic_version) AS version,"
    " EXISTS (SELECT 1 FROM release_in_force) AS released"
)
REVISION: Final = re.compile(r"^(down_)?revision(?:: str)? = ['\"](\w+)['\"]", re.MULTILINE)


class Readiness:
    """What this process last found, and when. One asks at a time; who comes meanwhile hears the last word."""

    def __init__(self, engine: Engine, stopping: Path | None, keep: float) -> None:
        self._engine, self._stopping, self._keep = engine, stopping, keep
        self._said, self._at = READY, float("-inf")
        self._asking = Lock()
        self._head, self._known = known_revisions(ROOT / "migrations" / "versions")

    def reason(self) -> str:
        """Why not; nothing when it may."""
        if self._stopping is not None and self._stopping.exists():
            return "stopping"
        if time.monotonic() - self._at >= self._keep and self._asking.acquire(blocking=False):
            try:
                self._said, self._at = self._asked(), time.monotonic()
            finally:
                self._asking.release()
        return self._said

    def _asked(self) -> str:
        try:
            (row,) = database.beside(self._engine, ASKED)
        except PoolTimeout:
            return self._said  # busy: to send people elsewhere would only make others busy
        except SQLAlchemyError as error:
            return "migrations" if _no_tables(error) else "database"
        if row.version != self._head and row.version in self._known | {None}:
            return "migrations"  # one it does not know is of a newer version, which this one bears
        return READY if row.released else "release"


def init_app(app: Flask, stopping: Path | None) -> None:
    with app.app_context():
        engine = db.engine
    app.extensions[EXTENSION] = Readiness(engine, stopping, KEPT_SECONDS)


def known_revisions(folder: Path) -> tuple[str, frozenset[str]]:
    """The last migration and all of them, read from the files: running Alembic for it takes 3 MB."""
    found = [
        match
        for file in folder.glob("*.py")
        for match in REVISION.findall(file.read_text(encoding="utf-8"))
    ]
    all_, before = ({name for down, name in found if bool(down) == old} for old in (False, True))
    (head,) = all_ - before
    return head, frozenset(all_)


def _no_tables(error: SQLAlchemyError) -> bool:
    missing = isinstance(error, OperationalError) and "no such table" in str(error.orig)
    return missing or isinstance(error, ProgrammingError)
