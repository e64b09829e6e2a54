"""Who is at work on a day, and what is counted of them, as columns."""

from collections.abc import Callable, Iterable, Sequence
from datetime import date, datetime, time, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import numpy as np
from sqlalchemy import and_, or_, select

from academy.database import db
from academy.hr.rollup import seasons, times
from academy.hr.rollup.apart import DETAILED, TOLD_APART
from academy.hr.rollup.cells import Crowd, Marks, Numbers, Tree
from academy.hr.rollup.cuts import WAVE
from academy.hr.rollup.entering import with_waves
from academy.hr.rollup.models import HrStanding
from academy.hr.rollup.seasons import marked
from academy.hr.rollup.standing import monday
from academy.people.models import Entity, Person, Placement, Posting
from academy.people.places import true_on
from academy.rewards import badges
from academy.rewards.badges import AwardKind
from academy.rewards.models import Grant
from academy.rewards.shop.models import Order

MONTH = timedelta(days=29)
"""A month of use is the day and the 29 before it."""
COHORTS = 13
"""Months of beginners that are followed, the one under way with them."""
BEGAN, CAME = "began", "came"
Rows = Sequence[Any]


def tree(day: date) -> Tree:
    """The organisation as it stood that day. Two statements."""
    entities = db.session.execute(
        select(Entity.id, Entity.kind)
        .where(Entity.opened_on <= day, or_(Entity.closed_on.is_(None), Entity.closed_on > day))
        .order_by(Entity.id)
    ).all()
    place = {row.id: index for index, row in enumerate(entities)}
    parent = np.full(len(entities), -1, dtype=np.int64)
    stands = select(Placement.child_id, Placement.parent_id).where(true_on(Placement, day))
    for row in db.session.execute(stands.order_by(Placement.id)):
        if row.child_id in place and row.parent_id in place:
            parent[place[row.child_id]] = place[row.parent_id]
    return Tree(
        ids=np.array([row.id for row in entities], dtype=np.int64),
        parent=parent,
        detailed=np.array([row.kind in DETAILED for row in entities], dtype=np.bool_),
    )


def at_work(day: date, where: Tree) -> Rows:
    """Everybody with an account and a posting in the tree that day, a row each. One statement."""
    there = {int(entity) for entity in where.ids}
    return [row for row in _rows(day) if row.entity_id in there]


def crowd(day: date, where: Tree, rows: Rows, closed: bool = False) -> Crowd:
    """Those at work, what tells them apart, what is counted of them. Two statements; three once closed."""
    cuts, values = {}, {}
    for name, told in TOLD_APART.items():
        values[name], cuts[name] = _coded([told(row, day) for row in rows])
    if not any(values[WAVE]):  # no wave was open by then
        del values[WAVE], cuts[WAVE]
    ids = np.array([row.id for row in rows], dtype=np.int64)
    span = seasons.span_of(day)
    held, won = _grants(day, span.called)
    last = _days([row.last_on for row in rows])
    return Crowd(
        ids=ids,
        entity=_places(where, rows),
        cuts=cuts,
        values=values,
        marks={**_seen(rows, day), **marked(ids, held), "gifts": _ordered(ids, day)},
        whole={**span.marks(ids, last, won), **(times.of_day(ids, day) if closed else {})},
        dice={**seasons.DICE, **times.DICE},
    )


def beginners(day: date, where: Tree, rows: Rows) -> Crowd:
    """The same people by the month in which they began, and who came in the month of that day."""
    first = first_of_month(day)
    oldest = first_of_month(first - timedelta(days=(COHORTS - 1) * 30))
    values, codes = _coded([_month(row.first_on, oldest, day) for row in rows])
    last = _days([row.last_on for row in rows])
    return Crowd(
        ids=np.array([row.id for row in rows], dtype=np.int64),
        entity=_places(where, rows),
        cuts={BEGAN: codes},
        values={BEGAN: values},
        marks={CAME: last >= first.toordinal()},
    )


