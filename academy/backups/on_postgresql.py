"""A copy of a PostgreSQL database while it is in use, and a copy put back, in one transaction.

`pg_dump` and `pg_restore` do it. The dump, the rows counted and their prints are of one moment: they share an
exported snapshot.
"""

import os
import shutil
import subprocess
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from shutil import copyfileobj
from tempfile import TemporaryFile
from typing import IO, Any, BinaryIO, Final

import psycopg
from psycopg import sql
from psycopg.conninfo import make_conninfo

from academy.backups.counted import Counted, Different, Tables, differences
from academy.backups.files import PIECE
from academy.backups.refusals import InUse, StoreFailed

KIND = "postgresql"
PLAINLY: Final = (
    "SET LOCAL TimeZone = 'UTC'",
    "SET LOCAL DateStyle = 'ISO, MDY'",
    "SET LOCAL IntervalStyle = 'postgres'",
    "SET LOCAL extra_float_digits = 1",
    "SET LOCAL bytea_output = 'hex'",
)
"""Rows are written as text to be printed: always the same way."""
NAMES: Final = """
SELECT c.relname FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
WHERE n.nspname = current_schema() AND c.relkind IN ('r', 'p') AND NOT c.relispartition
  AND c.relname <> 'alembic_version' AND c.relname NOT LIKE 'huey\\_%' ORDER BY 1
"""
OTHERS: Final = """
SELECT 1 FROM pg_stat_activity WHERE datname = current_database() AND pid <> pg_backend_pid()
  AND backend_type = 'client backend' LIMIT 1
"""
PRINT: Final = (
    "SELECT count(*), coalesce(sum(hashtextextended((t.*)::text, 0)::numeric), 0)::text FROM {} t"
)
EMPTIED: Final = """
SET client_min_messages = warning;
DO $$ DECLARE name text; BEGIN
FOR name IN SELECT format('%I.%I', n.nspname, c.relname)
  FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
  WHERE n.nspname = current_schema() AND c.relkind IN ('r', 'p') AND NOT c.relispartition
LOOP EXECUTE 'DROP TABLE IF EXISTS ' || name || ' CASCADE'; END LOOP; END $$;
"""


@dataclass(frozen=True, slots=True)
class Snapshot:
    """The database at one moment, while the connection that holds it is open."""

    store: "PostgreSQL"
    connection: psycopg.Connection[Any]
    name: str

    def tables(self) -> Tables:
        return _counted(self.connection)

    def first(self, statement: str) -> str:
        found = self.connection.execute(statement.encode()).fetchone()
        return str(found[0]) if found else ""

    def pour(self, out: BinaryIO) -> None:
        schema = self.first("SELECT current_schema()")
        command = ("--format=custom", "--compress=0", "--no-owner", "--no-privileges")
        said = self.store.command(
            "pg_dump", *command, f"--snapshot={self.name}", f'--schema="{schema}"'
        )
        with TemporaryFile() as complaints:
            process = subprocess.Popen(  # noqa: S603  # the database's own tool
                said, stdout=subprocess.PIPE, stderr=complaints, env=self.store.environment()
            )
            try:
                copyfileobj(_pipe(process.stdout), out, PIECE)
            finally:
                _pipe(process.stdout).close()
                code = process.wait()
            if code:
                raise StoreFailed(_complaint(complaints))


