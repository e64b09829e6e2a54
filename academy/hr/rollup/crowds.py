"""Who is at work on a day, and what is counted of them, as columns."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from types import SimpleNamespace
from typing import Any, NamedTuple
from zoneinfo import ZoneInfo

import numpy as np
from sqlalchemy import String, and_, cast, false, func, or_, select

from academy.database import db
from academy.hr.rollup import seasons, times
from academy.hr.rollup.apart import DETAILED, TOLD_APART
from academy.hr.rollup.cells import Crowd, Marks, Numbers, Tree
from academy.hr.rollup.cuts import WAVE
from academy.hr.rollup.entering import with_waves
from academy.hr.rollup.models import HrStanding
from academy.hr.rollup.seasons import marked
from academy.hr.rollup.standing import Known, monday
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
AT_ONCE = 2_000
"""Rows read from the database at a time."""


class Standing(NamedTuple):
    """Somebody at work: what tells them apart, and when they came."""

    id: int
    language: str
    joined_on: date | None
    entity_id: int
    job_family: str
    contract: str
    shift: str
    first_on: date | None
    last_on: date | None
    before_on: date | None
    round_on: date | None
    wave_id: int | None


Rows = Sequence[Standing]


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


@dataclass(frozen=True, slots=True)
class Stands:
    """Of each row of people: ordinals of the days of their standing, 0 for never."""

    first: Numbers
    last: Numbers
    before: Numbers
    minute: Numbers


_NEVER = SimpleNamespace(first_on=None, last_on=None, before_on=None, round_on=None)


def stands(rows: Rows, known: Known | None = None) -> Stands:
    """As the rows tell; or as those tell who are known, while nobody's standing is written down yet."""
    told: Sequence[Any] = rows
    if known is not None:
        told = [known.get(row.id, _NEVER) for row in rows]
    return Stands(
        first=_days(each.first_on for each in told),
        last=_days(each.last_on for each in told),
        before=_days(each.before_on for each in told),
        minute=_days(each.round_on for each in told),
    )


def crowd(day: date, where: Tree, rows: Rows, stand: Stands, closed: bool = False) -> Crowd:
    """Those at work, what tells them apart, what is counted of them. Two statements; three once closed."""
    cuts, values = {}, {}
    for name, told in TOLD_APART.items():
        values[name], cuts[name] = _coded([told(row, day) for row in rows])
    if not any(values[WAVE]):  # no wave was open by then
        del values[WAVE], cuts[WAVE]
    ids = np.array([row.id for row in rows], dtype=np.int64)
    span = seasons.span_of(day)
    held, won = _grants(day, span.first)
    return Crowd(
        ids=ids,
        entity=_places(where, rows),
        cuts=cuts,
        values=values,
        marks={**_seen(stand, day), **marked(ids, held), "gifts": _ordered(ids, day)},
        whole={**span.marks(ids, stand.last, won), **(times.of_day(ids, day) if closed else {})},
        dice={**seasons.DICE, **times.DICE},
    )


def beginners(day: date, where: Tree, rows: Rows, stand: Stands) -> Crowd:
    """The same people by the month in which they began, and who came in the month of that day."""
    first = first_of_month(day)
    oldest = first_of_month(first - timedelta(days=(COHORTS - 1) * 30))
    began, whose = np.unique(stand.first, return_inverse=True)
    values, codes = _coded([_month(each, oldest, day) for each in began.tolist()])
    return Crowd(
        ids=np.array([row.id for row in rows], dtype=np.int64),
        entity=_places(where, rows),
        cuts={BEGAN: codes[whose]},
        values={BEGAN: values},
        marks={CAME: stand.last >= first.toordinal()},
    )


def _places(where: Tree, rows: Rows) -> Numbers:
    place = {int(entity): index for index, entity in enumerate(where.ids)}
    return np.array([place[row.entity_id] for row in rows], dtype=np.int64)


def first_of_month(day: date) -> date:
    return day.replace(day=1)


def _month(first: int, oldest: date, day: date) -> str:
    """`2026-03`; nothing for who never began, or long ago, or tomorrow where they are."""
    if first < oldest.toordinal() or first_of_month(date.fromordinal(first)) > day:
        return ""
    return f"{date.fromordinal(first):%Y-%m}"


def _rows(day: date) -> Rows:
    """One row a person; when two postings were written on one day, the later is right.

    What many have in common, a language or a day, is kept once: there are many rows.
    """
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
    asked = with_waves(people, day)
    known: dict[Any, Any] = {}
    rows: dict[int, Standing] = {}
    found = db.session.connection().execute(asked, execution_options={"yield_per": AT_ONCE})
    for row in found:
        rows[row.id] = Standing._make((row.id, *(known.setdefault(each, each) for each in row[1:])))
    return list(rows.values())


def _coded(said: Iterable[str]) -> tuple[Sequence[str], Numbers]:
    values, codes = np.unique(np.array(list(said), dtype=np.str_), return_inverse=True)
    return [str(value) for value in values], codes.astype(np.int64).reshape(-1)


def _seen(stand: Stands, day: date) -> dict[str, Marks]:
    last, first = stand.last, stand.first
    today, begins = day.toordinal(), monday(day).toordinal()
    here_this_week = last >= begins
    return {
        "begun": first > 0,
        "day": last >= today,  # it may be tomorrow already where they are
        "week": here_this_week,
        "month": last >= (day - MONTH).toordinal(),
        "rounds": stand.minute >= today,
        "new": first >= begins,
        "back": here_this_week & (first < begins) & (stand.before < begins - 7),
        "lost": (last > 0) & (last < (day - MONTH).toordinal()),
    }


def _days(days: Iterable[date | None]) -> Numbers:
    """Ordinals; 0 for never."""
    return np.array([day.toordinal() if day else 0 for day in days], dtype=np.int64)


Holders = dict[str, Numbers]


def _grants(day: date, first: date | None) -> tuple[Holders, Holders]:
    """Who holds the passport and each visa at the end of that day; and by mark, who earned some of them from
    that first day of a season on. The numbers of people come as one text an award: they are many."""
    end = datetime.combine(day + timedelta(days=1), time(), ZoneInfo("UTC"))
    who = func.aggregate_strings(cast(Grant.person_id, String), ",")
    since = Grant.granted_on >= first if first else false()
    rows = db.session.execute(
        select(Grant.award, who.label("holders"), who.filter(since).label("winners"))
        .where(
            Grant.award.in_(_awards()),
            Grant.granted_on <= day,
            or_(Grant.revoked_at.is_(None), Grant.revoked_at >= end),
        )
        .group_by(Grant.award)
    ).all()
    held = {key: _numbers("") for key in _awards()}
    won: Holders = {}
    for row in rows:
        held[row.award], name = _numbers(row.holders), seasons.called(row.award)
        won[name] = np.append(won.get(name, _numbers("")), _numbers(row.winners))
    return held, won


def _numbers(written: str | None) -> Numbers:
    return np.fromstring(written or "", dtype=np.int64, sep=",")


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
