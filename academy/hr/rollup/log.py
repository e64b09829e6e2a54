"""Reading the log from where one left it."""

import time as clockwork
from collections.abc import Iterable, Iterator
from datetime import UTC, date, datetime, time
from functools import lru_cache
from typing import Any

from sqlalchemy import ColumnElement, Connection, Date, Select, func, select, text

from academy import database
from academy.database import db
from academy.deeds.models import Deed
from academy.deeds.verbs import Verb
from academy.hr.rollup import blocks
from academy.hr.rollup.blocks import Block, Span
from academy.hr.rollup.standing import Seen

AT_ONCE = 20_000
BLOCK = 20_000
"""Deeds to a stretch of the log when all of it is read."""
GIVEN = (Verb.AWARD_EARNED, Verb.AWARD_GIVEN)
"""What comes to somebody without their being there; everything else shows that they were."""
_PATIENCE = (0.25, 40)
"""How long to wait for those who write: seconds, and how often."""

Day = tuple[date, dict[int, list[Seen]]]
Days = Iterator[Day]
Wanted = Select[int | None, str, date, date]


def ceiling() -> int | None:
    """Up to which number nothing is on its way any more; None when somebody writes for too long.

    On PostgreSQL numbers are taken before their rows can be seen: the end of the log counts once every
    transaction that ran when it was looked up has ended.
    """
    database.reading_only()
    end = db.session.scalar(select(func.max(Deed.id))) or 0
    if db.engine.dialect.name != "postgresql":
        db.session.rollback()
        return end
    # a number of our own is above everybody's who has begun; a snapshot's end may be somebody's
    running = db.session.scalar(text("SELECT pg_current_xact_id()::text::bigint"))
    pause, times = _PATIENCE
    for _time in range(times):
        db.session.rollback()
        oldest = text("SELECT pg_snapshot_xmin(pg_current_snapshot())::text::bigint")
        if (db.session.scalar(oldest) or 0) >= (running or 0):
            db.session.rollback()
            return end
        clockwork.sleep(pause)
    return None


def some(above: int, up_to: int) -> Days:
    """What was done in these deeds, day by day."""
    found = _by_day(db.session.execute(_wanted(above, up_to)))
    db.session.rollback()
    return iter(found)


def everything(up_to: int) -> Days:
    """The whole log, day by day. Some days at a time are read, as they were written about together, and none
    is still being read while those before it are counted."""
    for span in blocks.spans(_blocks(up_to), blocks.ENOUGH, blocks.MOST):
        database.reading_only()  # so that this connection keeps nobody from writing
        with db.engine.connect() as reading:
            found = _by_day(_of(span, up_to, reading))
        yield from found


def _blocks(up_to: int) -> list[Block]:
    """On which days (UTC) each stretch of the log was written."""
    place = Deed.id // BLOCK
    columns = (place, func.min(Deed.at), func.max(Deed.at), func.count())
    asked = select(*columns).where(*_counts(0, up_to)).group_by(place).order_by(place)
    rows = database.beside(db.engine, asked)
    return [Block(there, first.date(), last.date(), many) for there, first, last, many in rows]


def _of(span: Span, up_to: int, reading: Connection) -> Iterator[Any]:
    """Stretch by stretch: asked for several at once, SQLite walks all that is between them."""
    begins, ends = (datetime.combine(day, time(), UTC) for day in (span.first, span.until))
    streamed = reading.execution_options(yield_per=AT_ONCE, stream_results=True)
    for first, last in blocks.stretches(span.places):
        asked = _wanted(first * BLOCK - 1, min(up_to, last * BLOCK + BLOCK - 1))
        yield from streamed.execute(asked.where(Deed.at >= begins, Deed.at < ends))


def _wanted(above: int, up_to: int) -> Wanted:
    """Who did what, on which day of theirs, written down on which day (UTC)."""
    at = Deed.at if db.engine.dialect.name == "sqlite" else func.timezone("UTC", Deed.at)
    written = func.date(at, type_=Date())
    return select(Deed.person_id, Deed.verb, Deed.day, written).where(*_counts(above, up_to))


def _counts(above: int, up_to: int) -> tuple[ColumnElement[bool], ...]:
    """What shows that somebody was there, in these deeds."""
    by_somebody = (Deed.person_id.is_not(None), Deed.verb.not_in(GIVEN))
    return (Deed.id > above, Deed.id <= up_to, *by_somebody)


def _by_day(rows: Iterable[Any]) -> list[Day]:
    """What each person did, by the day on which it was written down."""
    days: dict[date, dict[int, list[Seen]]] = {}
    for person, verb, day, written in rows:
        seen = days.setdefault(written, {}).setdefault(person, [])
        seen.append(_seen(day, verb == Verb.ROUND_DONE))
    return sorted(days.items())


@lru_cache(maxsize=64)
def _seen(day: date, is_round: bool) -> Seen:
    """One for all people: on most days everybody is seen on that day."""
    return Seen(day, is_round)
