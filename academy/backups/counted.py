"""What a database holds, table by table: how many rows, and a print that another row would change. Pure."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

LONGEST = 8
"""Differences told; there may be hundreds."""


@dataclass(frozen=True, slots=True)
class Counted:
    """A table. Prints are compared within one kind of database only."""

    rows: int
    print: str


Tables = Mapping[str, Counted]


class Different(Exception):
    """What was restored is not what was saved; each argument is a difference."""

    def __init__(self, differences: Sequence[str]) -> None:
        super().__init__(" ".join(differences[:LONGEST]))
        self.differences = differences


def differences(saved: Tables, found: Tables) -> list[str]:
    """Nothing when both are equal, row by row."""
    told = []
    for table in sorted({*saved, *found}):
        ours, theirs = saved.get(table), found.get(table)
        if ours is None or theirs is None:
            told.append(f"{table}: {'not saved' if ours is None else 'missing'}.")
        elif ours.rows != theirs.rows:
            told.append(f"{table}: {ours.rows} rows were saved, {theirs.rows} are there.")
        elif ours.print != theirs.print:
            told.append(f"{table}: a row is another one.")
    return told


def as_json(tables: Tables) -> dict[str, Any]:
    return {name: {"rows": each.rows, "print": each.print} for name, each in tables.items()}


def from_json(said: Mapping[str, Any]) -> dict[str, Counted]:
    """Raises KeyError, TypeError or ValueError when it is something else."""
    return {
        str(name): Counted(int(each["rows"]), str(each["print"])) for name, each in said.items()
    }


def rows(tables: Iterable[Counted]) -> int:
    return sum(each.rows for each in tables)
