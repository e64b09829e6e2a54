"""Pages of a search, by index or by cursor, in an order that puts every row in one place."""

from dataclasses import dataclass, field
from typing import Any

from scim2_models import InvalidCursorException, SearchRequest
from sqlalchemy import Select

from academy.database import db
from academy.people.scim import order as orders
from academy.people.scim.order import Order


@dataclass(slots=True)
class Found:
    total: int
    rows: list[Any] = field(default_factory=list)
    next: Any = None
    previous: Any = None


def page(
    asked: SearchRequest[Any],
    position: Any,
    order: Order,
    fitting: Select[*tuple[Any, ...]],
    total: int,
) -> Found:
    """The page asked for of `total` fitting rows. One statement.

    Each row holds, after what was selected, the columns that order it.
    """
    start = asked.start_index_0 or 0
    if asked.count == 0 or start >= total:
        return Found(total)
    whole = fitting.add_columns(*order.parts)
    if asked.cursor is None:
        some = whole.order_by(*order.clauses()).limit(asked.count).offset(start)
        return Found(total, list(db.session.execute(some)))
    return _by_cursor(Found(total), asked.count, position, order, whole)


def _by_cursor(
    found: Found, size: int | None, position: Any, order: Order, whole: Select[*tuple[Any, ...]]
) -> Found:
    """One row more than asked for tells whether there is another page."""
    backwards, anchor = _read(position, order)
    statement = whole.order_by(*order.clauses(backwards)).limit(size + 1 if size else None)
    if anchor:
        statement = statement.where(order.beyond(anchor, backwards))
    some = list(db.session.execute(statement))
    more = size is not None and len(some) > size
    some = some[:size] if size else some
    found.rows = some[::-1] if backwards else some
    if found.rows:
        first, last = (row[-len(order.parts) :] for row in (found.rows[0], found.rows[-1]))
        found.next = {"after": orders.written(last)} if more or backwards else None
        further = more if backwards else bool(anchor)
        found.previous = {"before": orders.written(first)} if further else None
    return found


def _read(position: Any, order: Order) -> tuple[bool, list[Any]]:
    """Whether a page ends there, and where; the cursor was sealed by us. Raises InvalidCursorException."""
    if position is None:
        return False, []
    if isinstance(position, dict):
        for direction in ("after", "before"):
            if direction in position:
                return direction == "before", orders.read(position[direction], order)
    raise InvalidCursorException
