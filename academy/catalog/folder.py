"""A folder of text files, read once into memory."""

import os
from collections.abc import Iterator
from hashlib import sha256
from pathlib import Path
from typing import Final

from academy.catalog import films
from academy.catalog.findings import Findings

LARGEST: Final = 5_000_000
"""Bytes one file may have, unless it is a film."""

RELEASE_DIGITS: Final = 12
LITTER: Final = frozenset(("__MACOSX", ".DS_Store", "Thumbs.db", "desktop.ini"))
"""What desktops leave behind in folders and archives: never content, never read."""


def read_files(folder: Path, findings: Findings) -> dict[str, bytes]:
    """Relative path (with `/`) to content, sorted by path; what cannot be read is noted."""
    home = folder.resolve()
    files = {}
    for path in sorted(_paths(folder)):
        name = path.relative_to(folder).as_posix().encode("utf-8", "replace").decode()
        if is_litter(name):
            continue
        refused = _refusal(path, home)
        if refused:
            findings.note(name, 1, refused, "Remove it, or put a plain text file in its place")
            continue
        try:
            files[name] = path.read_bytes()
        except OSError as error:
            findings.note(
                name, 1, f"The file cannot be read ({error.strerror})", "Check its rights"
            )
    return files


def is_litter(name: str) -> bool:
    """Is the file of this path, or a folder above it, something a desktop left behind?"""
    return not LITTER.isdisjoint(name.split("/"))


def largest(name: str) -> int:
    """How many bytes the file of this name may have."""
    return LARGEST if films.type_of(name) is None else films.LARGEST_FILM


def release_of(files: dict[str, bytes]) -> str:
    """The name of this exact content, with its films or with the words that stand for them."""
    digest = sha256()
    for name, content in sorted(files.items()):
        for part in (name.encode(), films.stub(name, content)):
            digest.update(len(part).to_bytes(8, "big") + part)
    return digest.hexdigest()[:RELEASE_DIGITS]


def read_text(files: dict[str, bytes], name: str, findings: Findings) -> str | None:
    """The text of a file, its lines ended by line feeds; None after a mistake."""
    if name not in files:
        findings.note(name, 1, "The file is missing", "Write it")
        return None
    try:
        return files[name].decode("utf-8-sig").replace("\r\n", "\n").replace("\r", "\n")
    except UnicodeDecodeError as error:
        line = files[name][: error.start].count(b"\n") + 1
        findings.note(name, line, "This is not UTF-8", "Save the file as UTF-8")
        return None


def _paths(folder: Path) -> Iterator[Path]:
    for place, folders, names in os.walk(folder):
        for name in names:
            yield Path(place, name)
        for name in folders:
            if Path(place, name).is_symlink():
                yield Path(place, name)


def _refusal(path: Path, home: Path) -> str:
    """Why a path is not read; empty when it is."""
    try:
        if path.is_symlink() and not path.resolve().is_relative_to(home):
            return "This link points out of the folder"
        if not path.is_file():
            return "This is not a plain file"
        most = largest(path.name)
        return f"The file is larger than {most} bytes" if path.stat().st_size > most else ""
    except (OSError, RuntimeError):
        return "This link leads nowhere"