@dataclass(frozen=True, slots=True)
class PostgreSQL:
    """`connect`: what the driver is called with; `tools`: the folder of pg_dump, or nothing for the PATH."""

    connect: Mapping[str, Any]
    tools: Path | None

    @contextmanager
    def copied(self, _folder: Path) -> Iterator[Snapshot]:
        with self.open() as connection:
            connection.isolation_level = psycopg.IsolationLevel.REPEATABLE_READ
            connection.read_only = True
            _plainly(connection)
            name = connection.execute("SELECT pg_export_snapshot()").fetchone()
            yield Snapshot(self, connection, str(name[0]) if name else "")
            connection.rollback()

    def is_empty(self) -> bool:
        with self.open() as connection:
            return not any(
                connection.execute(
                    sql.SQL("SELECT 1 FROM {} LIMIT 1").format(sql.Identifier(name))
                ).fetchone()
                for name in _names(connection)
            )

    def put_back(self, source: BinaryIO, saved: Tables, replace: str) -> str:
        """Tables that are there go, the saved ones come, and are counted: one transaction.

        psql reads a script: what empties, what pg_restore writes, what refuses if anything is different.
        Raises StoreFailed, InUse.
        """
        with self.open() as connection:
            if replace and connection.execute(OTHERS).fetchone() is not None:
                raise InUse
            found = connection.execute("SELECT current_schema()").fetchone()
        schema = str(found[0]) if found else "public"
        reader = self.command(
            "psql", "--no-psqlrc", "--quiet", "--single-transaction", "--output=/dev/null"
        )
        writer = [self.tool("pg_restore"), "--no-owner", "--no-privileges", "--exit-on-error"]
        with TemporaryFile() as complaints:
            psql = subprocess.Popen(  # noqa: S603  # the database's own tool
                [*reader, "--set=ON_ERROR_STOP=1"],
                stdin=subprocess.PIPE, stderr=complaints, env=self.environment(),
            )  # fmt: skip
            try:
                _pipe(psql.stdin).write(EMPTIED.encode())
                _pipe(psql.stdin).flush()
                written = self._write([*writer, f"--schema={schema}", "--file=-"], source, psql)
                ending = _demands(schema, saved) if written else b"SELECT 1/0;"
                _pipe(psql.stdin).write(ending)
                _pipe(psql.stdin).close()
            except BrokenPipeError:  # psql said no already, and why
                pass
            if psql.wait():
                raise StoreFailed(_complaint(complaints))
        return ""

    def prove(self, saved: Tables) -> None:
        """Raises Different."""
        with self.open() as connection:
            _plainly(connection)
            found = differences(saved, _counted(connection))
        if found:
            raise Different(found)

    def broken_keys(self) -> int:
        """Foreign keys that are not held to be true: adding each one looked at every row."""
        with self.open() as connection:
            found = connection.execute(
                "SELECT count(*) FROM pg_constraint WHERE contype = 'f' AND NOT convalidated"
            ).fetchone()
        return int(found[0]) if found else 0

    @contextmanager
    def open(self) -> Iterator[psycopg.Connection[Any]]:
        """A connection of our own. Raises StoreFailed for whatever the server says."""
        try:
            with psycopg.connect(**self.connect) as connection:
                yield connection
        except psycopg.Error as error:
            raise StoreFailed(str(error)) from error

    def tool(self, name: str) -> str:
        found = shutil.which(name, path=str(self.tools) if self.tools else None)
        if found is None:
            raise StoreFailed(f"{name} is not in {self.tools or 'the PATH'}. Set ACADEMY_PG_TOOLS.")
        return found

    def command(self, name: str, *options: str) -> list[str]:
        """Without the password, which others on the machine could read."""
        place = {key: value for key, value in self.connect.items() if key != "password"}
        return [self.tool(name), *options, f"--dbname={make_conninfo(**place)}"]

    def environment(self) -> dict[str, str]:
        password = self.connect.get("password")
        return {**os.environ, **({"PGPASSWORD": str(password)} if password else {})}

    def _write(self, command: Sequence[str], source: BinaryIO, psql: Any) -> bool:
        """The dump as a script, into psql; says whether it was written whole."""
        restoring = subprocess.Popen(  # noqa: S603  # likewise
            command, stdin=subprocess.PIPE, stdout=psql.stdin, stderr=subprocess.DEVNULL
        )
        try:
            copyfileobj(source, _pipe(restoring.stdin), PIECE)
            _pipe(restoring.stdin).close()
        except BrokenPipeError:
            pass
        return restoring.wait() == 0


def _demands(schema: str, saved: Tables) -> bytes:
    """What ends the script: an error for the first table that is not as it was saved."""
    lines = [f"{each};" for each in PLAINLY]
    for name, table in saved.items():
        place = sql.Identifier(schema, name).as_string()
        wanted = sql.Literal(f"{table.rows} {table.print}").as_string()
        asked = PRINT.format(place).replace("count(*), ", "count(*) || ' ' || ", 1)
        refusal = sql.Literal(f"{name} is not as it was saved").as_string()
        lines.append(
            f"DO $$ BEGIN IF ({asked}) <> {wanted} "
            f"THEN RAISE EXCEPTION USING MESSAGE = {refusal}; END IF; END $$;"
        )
    return "\n".join(lines).encode()


def _plainly(connection: psycopg.Connection[Any]) -> None:
    for statement in PLAINLY:
        connection.execute(statement.encode())


def _names(connection: psycopg.Connection[Any]) -> list[str]:
    return [name for (name,) in connection.execute(NAMES)]


def _counted(connection: psycopg.Connection[Any]) -> dict[str, Counted]:
    counted = {}
    for name in _names(connection):
        found = connection.execute(sql.SQL(PRINT).format(sql.Identifier(name))).fetchone()
        counted[name] = Counted(*found) if found else Counted(0, "")
    return counted


def _pipe(pipe: IO[bytes] | None) -> Any:
    return pipe


def _complaint(written: Any) -> str:
    written.seek(0)
    said: str = written.read().decode(errors="replace").strip()
    return said or "It ended without a word."
