"""Counting every group on a day, and writing down what changed."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import asdict
from datetime import date, timedelta
from typing import TypeVar

from sqlalchemy import delete, select

from academy import database
from academy.database import db
from academy.hr.rollup import cells, crowds
from academy.hr.rollup.cells import Group
from academy.hr.rollup.models import HrFigures, HrReader

ROWS = 500
KEPT_DAILY = timedelta(days=60)
"""Older than that, the figures of Sundays stay, and those of the last day of each month."""
_A_DAY = timedelta(days=1)
_SUNDAY = 6

Key = tuple[int, str, str]
Row = TypeVar("Row")


def count(day: date) -> int:
    """Count every group on that day, write what changed, and say how many rows that was."""
    database.reading_only()
    where = crowds.tree(day)
    salt = bytes.fromhex(db.session.scalars(select(HrReader.salt)).one())
    told = cells.groups(where, crowds.crowd(day, where), salt)
    return _write(day, {(each.entity_id, each.cut, each.value): each for each in told})


def thin(today: date) -> int:
    """Forget the days that are neither recent, nor a Sunday, nor the last of a month."""
    days = db.session.scalars(select(HrFigures.day).distinct()).all()
    old = [day for day in days if not is_kept(day, today)]
    for day in old:
        db.session.execute(delete(HrFigures).where(HrFigures.day == day))
        db.session.commit()
    return len(old)


def is_kept(day: date, today: date) -> bool:
    return day >= today - KEPT_DAILY or day.weekday() == _SUNDAY or (day + _A_DAY).day == 1


def in_parts(rows: Sequence[Row]) -> Iterator[Sequence[Row]]:
    """Few to a transaction, so that nobody waits long to write."""
    return (rows[start : start + ROWS] for start in range(0, len(rows), ROWS))


def _write(day: date, new: Mapping[Key, Group]) -> int:
    """Only the rows that changed."""
    kept = {
        (row.entity_id, row.cut, row.value): (row.people, row.figures)
        for row in db.session.execute(
            select(*HrFigures.__table__.columns).where(HrFigures.day == day)
        )
    }
    db.session.rollback()
    changed = [
        {"day": day, **asdict(each)}
        for key, each in new.items()
        if kept.get(key) != (each.people, each.figures)
    ]
    for rows in in_parts(changed):
        database.about_to_write()
        made = database.insert(database.table(HrFigures))
        values = {"people": made.excluded.people, "figures": made.excluded.figures}
        keys = ["day", "entity_id", "cut", "value"]
        db.session.execute(made.on_conflict_do_update(index_elements=keys, set_=values), list(rows))
        db.session.commit()
    return len(changed) + _forget(day, kept.keys() - new.keys())


def _forget(day: date, gone: Iterable[Key]) -> int:
    """Groups that nobody is in any more."""
    count = 0
    for entity, cut, value in gone:
        database.about_to_write()
        db.session.execute(
            delete(HrFigures).where(
                HrFigures.day == day,
                HrFigures.entity_id == entity,
                HrFigures.cut == cut,
                HrFigures.value == value,
            )
        )
        count += 1
    db.session.commit()
    return count
