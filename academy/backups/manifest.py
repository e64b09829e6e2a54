"""What a backup says of itself: when, of which version, and what is in it. Pure."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from academy.backups import counted
from academy.backups.counted import Tables

FORMAT = 1


class NotABackup(Exception):
    """The file is not one, or not one that this version reads; the message says what is wrong."""


@dataclass(frozen=True, slots=True)
class Part:
    """A file inside."""

    size: int
    sha256: str


@dataclass(frozen=True, slots=True)
class Manifest:
    at: datetime
    academy: str  # its version
    database: str  # sqlite or postgresql
    migration: str
    release: str  # in force at that moment; nothing before the first
    tables: Tables
    parts: Mapping[str, Part]

    def written(self) -> str:
        parts = {
            name: {"size": each.size, "sha256": each.sha256} for name, each in self.parts.items()
        }
        said = {
            "format": FORMAT,
            "at": self.at.isoformat(),
            "academy": self.academy,
            "database": self.database,
            "migration": self.migration,
            "release": self.release,
            "tables": counted.as_json(self.tables),
            "parts": parts,
        }
        return json.dumps(said, indent=1, ensure_ascii=False)


def read(text: bytes) -> Manifest:
    """Raises NotABackup."""
    try:
        said: dict[str, Any] = json.loads(text)
        if said["format"] != FORMAT:
            raise NotABackup(
                f"This version reads backups of format {FORMAT}, not {said['format']}."
            )
        return Manifest(
            at=datetime.fromisoformat(said["at"]),
            academy=str(said["academy"]),
            database=str(said["database"]),
            migration=str(said["migration"]),
            release=str(said["release"]),
            tables=counted.from_json(said["tables"]),
            parts={
                str(name): Part(int(each["size"]), str(each["sha256"]))
                for name, each in said["parts"].items()
            },
        )
    except (ValueError, KeyError, TypeError, AttributeError) as error:
        raise NotABackup("What the backup says of itself cannot be read.") from error
