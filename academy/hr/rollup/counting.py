"""Counting every group on a day, and writing down what changed."""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from importlib import import_module
from typing import Any, TypeVar

from sqlalchemy import delete, select, tuple_

from academy import database
from academy.database import db
from academy.hr.rollup.models import HrCohort, HrFigures
from academy.hr.rollup.standing import Known

ROWS = 500
KEPT_DAILY = timedelta(days=60)
"""Older than that, the figures of Sundays stay, and those of the last day of each month."""
_A_DAY = timedelta(days=1)
_SUNDAY = 6

Key = tuple[Any, ...]
Values = tuple[Any, ...]
Row = TypeVar("Row")
Held = Callable[[], object]
"""Asked in each transaction that writes: it raises when somebody else counts by now."""


@dataclass(frozen=True, slots=True)
class Shelf:
    """A table of figures: the day its rows are of, what names a row, and what it tells."""

    of: type[HrFigures | HrCohort]
    day: str
    keys: tuple[str, ...]
    told: tuple[str, ...]


FIGURES = Shelf(HrFigures, "day", ("entity_id", "cut", "value"), ("people", "figures"))
COHORTS = Shelf(HrCohort, "month", ("entity_id", "began"), ("people", "came"))


def count(
    day: date, closed: bool = False, held: Held = lambda: None, known: Known | None = None
) -> int:
    """Count every group on that day, write what changed, and say how many rows that was.

    A day that is `closed` is complete: then alone is told how long its minutes took. People stand as is
    written down, or as is `known` of them.
    """
    database.reading_only()
    groups: Any = import_module("academy.hr.rollup.groups")  # numpy, which no page needs
    figures, cohorts = groups.counted(day, closed, known)
    month = day.replace(day=1)
    return _write(FIGURES, day, figures, held) + _write(COHORTS, month, cohorts, held)


def thin(today: date) -> int:
    """Forget the days that are neither recent, nor a Sunday, nor the last of a month."""
    days = db.session.scalars(select(HrFigures.day).distinct()).all()
    old = [day for day in days if not is_kept(day, today)]
    for day in old:
        db.session.execute(delete(HrFigures).where(HrFigures.day == day))
        db.session.commit()
    return len(old)


def is_kept(day: date, today: date) -> bool:
    return day >= today - KEPT_DAILY or is_kept_for_good(day)


def is_kept_for_good(day: date) -> bool:
    """A Sunday, or the last day of a month."""
    return day.weekday() == _SUNDAY or (day + _A_DAY).day == 1


def in_parts(rows: Sequence[Row]) -> Iterator[Sequence[Row]]:
    """Few to a transaction, so that nobody waits long to write."""
    return (rows[start : start + ROWS] for start in range(0, len(rows), ROWS))


def _write(shelf: Shelf, day: date, new: Mapping[Key, Values], held: Held) -> int:
    """Only the rows that changed."""
    kept = _kept(shelf, day)
    db.session.rollback()
    changed = [
        {shelf.day: day, **dict(zip((*shelf.keys, *shelf.told), (*key, *told), strict=True))}
        for key, told in new.items()
        if kept.get(key) != told
    ]
    for rows in in_parts(changed):
        database.about_to_write()
        held()
        made = database.insert(database.table(shelf.of))
        values = {name: made.excluded[name] for name in shelf.told}
        keys = [shelf.day, *shelf.keys]
        db.session.execute(made.on_conflict_do_update(index_elements=keys, set_=values), list(rows))
        db.session.commit()
    return len(changed) + _forget(shelf, day, kept.keys() - new.keys(), held)


def _kept(shelf: Shelf, day: date) -> dict[Key, Values]:
    columns = database.table(shelf.of).c
    names = (*shelf.keys, *shelf.told)
    rows = db.session.execute(
        select(*(columns[name] for name in names)).where(columns[shelf.day] == day)
    )
    many = len(shelf.keys)
    return {tuple(row[:many]): tuple(row[many:]) for row in rows}


def _forget(shelf: Shelf, day: date, gone: Iterable[Key], held: Held) -> int:
    """Groups that nobody is in any more."""
    keys, columns = list(gone), database.table(shelf.of).c
    named = tuple_(*(columns[name] for name in shelf.keys))
    for some in in_parts(keys):
        database.about_to_write()
        held()
        db.session.execute(
            delete(database.table(shelf.of)).where(columns[shelf.day] == day, named.in_(some))
        )
        db.session.commit()
    return len(keys)
