"""Reading the log from where one left it."""

import time as clockwork
from collections.abc import Generator, Iterable, Iterator, Sequence
from datetime import UTC, date, datetime
from itertools import groupby
from typing import Any

from sqlalchemy import Select, func, select, text

from academy import database
from academy.database import db
from academy.deeds.models import Deed
from academy.deeds.verbs import Verb
from academy.hr.rollup.standing import Seen

AT_ONCE = 20_000
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
    """The whole log, read through a connection of its own while others are written; to be closed."""
    database.reading_only()  # so that this connection keeps nobody from writing
    with db.engine.connect() as reading:
        streamed = reading.execution_options(yield_per=AT_ONCE, stream_results=True)
        with streamed.execute(_wanted(0, up_to)) as found:
            yield from _by_day(found)


def _wanted(above: int, up_to: int) -> Select[int | None, str, date, datetime]:
    return (
        select(Deed.person_id, Deed.verb, Deed.day, Deed.at)
        .where(Deed.id > above, Deed.id <= up_to)
        .where(Deed.person_id.is_not(None), Deed.verb.not_in(GIVEN))
        .order_by(Deed.at, Deed.id)
    )


def _by_day(rows: Iterable[Any]) -> Days:
    """What each person did, by the day (UTC) on which it was written down."""
    for day, those in groupby(rows, key=lambda row: row.at.astimezone(UTC).date()):
        seen: dict[int, list[Seen]] = {}
        for row in those:
            seen.setdefault(row.person_id, []).append(Seen(row.day, row.verb == Verb.ROUND_DONE))
        yield day, seen
