"""Filters as conditions of SQL. Only what an index answers is understood: a directory looks somebody up.

`and`, `or` and `not` join comparisons of `id`, `userName`, `externalId`, `active`, `emails`, `displayName`
(of groups) and `meta.lastModified`; anything else is refused, and the refusal says what is understood.
"""

from collections.abc import Callable, Mapping
from datetime import UTC, datetime
from typing import Any

from scim2_models import InvalidFilterException, SearchRequest
from scim2_models.path import (
    CompareOperator,
    Comparison,
    FilterNode,
    LogicalExpr,
    LogicalOperator,
    Not,
    Present,
    ValuePath,
)
from sqlalchemy import ColumnElement, and_, false, not_, or_, true

from academy.web.incoming import CONTROLS

Condition = ColumnElement[bool]
Reader = Callable[[CompareOperator, Any], Condition]
"""What comparing one attribute means in SQL. Raises Unclear for an operator or a value it does not know."""

MOST_TERMS = 60
EVERYBODY_HAS = {"id", "username", "emails", "displayname"}
ORDERS: Mapping[CompareOperator, Callable[[Any, Any], Condition]] = {
    CompareOperator.gt: lambda column, value: column > value,
    CompareOperator.ge: lambda column, value: column >= value,
    CompareOperator.lt: lambda column, value: column < value,
    CompareOperator.le: lambda column, value: column <= value,
}


class Unclear(InvalidFilterException):
    """The filter asks for something that is not looked up here."""

    def __init__(self, asked: object) -> None:
        super().__init__(
            detail=f"{asked}: not supported. Use eq on id, userName, externalId, active, emails.value "
            "or displayName (of groups), or compare meta.lastModified; joined by and, or, not."
        )


def asked_for(asked: SearchRequest[Any], readers: Mapping[str, Reader]) -> Condition:
    """What a search asks for; everything when it has no filter. Raises InvalidFilterException."""
    return condition(asked.filter.ast, readers) if asked.filter else true()


def condition(node: FilterNode, readers: Mapping[str, Reader]) -> Condition:
    """The filter in SQL; `readers` are the attributes that are known, in small letters."""
    if _terms(node) > MOST_TERMS:
        raise InvalidFilterException(detail=f"A filter has {MOST_TERMS} comparisons at most.")
    return _read(node, readers)


def same(column: Any, value: Any) -> Condition:
    """Equal, and never unknown: so that `not` means what it says."""
    return and_(column.is_not(None), column == value)


def text(column: Any, kept: Callable[[str], str] = str) -> Reader:
    """A text that is looked up as a whole, in the form it is kept in."""
    return found(lambda value: same(column, kept(value)))


def found(look_up: Callable[[str], Condition]) -> Reader:
    """Equal to a text; what no text here can be equals nothing."""

    def read(operator: CompareOperator, value: Any) -> Condition:
        if operator is not CompareOperator.eq:
            raise Unclear(operator.value)
        if not isinstance(value, str) or CONTROLS.search(value) or not value.isprintable():
            return false()
        return look_up(value)

    return read


def flag(column: Any) -> Reader:
    def read(operator: CompareOperator, value: Any) -> Condition:
        if operator is not CompareOperator.eq or not isinstance(value, bool):
            raise Unclear(operator.value)
        return same(column, value)

    return read


def moment(column: Any) -> Reader:
    def read(operator: CompareOperator, value: Any) -> Condition:
        if operator not in ORDERS or not isinstance(value, str):
            raise Unclear(operator.value)
        try:
            at = datetime.fromisoformat(value)
            at = at.astimezone(UTC) if at.tzinfo else at.replace(tzinfo=UTC)
        except (ValueError, OverflowError) as error:
            raise Unclear(value) from error
        return ORDERS[operator](column, at)

    return read


def nothing(_operator: CompareOperator, _value: Any) -> Condition:
    """An attribute that these resources have not: whatever is asked of it is not so."""
    return false()


def _read(node: FilterNode, readers: Mapping[str, Reader]) -> Condition:
    if isinstance(node, LogicalExpr):
        join = and_ if node.op is LogicalOperator.and_ else or_
        return join(*(_read(term, readers) for term in node.terms))
    if isinstance(node, Not):
        return not_(_read(node.expr, readers))
    if isinstance(node, ValuePath):
        return _read(node.val_filter, _inside(str(node.attr_path).lower(), readers))
    if isinstance(node, Present):
        return _present(node, readers)
    return _compared(node, readers)


def _inside(name: str, readers: Mapping[str, Reader]) -> Mapping[str, Reader]:
    """The attributes within `emails[...]`."""
    within = f"{short(name)}."
    return {key[len(within) :]: read for key, read in readers.items() if key.startswith(within)}


def _compared(node: FilterNode, readers: Mapping[str, Reader]) -> Condition:
    if not isinstance(node, Comparison):
        raise Unclear(node)
    read = readers.get(short(str(node.attr_path).lower()))
    if read is None:
        raise Unclear(node.attr_path)
    if read is nothing:
        return false()  # nor is it unequal
    if node.op is CompareOperator.ne:
        return not_(read(CompareOperator.eq, node.value))
    return read(node.op, node.value)


def _present(node: Present, readers: Mapping[str, Reader]) -> Condition:
    """What everybody has is there; of the rest, nobody looks up who has it."""
    name = short(str(node.attr_path).lower())
    if readers.get(name) is nothing:
        return false()
    if name not in EVERYBODY_HAS or name not in readers:
        raise Unclear(node)
    return true()


def short(name: str) -> str:
    """Without the schema before it."""
    return name.rpartition(":")[2]


def _terms(node: FilterNode) -> int:
    if isinstance(node, LogicalExpr):
        return sum(_terms(term) for term in node.terms)
    if isinstance(node, Not):
        return _terms(node.expr)
    return _terms(node.val_filter) if isinstance(node, ValuePath) else 1
