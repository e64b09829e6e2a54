"""A copy of a SQLite database while it is in use, and a copy put in its place.

`VACUUM INTO` reads one moment and keeps nobody from writing; the copy holds no page that was let go, so
nothing of people erased before. (The stepwise backup begins again at each write: in a busy hour it never
ends.)
"""

import os
import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path
from shutil import copyfileobj
from typing import BinaryIO

from academy.backups.counted import Counted, Different, Tables, differences
from academy.backups.files import PIECE, beside, flushed, given_to_owner
from academy.backups.refusals import InUse

KIND = "sqlite"
AT_ONCE = 500
PATIENCE_SECONDS = 10.0


@dataclass(frozen=True, slots=True)
class Copy:
    """A file of its own, of one moment."""

    file: Path

    def tables(self) -> Tables:
        with closing(_open(self.file)) as connection:
            return _counted(connection)

    def first(self, statement: str) -> str:
        with closing(_open(self.file)) as connection:
            return _first(connection, statement)

    def pour(self, out: BinaryIO) -> None:
        with self.file.open("rb") as source:
            copyfileobj(source, out, PIECE)


@dataclass(frozen=True, slots=True)
class SQLite:
    file: Path

    @contextmanager
    def copied(self, folder: Path) -> Iterator[Copy]:
        """The database as it is now, in `folder` for as long as it is needed."""
        with beside(folder / "database") as scratch:
            with closing(_open(self.file)) as connection:
                connection.execute("VACUUM INTO ?", (str(scratch),))
            yield Copy(scratch)

    def is_empty(self) -> bool:
        if not self.file.exists():
            return True
        with closing(_open(self.file)) as connection:
            return not any(
                connection.execute(f'SELECT 1 FROM "{name}" LIMIT 1').fetchone()  # noqa: S608  # names of our tables
                for name in _names(connection)
            )

    def put_back(self, source: BinaryIO, saved: Tables, replace: str) -> str:
        """Built aside and proven, then put in place at once; gives where the old one is kept, if any.

        Raises Different, InUse.
        """
        with beside(self.file) as made:
            with made.open("wb") as out:
                copyfileobj(source, out, PIECE)
                flushed(out)
            with closing(_open(made)) as connection:
                _prove(connection, saved)
            kept = self._set_aside(replace) if self.file.exists() else ""
            given_to_owner(made)
            made.replace(self.file)
        return kept

    def prove(self, saved: Tables) -> None:
        """Raises Different."""
        with closing(_open(self.file)) as connection:
            _prove(connection, saved)

    def broken_keys(self) -> int:
        """Rows that refer to one that is not there."""
        with closing(_open(self.file)) as connection:
            return len(connection.execute("PRAGMA foreign_key_check").fetchall())

    def _set_aside(self, replace: str) -> str:
        """The old database as one file, under another name; nobody may have it open meanwhile."""
        connection = sqlite3.connect(self.file, timeout=PATIENCE_SECONDS, isolation_level=None)
        with closing(connection):
            try:
                connection.execute("PRAGMA journal_mode=DELETE").fetchone()
            except sqlite3.OperationalError as error:
                raise InUse from error
        if not replace:
            return ""
        kept = self.file.with_name(f"{self.file.name}.{replace}")
        os.link(self.file, kept)
        return str(kept)


def _open(file: Path) -> sqlite3.Connection:
    return sqlite3.connect(file, timeout=PATIENCE_SECONDS, isolation_level=None)


def _names(connection: sqlite3.Connection) -> list[str]:
    found = connection.execute(
        "SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite\\_%' ESCAPE '\\' "
        "AND name <> 'alembic_version' ORDER BY name"
    )
    return [name for (name,) in found]


def _counted(connection: sqlite3.Connection) -> dict[str, Counted]:
    return {name: _print(connection, name) for name in _names(connection)}


def _print(connection: sqlite3.Connection, table: str) -> Counted:
    """Rows as they lie, a few hundred at a time."""
    rows, made = 0, sha256()
    cursor = connection.execute(f'SELECT * FROM "{table}"')  # noqa: S608  # a name of ours
    while found := cursor.fetchmany(AT_ONCE):
        rows += len(found)
        made.update(ascii(found).encode("ascii"))
    return Counted(rows, made.hexdigest())


def _first(connection: sqlite3.Connection, statement: str) -> str:
    found = connection.execute(statement).fetchone()
    return str(found[0]) if found else ""


def _prove(connection: sqlite3.Connection, saved: Tables) -> None:
    said = _first(connection, "PRAGMA quick_check")
    if said != "ok":
        raise Different([f"SQLite says: {said}."])
    found = differences(saved, _counted(connection))
    broken = connection.execute("PRAGMA foreign_key_check").fetchall()
    if broken:
        found.append(f"{len(broken)} rows refer to rows that are not there.")
    if found:
        raise Different(found)