def _places(where: Tree, rows: Rows) -> Numbers:
    place = {int(entity): index for index, entity in enumerate(where.ids)}
    return np.array([place[row.entity_id] for row in rows], dtype=np.int64)


def first_of_month(day: date) -> date:
    return day.replace(day=1)


def _month(began: date | None, oldest: date, day: date) -> str:
    """`2026-03`; nothing for who never began, or long ago, or tomorrow where they are."""
    if began is None or not oldest <= began or first_of_month(began) > day:
        return ""
    return f"{began:%Y-%m}"


def _rows(day: date) -> Rows:
    """One row a person; when two postings were written on one day, the later is right."""
    people = (
        select(
            Person.id,
            Person.language,
            Person.joined_on,
            Posting.entity_id,
            Posting.job_family,
            Posting.contract,
            Posting.shift,
            HrStanding.first_on,
            HrStanding.last_on,
            HrStanding.before_on,
            HrStanding.round_on,
        )
        .join(Posting, and_(Posting.person_id == Person.id, true_on(Posting, day)))
        .outerjoin(HrStanding, HrStanding.person_id == Person.id)
        .where(Person.active)
        .order_by(Posting.id)
    )
    found = db.session.execute(with_waves(people, day))
    return list({row.id: row for row in found}.values())


def _coded(said: Iterable[str]) -> tuple[Sequence[str], Numbers]:
    values, codes = np.unique(np.array(list(said), dtype=np.str_), return_inverse=True)
    return [str(value) for value in values], codes.astype(np.int64).reshape(-1)


def _seen(rows: Rows, day: date) -> dict[str, Marks]:
    week = monday(day)
    last, first = _days([row.last_on for row in rows]), _days([row.first_on for row in rows])
    before, minute = _days([row.before_on for row in rows]), _days([row.round_on for row in rows])
    today, begins = day.toordinal(), week.toordinal()
    here_this_week = last >= begins
    return {
        "begun": first > 0,
        "day": last >= today,  # it may be tomorrow already where they are
        "week": here_this_week,
        "month": last >= (day - MONTH).toordinal(),
        "rounds": minute >= today,
        "new": first >= begins,
        "back": here_this_week & (first < begins) & (before < begins - 7),
        "lost": (last > 0) & (last < (day - MONTH).toordinal()),
    }


def _days(days: Iterable[date | None]) -> Numbers:
    """Ordinals; 0 for never."""
    return np.array([day.toordinal() if day else 0 for day in days], dtype=np.int64)


Holders = dict[str, list[int]]


def _grants(day: date, lately: Callable[[str, date], str | None]) -> tuple[Holders, Holders]:
    """Who holds the passport and each visa at the end of that day, and by what `lately` calls a grant."""
    end = datetime.combine(day + timedelta(days=1), time(), ZoneInfo("UTC"))
    rows = db.session.execute(
        select(Grant.award, Grant.person_id, Grant.granted_on).where(
            Grant.award.in_(_awards()),
            Grant.granted_on <= day,
            or_(Grant.revoked_at.is_(None), Grant.revoked_at >= end),
        )
    )
    held: Holders = {key: [] for key in _awards()}
    won: Holders = {}
    for row in rows:
        held[row.award].append(row.person_id)
        if name := lately(row.award, row.granted_on):
            won.setdefault(name, []).append(row.person_id)
    return held, won


def _awards() -> list[str]:
    kinds = (AwardKind.PASSPORT, AwardKind.VISA)
    return [each.key for each in badges.current().values() if each.kind in kinds]


def _ordered(ids: Numbers, day: date) -> Marks:
    """Who had ordered a gift by that day, whatever became of it."""
    found = db.session.scalars(
        select(Order.person_id)
        .where(Order.ordered_on <= day, Order.person_id.is_not(None))
        .distinct()
    ).all()
    return np.isin(ids, np.array(found, dtype=np.int64))
