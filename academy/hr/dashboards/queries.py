"""Reading the figures kept. Nothing here knows of anybody."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from sqlalchemy import ColumnElement, func, or_, select

from academy.database import db
from academy.hr.knowledge.models import HrKnowledge
from academy.hr.rollup.cuts import ALL
from academy.hr.rollup.models import HrCohort, HrFigures, HrReader
from academy.people.directory.reach import Reach
from academy.people.models import Entity, Placement
from academy.people.places import true_on

WEEKS = 26
MONTHS = 12


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
class Cohort:
    """Those who began in one month, and how many of them came in another."""

    began: date
    month: date
    people: int
    came: int


@dataclass(frozen=True, slots=True)
class Below:
    """An entity under another, by its name."""

    id: int
    name: str


def as_of() -> tuple[date, datetime] | None:
    """The last day counted, and the moment it was counted; None before the first count."""
    row = db.session.execute(select(HrReader.day, HrReader.counted_at)).one_or_none()
    return (row.day, row.counted_at) if row and row.day and row.counted_at else None


def kept_day(wanted: date) -> date | None:
    """The last day kept before that one, or itself. One statement."""
    return db.session.scalar(select(func.max(HrFigures.day)).where(HrFigures.day <= wanted))


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


def of_day_whole(entities: Collection[int], day: date) -> tuple[Told, ...]:
    """Each of these entities as a whole. One statement."""
    return _told(HrFigures.day == day, HrFigures.entity_id.in_(entities), HrFigures.cut == ALL)


def weekly(entities: Collection[int], day: date) -> tuple[Told, ...]:
    """These entities as a whole, on the last Sundays and that day, oldest first. One statement."""
    return _told(
        HrFigures.entity_id.in_(entities),
        HrFigures.cut == ALL,
        HrFigures.day.in_([*sundays(day), day]),
    )


def on_days(entity_id: int, days: Collection[date]) -> tuple[Told, ...]:
    """The entity as a whole on each of these days. One statement."""
    return _told(
        HrFigures.entity_id == entity_id, HrFigures.cut == ALL, HrFigures.day.in_(list(days))
    )


def sundays(day: date) -> list[date]:
    """Half a year of them before that day."""
    from_day = day.toordinal() - 7 * WEEKS
    return [date.fromordinal(each) for each in range(from_day, day.toordinal()) if each % 7 == 0]


def history(entity_id: int, day: date) -> tuple[Told, ...]:
    """The entity as a whole on every day kept of the last half-year, oldest first. One statement."""
    return _told(
        HrFigures.entity_id == entity_id,
        HrFigures.cut == ALL,
        HrFigures.day.between(sundays(day)[0], day),
    )


def cohorts(entity_id: int, day: date) -> tuple[Cohort, ...]:
    """Who began in which month and came in which, up to that day's month. One statement."""
    first = day.replace(day=1)
    oldest = (first - timedelta(days=MONTHS * 30)).replace(day=1)
    rows = db.session.execute(
        select(HrCohort.began, HrCohort.month, HrCohort.people, HrCohort.came)
        .where(HrCohort.entity_id == entity_id, HrCohort.began >= oldest, HrCohort.month <= first)
        .order_by(HrCohort.began, HrCohort.month)
    )
    return tuple(Cohort(*row) for row in rows)


def knowledge(entity_id: int, day: date) -> tuple[date | None, dict[str, tuple[int, int]]]:
    """The last night counted up to that day; of each subject, how many met and know it. One statement."""
    last = select(func.max(HrKnowledge.day)).where(HrKnowledge.day <= day).scalar_subquery()
    rows = db.session.execute(
        select(HrKnowledge.day, HrKnowledge.subject, HrKnowledge.met, HrKnowledge.known).where(
            HrKnowledge.entity_id == entity_id, HrKnowledge.day == last
        )
    ).all()
    told = {row.subject: (row.met, row.known) for row in rows}
    return (rows[0].day if rows else None), told


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
