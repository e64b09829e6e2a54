"""The two databases, as backups see them."""

from collections.abc import Iterator
from contextlib import AbstractContextManager
from importlib import import_module
from pathlib import Path
from typing import BinaryIO, Protocol

from sqlalchemy import make_url

from academy.backups import on_sqlite
from academy.backups.counted import Tables
from academy.settings import Settings


class Copied(Protocol):
    """The database at one moment."""

    def tables(self) -> Tables:
        """Every table, counted."""
        ...

    def first(self, statement: str) -> str:
        """The first value of the first row, as text; nothing when there is none."""
        ...

    def pour(self, out: BinaryIO) -> None:
        """All of it, so that `put_back` can read it."""
        ...


class Store(Protocol):
    """A database that can be copied and put back."""

    def copied(self, folder: Path) -> AbstractContextManager[Copied]: ...

    def is_empty(self) -> bool: ...

    def put_back(self, source: BinaryIO, saved: Tables, replace: str) -> str: ...

    def prove(self, saved: Tables) -> None: ...

    def broken_keys(self) -> int: ...


def kind_of(config: Settings) -> str:
    return make_url(config.database_url).get_backend_name()


def store_of(config: Settings) -> Store:
    """The database of these settings."""
    url = make_url(config.database_url)
    if url.get_backend_name() == on_sqlite.KIND:
        return on_sqlite.SQLite(Path(url.database or ""))
    postgresql = import_module("academy.backups.on_postgresql")  # who has SQLite need not carry it
    _, connect = url.get_dialect()().create_connect_args(url)
    store: Store = postgresql.PostgreSQL(connect, config.pg_tools)
    return store


def own_files(folder: Path, shipped: Path) -> Iterator[Path]:
    """The files of a folder of the company's own, and nothing of the one that comes with the academy."""
    if folder.resolve() == shipped.resolve():
        return
    for file in sorted(folder.rglob("*")):
        if file.is_file() and not file.is_symlink():
            yield file
