"""What a feature keeps about people, said once: the page, the export and the erasure all read it.

Each feature lists its `Kept` in `personal.py`; a test refuses a table that names a person without one.
"""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time
from enum import StrEnum
from typing import Any

from flask_babel import lazy_gettext as _
from sqlalchemy import ColumnElement, Select, Table, delete, func, literal, select, update

from academy.database import Base, db

AT_ONCE = 500

WHILE_HERE = _("As long as your account.")
FOR_GOOD = _("As long as the academy.")
ONLY_YOU = _("You alone.")
ADMINS = _("You and administrators.")


class Fate(StrEnum):
    """What becomes of rows when the person is erased."""

    DELETED = "deleted"
    DETACHED = "detached"  # the row stays, and no longer says whose it was
    KEPT = "kept"


@dataclass(frozen=True, slots=True)
class Kept:
    """One column of one table that holds a person; the sentences are for that person to read.

    `named` is how the column says who ("person:12"), `nobody` what it holds once they are detached. In a
    row that is not `mine`, somebody else is described: it is counted, never exported. Without a
    `column` (an empty one), the table cannot be searched for anybody.
    """

    table: str
    column: str
    what: str
    why: str
    how_long: str
    seen_by: str
    fate: Fate
    stays: str = ""  # what stays and why, unless all is deleted
    named: str | None = None
    nobody: str | None = None
    mine: bool = True
    withheld: frozenset[str] = frozenset()  # columns left out of the export: secrets, inner marks


@dataclass(frozen=True, slots=True)
class Leaver:
    """Who is being erased, and by what their words could still tell them."""

    id: int
    email: str
    name: str


Prepare = Callable[[Leaver, datetime], None]
"""What a feature does before its rows are deleted or detached as declared."""


def count(declared: Sequence[Kept], person_id: int) -> tuple[int | None, ...]:
    """How many rows each declaration stands for, in one statement; None where nobody can be found."""
    figures = [
        select(func.count()).select_from(table_of(kept)).where(_whose(kept, person_id))
        if kept.column
        else select(literal(None))
        for kept in declared
    ]
    row = db.session.execute(select(*(each.scalar_subquery() for each in figures))).one()
    return tuple(row)


def rows(kept: Kept, person_id: int) -> Iterator[dict[str, Any]]:
    """The person's rows as plain values, a few hundred at a time however many there are."""
    if not (kept.mine and kept.column):
        return
    found = db.session.execute(
        _selected(kept, person_id), execution_options={"yield_per": AT_ONCE}
    ).mappings()
    for row in found:
        yield {name: _plain(value) for name, value in row.items()}


def erase(declared: Sequence[Kept], person_id: int) -> None:
    """Do to the rows what was declared, the last declaration first."""
    for kept in reversed(declared):
        if kept.fate is Fate.DELETED:
            db.session.execute(delete(table_of(kept)).where(_whose(kept, person_id)))
        elif kept.fate is Fate.DETACHED:
            db.session.execute(
                update(table_of(kept))
                .where(_whose(kept, person_id))
                .values({kept.column: kept.nobody})
            )


def table_of(kept: Kept) -> Table:
    return Base.metadata.tables[kept.table]


def _whose(kept: Kept, person_id: int) -> ColumnElement[bool]:
    column: ColumnElement[Any] = table_of(kept).c[kept.column]
    return column == (kept.named.format(person_id) if kept.named else person_id)


def _selected(kept: Kept, person_id: int) -> Select[Any]:
    table = table_of(kept)
    told = [column for column in table.c if column.name not in kept.withheld]
    return select(*told).where(_whose(kept, person_id)).order_by(*table.primary_key)


def _plain(value: Any) -> Any:
    return value.isoformat() if isinstance(value, (date, time)) else value
