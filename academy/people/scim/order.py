"""In which order a search answers: by one attribute that is kept as a column, then by number."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from scim2_models import InvalidCursorException, InvalidPathException, SearchRequest
from sqlalchemy import ColumnElement, and_, false, func, literal, or_
from sqlalchemy.orm import InstrumentedAttribute

from academy.people.scim.filters import Condition, short


@dataclass(frozen=True, slots=True)
class Sorted:
    """What an attribute is ordered by: who has none comes last, first when the order is turned."""

    value: ColumnElement[Any] | InstrumentedAttribute[Any]
    missing: ColumnElement[bool] | None = None

    @property
    def parts(self) -> tuple[Any, ...]:
        return (self.value,) if self.missing is None else (self.missing, self.value)

    @property
    def both(self) -> tuple[Any, Any]:
        """Always two columns, to be put beside others."""
        return (false() if self.missing is None else self.missing, self.value)


@dataclass(frozen=True, slots=True)
class Order:
    """Columns of which none is ever empty; the last one is another for every row."""

    parts: tuple[ColumnElement[Any], ...]
    down: bool = False

    def clauses(self, backwards: bool = False) -> list[ColumnElement[Any]]:
        down = self.down is not backwards
        return [part.desc() if down else part.asc() for part in self.parts]

    def beyond(self, anchor: Sequence[Any], backwards: bool = False) -> Condition:
        """What comes after the row with these values; before it, if backwards."""
        less, equal = self.down is not backwards, list[Condition]()
        found: list[Condition] = []
        for part, said in zip(self.parts, anchor, strict=True):
            value = literal(said, part.type)
            found.append(and_(*equal, part < value if less else part > value))
            equal.append(part == value)
        return or_(*found)


def perhaps(column: Any) -> Sorted:
    """A text that not everybody has."""
    return Sorted(func.coalesce(column, ""), column.is_(None))


def by(asked: SearchRequest[Any], known: Mapping[str, Sorted], number: Any) -> Order:
    """The order asked for; that of the numbers when none is. Raises InvalidPathException."""
    if asked.sort_by is None:
        return Order((number,))
    return Order((*known_as(asked, known).parts, number), turned(asked))


def known_as(asked: SearchRequest[Any], known: Mapping[str, Sorted]) -> Sorted:
    """Raises InvalidPathException for what is not put in order here."""
    found = known.get(short(str(asked.sort_by).lower()))
    if found is None:
        raise InvalidPathException(
            path=str(asked.sort_by),
            detail=f"sortBy {asked.sort_by}: not supported. Sort by id, externalId, meta.created or "
            "meta.lastModified; people by userName, emails or active; groups by displayName.",
        )
    return found


def turned(asked: SearchRequest[Any]) -> bool:
    return asked.sort_by is not None and asked.sort_order == SearchRequest.SortOrder.descending


def written(values: Sequence[Any]) -> list[Any]:
    """The values of a row, as a cursor holds them."""
    return [{"at": each.isoformat()} if isinstance(each, datetime) else each for each in values]


def read(said: Any, order: Order) -> list[Any]:
    """The values in a cursor that `written` wrote. Raises InvalidCursorException."""
    if not isinstance(said, list) or len(said) != len(order.parts):
        raise InvalidCursorException  # by an academy of before
    return [datetime.fromisoformat(each["at"]) if isinstance(each, dict) else each for each in said]
