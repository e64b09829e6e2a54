"""What this process counts of its requests, in a file of its own that any process of the machine can read.

One cell for each route and class of status, one for each step of duration: the file is as long after a
year as at the start. The file is locked while its process lives; who reads adds the cells of the living, and
of the dead, whose cells are put together in one file and theirs taken away (docs/decisions/057).
"""

import fcntl
import hashlib
import logging
import mmap
import os
import secrets
from array import array
from bisect import bisect_left
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from threading import Lock
from typing import Final

from flask import Flask, current_app

from academy.settings import Settings

log = logging.getLogger(__name__)

STEPS: Final = (5, 10, 25, 50, 100, 250, 500, 1000, 2500, 10_000)
"""Milliseconds; the last cell is for what took longer."""
CLASSES: Final = ("1xx", "2xx", "3xx", "4xx", "5xx")
WIDTH: Final = len(CLASSES) + len(STEPS) + 2
"""Cells of a route: by class, by duration, and nanoseconds altogether."""
CELL: Final = 8
HEAD: Final = 16
UNKNOWN: Final = "-"
GONE: Final = "gone"
_STEPS_NS: Final = tuple(step * 1_000_000 for step in STEPS)

EXTENSION: Final = "counts"


def init_app(app: Flask, config: Settings) -> "Counts | None":
    """Counting is on when somebody may read it."""
    counts = Counts(app, config.home / "metrics") if config.metrics_token else None
    app.extensions[EXTENSION] = counts
    return counts


class Counts:
    """The cells of this process: opened by its first request, as a server may fork before that."""

    def __init__(self, app: Flask, folder: Path) -> None:
        self._app, self.folder = app, folder
        self._places: dict[str, int] = {}
        self._cells: memoryview | None = None
        self._adding = Lock()

    @property
    def routes(self) -> list[str]:
        """Every rule, in an order that all processes of this version share; first what has none."""
        return [UNKNOWN, *sorted({rule.rule for rule in self._app.url_map.iter_rules()})]

    def count(self, route: str, status: int, took: int) -> None:
        """One request, in nanoseconds."""
        cells = self._cells or self._open()
        place = self._places.get(route, 1)  # what is not known has the first row
        kind = min(max(status // 100, 1), len(CLASSES)) - 1
        with self._adding:
            cells[place + kind] += 1
            cells[place + len(CLASSES) + bisect_left(_STEPS_NS, took)] += 1
            cells[place + WIDTH - 1] += took

    def count_database_error(self) -> None:
        cells = self._cells or self._open()
        with self._adding:
            cells[0] += 1

    def total(self) -> Sequence[int]:
        """The cells of all processes of this machine, living and dead, added up."""
        own = self._cells or self._open()
        total = array("Q", bytes(len(own) * CELL))
        with self._alone():
            self._bury()
            for file in (self.folder / GONE, *self._files()):
                _add(total, self._read(file))
        return total

    def _open(self) -> memoryview:
        with self._adding:
            if self._cells is None:
                routes = self.routes
                self._places = {name: 1 + at * WIDTH for at, name in enumerate(routes)}
                self._cells = self._mapped(1 + len(routes) * WIDTH)
            return self._cells

    def _mapped(self, cells: int) -> memoryview:
        """In a file; where none can be made, in memory that nobody else reads: no page fails for it."""
        size = HEAD + cells * CELL
        try:
            held = mmap.mmap(self._made(size), size)
        except OSError as error:
            log.warning("requests are counted where nobody reads it: %s", error.strerror)
            held = mmap.mmap(-1, size)
        return memoryview(held)[HEAD:].cast("Q")

    def _made(self, size: int) -> int:
        self.folder.mkdir(parents=True, exist_ok=True)
        with self._alone():  # until it is locked, it would be taken for one of the dead
            name = self.folder / f"{secrets.token_hex(8)}.counts"
            file = os.open(name, os.O_RDWR | os.O_CREAT, 0o600)
            fcntl.flock(file, fcntl.LOCK_EX)  # held until this process ends, however it ends
        os.write(file, self._mark())
        os.posix_fallocate(file, 0, size)  # a disk that is full is told now, not by a signal
        return file

    def _mark(self) -> bytes:
        """What says that two files have the same cells."""
        return hashlib.sha256("\n".join([*self.routes, str(STEPS)]).encode()).digest()[:HEAD]

    def _files(self) -> Iterator[Path]:
        return self.folder.glob("*.counts")

    def _read(self, file: Path) -> "array[int]":
        """Its cells; none when it is not there, or counts for another version."""
        held = file.read_bytes() if file.exists() else b""
        return array("Q", held[HEAD:] if held[:HEAD] == self._mark() else b"")

    def _bury(self) -> None:
        """Put the cells of the dead together. Who dies here loses some counts, and nothing else."""
        dead = [file for file in self._files() if _is_dead(file)]
        if not dead:
            return
        gone = self._read(self.folder / GONE) or array("Q", bytes(len(self._cells or b"") * CELL))
        for file in dead:
            _add(gone, self._read(file))
        new = self.folder / f"{GONE}.new"
        new.write_bytes(self._mark() + gone.tobytes())
        new.replace(self.folder / GONE)
        for file in dead:
            file.unlink()

    @contextmanager
    def _alone(self) -> Iterator[None]:
        with (self.folder / "turn").open("w") as turn:
            fcntl.flock(turn, fcntl.LOCK_EX)
            yield


def count_database_error() -> None:
    """Where counting is on."""
    counts: Counts | None = current_app.extensions.get(EXTENSION)
    if counts is not None:
        counts.count_database_error()


def _is_dead(file: Path) -> bool:
    """Nobody holds its lock."""
    with file.open("rb") as tried:
        try:
            fcntl.flock(tried, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            return False
    return True


def _add(total: "array[int]", more: Sequence[int]) -> None:
    for number, cell in enumerate(more):
        if cell:
            total[number] += cell
