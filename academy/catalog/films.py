"""Films of a pack. Their bytes are set aside: in the pack a few words stand for them, with their name.

A film is named by its content. It is too heavy to be held by every worker, or kept again with each release.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from hashlib import sha256
from typing import Final

from academy.catalog.findings import Findings

LARGEST_FILM: Final = 20_000_000
"""Bytes one film may have."""
PIECE: Final = 256 * 1024
"""Bytes kept, and read, at once."""

_ENDINGS: Final = {".webm": "video/webm", ".mp4": "video/mp4"}
_STUB: Final = re.compile(rb"academy film ([0-9a-f]{64}) ([0-9]{1,9})\n")
_NAME: Final = re.compile(r"[0-9a-f]{64}")
_WEBM: Final = b"\x1a\x45\xdf\xa3"
_MP4: Final = b"ftyp"


@dataclass(frozen=True, slots=True)
class Kept:
    """What stands for a film: its name and its size in bytes."""

    name: str
    size: int


def type_of(path: str) -> str | None:
    """The type of a film by the end of its path; None for any other file."""
    return next((kind for end, kind in _ENDINGS.items() if path.endswith(end)), None)


def is_name(said: str) -> bool:
    """Could a film be named so?"""
    return _NAME.fullmatch(said) is not None


def stub(path: str, content: bytes) -> bytes:
    """What stands in the pack for this file: itself, unless it is a film."""
    if type_of(path) is None or kept(content) is not None:
        return content
    return f"academy film {sha256(content).hexdigest()} {len(content)}\n".encode()


def kept(content: bytes) -> Kept | None:
    """What the words that stand for a film say; None when it is anything else."""
    found = _STUB.fullmatch(content)
    return Kept(found[1].decode(), int(found[2])) if found else None


def set_aside(
    files: Mapping[str, bytes], findings: Findings
) -> tuple[dict[str, bytes], dict[str, bytes]]:
    """The pack with words for its films, and the films by name; what is no film is noted."""
    told, films = {}, {}
    for path, content in files.items():
        told[path] = stub(path, content)
        kind = type_of(path)
        if kind is None:
            continue
        if not _is_film(kind, content):
            findings.note(path, 1, f"This is not a film ({kind})", "Export it again from its tool")
        elif one := kept(told[path]):
            films[one.name] = content
    return told, films


def _is_film(kind: str, content: bytes) -> bool:
    return content.startswith(_WEBM) if kind == "video/webm" else content[4:8] == _MP4
