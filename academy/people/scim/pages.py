"""Pages of a search, by index or by cursor: in the order of numbers, which never changes."""

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from scim2_models import InvalidCursorException, SearchRequest
from sqlalchemy import ColumnElement, and_

Rows = Callable[..., list[Any]]


@dataclass(slots=True)
class Found:
    total: int
    rows: list[Any] = field(default_factory=list)
    next: Any = None
    previous: Any = None


def page(
    asked: SearchRequest[Any],
    position: Any,
    number: Any,
    fitting: ColumnElement[bool],
    count: Callable[[ColumnElement[bool]], int],
    rows: Rows,
) -> Found:
    """The page asked for, and how many there are; `number` is the column that orders them."""
    total = count(fitting)
    start = asked.start_index_0 or 0
    if asked.count == 0 or start >= total:
        return Found(total)
    if asked.cursor is None:
        return Found(total, rows(fitting, asked.count, start))
    return _by_cursor(Found(total), asked.count, position, number, fitting, rows)


def _by_cursor(
    found: Found,
    size: int | None,
    position: Any,
    number: Any,
    fitting: ColumnElement[bool],
    rows: Rows,
) -> Found:
    """One row more than asked for tells whether there is another page."""
    direction, anchor = _read(position)
    backwards = direction == "before"
    beyond = number < anchor if backwards else number > anchor
    some = rows(and_(fitting, beyond), size + 1 if size else None, backwards=backwards)
    more = size is not None and len(some) > size
    some = some[:size] if size else some
    found.rows = some[::-1] if backwards else some
    if found.rows:
        first, last = found.rows[0][0].id, found.rows[-1][0].id
        found.next = {"after": last} if more or backwards else None
        found.previous = {"before": first} if (more if backwards else anchor > 0) else None
    return found


def _read(position: Any) -> tuple[str, int]:
    """Where a page begins or ends; the cursor was sealed by us. Raises InvalidCursorException."""
    if position is None:
        return "after", 0
    if isinstance(position, dict):
        for direction in ("after", "before"):
            if isinstance(position.get(direction), int):
                return direction, position[direction]
    raise InvalidCursorException
