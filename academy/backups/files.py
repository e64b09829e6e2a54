"""Files that are there whole or not at all, and for their owner only."""

import os
import secrets
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from datetime import datetime
from pathlib import Path
from typing import BinaryIO

PIECE = 1024 * 1024
UNFINISHED = ".unfinished"
OLD_SECONDS = 24 * 3600


@contextmanager
def whole(file: Path) -> Iterator[BinaryIO]:
    """Write, and the file has its name once everything is on the disk; otherwise nothing is left."""
    with beside(file) as made:
        with made.open("wb") as out:
            yield out
            flushed(out)
        given_to_owner(made)
        made.replace(file)
    folder = os.open(file.parent, os.O_RDONLY)
    try:
        os.fsync(folder)
    finally:
        os.close(folder)


@contextmanager
def beside(file: Path) -> Iterator[Path]:
    """An empty file next to this one, for its owner only; gone afterwards unless it was renamed."""
    made = file.with_name(f".{file.name}.{secrets.token_hex(6)}{UNFINISHED}")
    os.close(os.open(made, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600))
    try:
        yield made
    finally:
        with suppress(FileNotFoundError):
            made.unlink()
        for end in ("-wal", "-shm", "-journal"):
            with suppress(FileNotFoundError):
                made.with_name(made.name + end).unlink()


def given_to_owner(file: Path) -> None:
    """What root writes belongs to whoever owns the folder: the academy does not run as root."""
    if os.geteuid() == 0:
        folder = file.parent.stat()
        os.chown(file, folder.st_uid, folder.st_gid)


def flushed(out: BinaryIO) -> None:
    out.flush()
    os.fsync(out.fileno())


def sweep(folder: Path, at: datetime) -> None:
    """What a process that was killed left a day ago or more."""
    for file in folder.glob(f".*{UNFINISHED}"):
        if at.timestamp() - file.stat().st_mtime > OLD_SECONDS:
            file.unlink(missing_ok=True)
