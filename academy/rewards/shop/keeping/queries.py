"""The shelves, the budgets and the report, within the reach of who keeps them."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import Select, case, distinct, func, select

from academy.database import db, fresh
from academy.people.directory.reach import Reach
from academy.people.models import Entity
from academy.rewards.shop.folding import Cell, folded
from academy.rewards.shop.models import Budget, Gift, Order
from academy.rewards.shop.queries import within
from academy.rewards.shop.rules import REFUNDED, State

PAGE = 50
Rows = Select[*tuple[Any, ...]]


@dataclass(frozen=True, slots=True)
class Row:
    """One line of the report; `place` is None for places too small to stand alone, put together."""

    gift: Gift
    place: str | None
    cell: Cell


@dataclass(frozen=True, slots=True)
class Report:
    """`hushed` are gifts that fewer than five people ordered: they are named, without a figure."""

    year: int
    rows: tuple[Row, ...]
    hushed: tuple[Gift, ...]


def gifts(
    reach: Reach, before: int | None, today: date
) -> tuple[list[tuple[Gift, str | None]], int | None]:
    """A page of the gifts within reach, newest first, each with its entity's name, and the next cursor."""
    statement: Rows = (
        select(Gift, Entity.name)
        .outerjoin(Entity, Entity.id == Gift.entity_id)
        .where(within(Gift.entity_id, reach, today))
    )
    if before is not None:
        statement = statement.where(Gift.id < before)
    rows = db.session.execute(fresh(statement.order_by(Gift.id.desc()).limit(PAGE + 1))).all()
    found: list[tuple[Gift, str | None]] = [(row[0], row[1]) for row in rows[:PAGE]]
    return found, found[-1][0].id if len(rows) > PAGE else None


def budgets(reach: Reach, year: int, today: date) -> list[tuple[Budget, str]]:
    """The budgets of a year within reach, by the entity's name."""
    statement: Rows = (
        select(Budget, Entity.name)
        .join(Entity, Entity.id == Budget.entity_id)
        .where(Budget.year == year, within(Budget.entity_id, reach, today))
        .order_by(Entity.name, Entity.id)
    )
    return [(row[0], row[1]) for row in db.session.execute(fresh(statement))]


def report(reach: Reach, year: int, today: date) -> Report:
    """Orders of a year by gift and site. Three statements, four for a reach that is not everywhere.

    Somebody erased counts as one person each time: nothing tells any more that they were the same.
    """
    cells = _cells(reach, year, today)
    found = {
        gift.id: gift
        for gift in db.session.scalars(fresh(select(Gift).where(Gift.id.in_(cells)))).all()
    }
    sites = {cell.place for several in cells.values() for cell in several if cell.place}
    names = {
        row.id: row.name
        for row in db.session.execute(select(Entity.id, Entity.name).where(Entity.id.in_(sites)))
    }
    rows, hushed = [], []
    for number, several in sorted(cells.items()):
        shown = folded(several)
        rows += [Row(found[number], names.get(cell.place or 0), cell) for cell in shown]
        hushed += [] if shown else [found[number]]
    return Report(year, tuple(rows), tuple(hushed))


def _cells(reach: Reach, year: int, today: date) -> dict[int, list[Cell]]:
    back = Order.state.in_(REFUNDED)
    statement = (
        select(
            Order.gift_id,
            Order.site_id,
            func.count(distinct(func.coalesce(Order.person_id, -Order.id))),
            func.count(),
            func.sum(case((Order.state == State.HANDED, 1), else_=0)),
            func.sum(case((back, 1), else_=0)),
            func.sum(case((back, 0), else_=Order.price)),
        )
        .where(
            Order.ordered_on.between(date(year, 1, 1), date(year, 12, 31)),
            within(Order.entity_id, reach, today),
        )
        .group_by(Order.gift_id, Order.site_id)
    )
    cells: dict[int, list[Cell]] = {}
    for gift, *figures in db.session.execute(statement):
        cells.setdefault(gift, []).append(Cell(*figures))
    return cells
