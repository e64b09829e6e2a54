"""How far the people of each wave are: rounded before it is written, of five people at least.

The sizes of the waves, and of those who came in by none, are parts of the whole: where one is not told,
another is not told with it (`rollup.rounding.hidden`).
"""

from collections.abc import Mapping, Sequence
from datetime import date, timedelta
from typing import Any

from sqlalchemy import ColumnElement, and_, exists, func, select

from academy.database import db
from academy.hr.campaigns.taking import works_there
from academy.hr.rollup.models import HrReader, HrStanding
from academy.hr.rollup.rounding import Cell, hidden, rounded
from academy.hr.waves.admitting import has_opened
from academy.hr.waves.models import WaveMember
from academy.people.models import Person, Posting
from academy.rewards.models import Grant

INVITED, OPENED, WEEK, PASSPORT = "invited", "opened", "last-week", "passport"
FIGURES = (INVITED, OPENED, WEEK, PASSPORT)
A_WEEK = timedelta(days=6)
"""The day itself and the six before."""

Figures = tuple[int | None, dict[str, int]]


def counted(today: date) -> dict[int, Figures] | None:
    """By wave: people, and the figures told of them; None before the salt is there. Two statements."""
    salt = db.session.scalar(select(HrReader.salt))
    if salt is None:
        return None
    rows = db.session.execute(_asked(today)).all()
    sizes = {row.wave_id or 0: row.people for row in rows}
    dark = hidden(sizes)
    key = bytes.fromhex(salt)
    return {
        row.wave_id: (None, {}) if row.wave_id in dark else _told(row, key)
        for row in rows
        if row.wave_id is not None
    }


def _told(row: Any, salt: bytes) -> Figures:
    """The figure of the passport is named as in the rollup: the same people are rounded alike."""
    found: Mapping[str, Any] = row._mapping
    group = Cell(int(row.people), int(row.who))
    figures = {
        name: rounded(Cell(int(found[name]), int(found[f"{name}:who"])), group, name, salt)
        for name in FIGURES
    }
    return group.count, figures


def _asked(today: date) -> Any:
    """A row for each wave, and one for everybody else at work."""
    held = exists().where(
        Grant.person_id == Person.id, Grant.award == PASSPORT, Grant.revoked_at.is_(None)
    )
    marks: dict[str, ColumnElement[bool]] = {
        INVITED: WaveMember.invited_at.is_not(None),
        OPENED: has_opened(),
        WEEK: HrStanding.last_on >= today - A_WEEK,
        PASSPORT: held,
    }
    wave = WaveMember.wave_id
    came_by = and_(WaveMember.person_id == Person.id, WaveMember.entered_on.is_not(None))
    return (
        select(wave, func.count().label("people"), func.sum(Person.id).label("who"))
        .add_columns(*_sums(marks))
        .select_from(Person)
        .join(Posting, and_(Posting.person_id == Person.id, works_there(today)))
        .outerjoin(WaveMember, came_by)
        .outerjoin(HrStanding, HrStanding.person_id == Person.id)
        .where(Person.active)
        .group_by(wave)
    )


def _sums(marks: Mapping[str, ColumnElement[bool]]) -> Sequence[ColumnElement[Any]]:
    return [
        column
        for name, mark in marks.items()
        for column in (
            func.count().filter(mark).label(name),
            func.coalesce(func.sum(Person.id).filter(mark), 0).label(f"{name}:who"),
        )
    ]
