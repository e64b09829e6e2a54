"""Reading the figures kept. Nothing here knows of anybody."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import ColumnElement, or_, select

from academy.database import db
from academy.hr.rollup.cells import ALL
from academy.hr.rollup.models import HrFigures, HrReader
from academy.people.directory.reach import Reach
from academy.people.models import Entity, Placement
from academy.people.places import true_on

WEEKS = 26


@dataclass(frozen=True, slots=True)
class Told:
    """One group on one day; `people` is None when it is too small to be told of."""

    entity_id: int
    cut: str
    value: str
    day: date
    people: int | None
    figures: dict[str, int]

    def share(self, name: str) -> float | None:
        """Of a hundred people, how many; a rounded figure may exceed a small group."""
        if not self.people:
            return None
        return min(100.0, 100 * self.figures.get(name, 0) / self.people)


@dataclass(frozen=True, slots=True)
class Below:
    """An entity under another, by its name."""

    id: int
    name: str


def as_of() -> tuple[date, datetime] | None:
    """The last day counted, and the moment it was counted; None before the first count."""
    row = db.session.execute(select(HrReader.day, HrReader.counted_at)).one_or_none()
    return (row.day, row.counted_at) if row and row.day and row.counted_at else None


def roots(reach: Reach, day: date) -> tuple[Below, ...]:
    """The highest entities within reach: the company, or those one was given. One statement."""
    wanted = select(Entity.id, Entity.name).where(Entity.opened_on <= day)
    if reach.everywhere:
        held = select(Placement.child_id).where(true_on(Placement, day))
        wanted = wanted.where(Entity.id.not_in(held))
    else:
        wanted = wanted.where(Entity.id.in_(reach.entities))
    open_then = or_(Entity.closed_on.is_(None), Entity.closed_on > day)
    rows = db.session.execute(wanted.where(open_then).order_by(Entity.name, Entity.id))
    return tuple(Below(row.id, row.name) for row in rows)


def below(entity_id: int, day: date) -> tuple[Below, ...]:
    """The entities directly under it that day. One statement."""
    rows = db.session.execute(
        select(Entity.id, Entity.name)
        .join(Placement, Placement.child_id == Entity.id)
        .where(Placement.parent_id == entity_id, true_on(Placement, day))
        .where(or_(Entity.closed_on.is_(None), Entity.closed_on > day))
        .order_by(Entity.name, Entity.id)
    )
    return tuple(dict.fromkeys(Below(row.id, row.name) for row in rows))


def of_day(entity_id: int, parts: Collection[int], day: date) -> tuple[Told, ...]:
    """The entity with all its cuts, and each of these parts as a whole. One statement."""
    whole = HrFigures.entity_id == entity_id
    part = (HrFigures.entity_id.in_(parts)) & (HrFigures.cut == ALL)
    return _told(HrFigures.day == day, or_(whole, part))


def weekly(entity_id: int, day: date) -> tuple[Told, ...]:
    """The entity as a whole, on the last Sundays and that day, oldest first. One statement."""
    from_day = day.toordinal() - 7 * WEEKS
    sundays = [date.fromordinal(each) for each in range(from_day, day.toordinal()) if each % 7 == 0]
    return _told(
        HrFigures.entity_id == entity_id,
        HrFigures.cut == ALL,
        HrFigures.day.in_([*sundays, day]),
    )


def _told(*conditions: ColumnElement[bool]) -> tuple[Told, ...]:
    columns = (
        HrFigures.entity_id,
        HrFigures.cut,
        HrFigures.value,
        HrFigures.day,
        HrFigures.people,
        HrFigures.figures,
    )
    rows = db.session.execute(
        select(*columns).where(*conditions).order_by(HrFigures.day, HrFigures.cut, HrFigures.value)
    )
    return tuple(Told(*row) for row in rows)
