"""Statements of the hot path: written in SQLAlchemy's terms, compiled once, sent by the driver itself.

They run in the session's own transaction, and tell whoever listens to `before_cursor_execute`. They skip
the work SQLAlchemy does anew for each execution (docs/decisions/024-what-an-answer-costs.md). They read names
of SQLAlchemy's that are not public: tests/services/test_prepared.py holds all they rely on.
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from operator import itemgetter
from typing import Any

from sqlalchemy import Connection, Engine
from sqlalchemy.engine import Dialect

from academy import database, transaction
from academy.database import db, send
from academy.transaction import Begun

Values = Mapping[str, Any]
Processor = Callable[[Any], Any]


@dataclass(slots=True)
class _Compiled:
    """One statement in one dialect: its text, and what values and results pass through.

    `constants` stand in the statement; everything else must be given. Readers are known once the driver said
    of which types its columns are.
    """

    sql: str
    given: Callable[[dict[str, Any]], Any]
    constants: dict[str, Any]
    writers: tuple[tuple[str, Processor], ...]
    types: tuple[Any, ...]
    readers: tuple[tuple[int, Processor], ...] | None = None


class Prepared:
    """`make` builds the statement; some know their dialect only then."""

    def __init__(self, make: Callable[[], Any]) -> None:
        self._make, self._compiled = make, dict[str, _Compiled]()

    def rows(self, values: Values) -> list[Any]:
        """Every row found, or given back by what was written."""
        compiled, cursor = self._sent(values)
        found = cursor.fetchall()
        if compiled.readers is None:
            compiled.readers = tuple(_readers(compiled.types, cursor.description))
        return [_read(compiled.readers, row) for row in found] if compiled.readers else found

    def row(self, values: Values) -> Any:
        """The only row, or None."""
        found = self.rows(values)
        return found[0] if found else None

    def change(self, values: Values) -> int:
        """How many rows were written."""
        return int(self._sent(values)[1].rowcount)

    def _sent(self, values: Values) -> tuple[_Compiled, Any]:
        sender = _sender()
        dialect = sender.engine.dialect
        compiled = self._compiled.get(dialect.name) or self._compile(dialect)
        known = {**compiled.constants, **values}
        for name, written in compiled.writers:
            known[name] = written(known[name])
        return compiled, sender.send(compiled.sql, compiled.given(known))

    def _compile(self, dialect: Dialect) -> _Compiled:
        made = self._make().compile(dialect=dialect)
        if made.insert_prefetch or made.update_prefetch:  # nobody would call them here
            raise TypeError(
                f"defaults are to be given: {made.insert_prefetch or made.update_prefetch}"
            )
        compiled = _Compiled(
            sql=str(made),
            given=_in_order(made.positiontup or ()) if made.positional else _as_it_is,
            constants={
                name: value for name, value in made.params.items() if not made.binds[name].required
            },
            writers=tuple(made._bind_processors.items()),
            types=tuple(column[3] for column in made._result_columns),
        )
        self._compiled[dialect.name] = compiled
        return compiled


def _in_order(names: Sequence[str]) -> Callable[[dict[str, Any]], Any]:
    """For drivers that know values by their places."""
    if len(names) > 1:
        return itemgetter(*names)
    return lambda known: tuple([known[name] for name in names])


def _as_it_is(known: dict[str, Any]) -> dict[str, Any]:
    return known


@dataclass(frozen=True, slots=True)
class _OfSession:
    """Sends in the transaction of the session."""

    connection: Connection

    @property
    def engine(self) -> Engine:
        return self.connection.engine

    def send(self, sql: str, given: Any) -> Any:
        return send(self.connection, sql, given)


def _sender() -> Begun | _OfSession:
    """The request's transaction: that of its session if it has one, else one that begins here."""
    begun = transaction.begun()
    if begun is not None:
        return begun
    if db.session.registry.has():
        return _OfSession(db.session.connection())
    return database.begin()


def _readers(types: tuple[Any, ...], description: Any) -> Iterator[tuple[int, Processor]]:
    dialect = db.engine.dialect
    for place, (kind, column) in enumerate(zip(types, description, strict=True)):
        read = kind._cached_result_processor(dialect, column[1])
        if read is not None:
            yield place, read


def _read(readers: tuple[tuple[int, Processor], ...], row: Any) -> list[Any]:
    found = list(row)
    for place, read in readers:
        found[place] = read(found[place])
    return found
