"""Whether anything was written: asked of the file itself, by a connection beside the academy's."""

import re
import sqlite3
from dataclasses import dataclass, field

from sqlalchemy import Engine, event

WRITES = re.compile(r"(?:INSERT INTO|UPDATE|DELETE FROM) \"?(?!SET\b)(\w+)")
COUNTED = {"tries"}
"""What a refusal may write: that somebody tried."""


@dataclass
class Watch:
    """Whether the file of the database changed, and which tables were written to."""

    engine: Engine
    tables: set[str] = field(default_factory=set)

    def __post_init__(self) -> None:
        self.beside = sqlite3.connect(str(self.engine.url.database))
        self.version = self._version()
        event.listen(self.engine, "before_cursor_execute", self._note)

    def forgive(self) -> None:
        """Nobody has tried too often: what comes next is read, not turned away at the door."""
        with self.beside:
            self.beside.execute("DELETE FROM tries")
        self.changes()

    def changes(self) -> set[str]:
        """The tables changed since this was asked last; rolled back is not changed."""
        before, self.version = self.version, self._version()
        written, self.tables = self.tables, set()
        return (written or {"?"}) if self.version != before else set()

    def close(self) -> None:
        event.remove(self.engine, "before_cursor_execute", self._note)
        self.beside.close()

    def _version(self) -> int:
        return int(self.beside.execute("PRAGMA data_version").fetchone()[0])

    def _note(self, _connection: object, _cursor: object, statement: str, *_rest: object) -> None:
        self.tables |= set(WRITES.findall(statement))
