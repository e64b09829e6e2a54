"""What a feature keeps about people, said once: the page, the export and the erasure all read it.

Each feature lists its `Kept` in `personal.py`; a test refuses a table that names a person without one.
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from enum import StrEnum
from typing import Any, cast

from flask import current_app, has_app_context
from flask_babel import lazy_gettext as _
from flask_babel import ngettext
from flask_babel.speaklater import LazyString
from sqlalchemy import ColumnElement, Select, Table, delete, func, literal, select, update

from academy.database import Base, db
from academy.settings import Settings

AT_ONCE = 500

WHILE_HERE = _("As long as your account.")
FOR_GOOD = _("As long as the academy.")
ONLY_YOU = _("You alone.")
ADMINS = _("You and administrators.")

A_YEAR = 365
Forget = Callable[[datetime], int]
"""Drops some of what is older than that moment, and says how many; none are left once it says none."""


@dataclass(frozen=True, slots=True)
class Period:
    """How long something is kept: the name of the setting that says so, and how it is forgotten."""

    setting: str
    forget: Forget


def kept_for(words: Any, **settings: str) -> Any:
    """A sentence with periods in it (`%(period)s`), as long as the settings of these names say today."""
    return LazyString(_kept_for, words, settings)


def period(setting: str) -> timedelta | None:
    """How long the setting in force says; None for good. As shipped, where no academy runs."""
    if not has_app_context():
        shipped: Any = Settings.__dataclass_fields__[setting].default
        return cast(timedelta | None, shipped)
    return cast(timedelta | None, getattr(current_app.config["SETTINGS"], setting))


def _kept_for(words: Any, settings: Mapping[str, str]) -> str:
    told = {name: said(setting) for name, setting in settings.items()}
    return str(words) % told if all(told.values()) else str(FOR_GOOD)


def said(setting: str) -> str:
    """The period in words, in years where they are whole, else in days; nothing for good."""
    lasts = period(setting)
    if lasts is None:
        return ""
    if lasts.days % A_YEAR:
        return str(ngettext("%(num)s day", "%(num)s days", lasts.days))
    return str(ngettext("%(num)s year", "%(num)s years", lasts.days // A_YEAR))


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
    told: Mapping[str, Callable[[Any], Any]] = field(default_factory=dict, hash=False)
    """How columns that only the academy can read are told in plain values."""


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
        yield {name: kept.told.get(name, _plain)(value) for name, value in row.items()}


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
    return value.isoformat() if isinstance(value, date | time) else value
