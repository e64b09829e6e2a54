"""Reading the log from where one left it."""

import time as clockwork
from collections.abc import Generator, Iterable, Iterator, Sequence
from datetime import UTC, date, datetime, time
from functools import lru_cache
from itertools import groupby
from typing import Any

from sqlalchemy import ColumnElement, Select, func, or_, select, text

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
    found: Sequence[Any] = db.session.execute(_wanted(above, up_to)).all()
    db.session.rollback()
    return _by_day(found)


def everything(up_to: int) -> Generator[Day, None, None]:
    """The whole log, read through connections of its own while others are written; to be closed.

    Some days at a time, as they were written about together: little is sorted at once, and no reading stays
    open while all of it is counted.
    """
    for span in blocks.spans(_blocks(up_to), blocks.ENOUGH):
        database.reading_only()  # so that this connection keeps nobody from writing
        with db.engine.connect() as reading:
            streamed = reading.execution_options(yield_per=AT_ONCE, stream_results=True)
            with streamed.execute(_of(span, up_to)) as rows:
                yield from _by_day(rows)


def _blocks(up_to: int) -> list[Block]:
    """On which days (UTC) each stretch of the log was written."""
    place = Deed.id // BLOCK
    columns = (place, func.min(Deed.at), func.max(Deed.at), func.count())
    asked = select(*columns).where(*_counts(0, up_to)).group_by(place).order_by(place)
    rows = database.beside(db.engine, asked)
    return [Block(there, first.date(), last.date(), many) for there, first, last, many in rows]


def _of(span: Span, up_to: int) -> Select[int | None, str, date, datetime]:
    begins, ends = (datetime.combine(day, time(), UTC) for day in (span.first, span.until))
    stretches = blocks.stretches(span.places)
    there = (Deed.id.between(a * BLOCK, b * BLOCK + BLOCK - 1) for a, b in stretches)
    return _wanted(0, up_to).where(Deed.at >= begins, Deed.at < ends, or_(*there))


def _wanted(above: int, up_to: int) -> Select[int | None, str, date, datetime]:
    return (
        select(Deed.person_id, Deed.verb, Deed.day, Deed.at)
        .where(*_counts(above, up_to))
        .order_by(Deed.at, Deed.id)
    )


def _counts(above: int, up_to: int) -> tuple[ColumnElement[bool], ...]:
    """What shows that somebody was there, in these deeds."""
    by_somebody = (Deed.person_id.is_not(None), Deed.verb.not_in(GIVEN))
    return (Deed.id > above, Deed.id <= up_to, *by_somebody)


def _by_day(rows: Iterable[Any]) -> Days:
    """What each person did, by the day (UTC) on which it was written down."""
    for day, those in groupby(rows, key=lambda row: row.at.date()):
        seen: dict[int, list[Seen]] = {}
        for row in those:
            seen.setdefault(row.person_id, []).append(_seen(row.day, row.verb == Verb.ROUND_DONE))
        yield day, seen


@lru_cache(maxsize=64)
def _seen(day: date, is_round: bool) -> Seen:
    """One for all people: most of a day is seen on that day."""
    return Seen(day, is_round)
