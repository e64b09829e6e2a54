"""What becomes of live pairs that write nothing down. The caller commits."""

from datetime import datetime, timedelta

from academy.mentoring.pairs import queries, services, telling
from academy.mentoring.pairs.models import MentoringPair
from academy.mentoring.pairs.rules import (
    CLOSED_AFTER,
    REMINDED_AFTER,
    TOLD_AFTER,
    Life,
    silent,
)
from academy.mentoring.pairs.telling import Care, What


def remind(number: int, at: datetime) -> None:
    """A kind word to the two, once for each silence."""
    pair = queries.locked(number)
    if pair.silence_reminded_at is None and _silent(pair, at, REMINDED_AFTER):
        pair.silence_reminded_at = at
        telling.tell(telling.both(pair), pair, What.QUIET, at.date(), at)


def tell_organisers(number: int, at: datetime) -> None:
    """That a pair is silent, and nothing more, once for each silence."""
    pair = queries.locked(number)
    if pair.silence_told_at is None and _silent(pair, at, TOLD_AFTER):
        pair.silence_told_at = at
        programme = queries.programme_of(pair)
        telling.tell_organisers(programme, pair, Care.SILENT, at.date(), at)


def close_if_over(number: int, at: datetime) -> None:
    """Four weeks after the last month, a pair nobody closed closes by itself."""
    course = queries.course_of(queries.locked(number))
    if course is not None and course.over((at - CLOSED_AFTER).date()):
        services.close_by_calendar(number, at)


def _silent(pair: MentoringPair, at: datetime, long: timedelta) -> bool:
    """Looked at again with the pair in hand: somebody may have written meanwhile."""
    wrote = queries.last_written(pair.id)
    life = Life(pair.state, False, queries.course_of(pair), 0, wrote)
    return silent(life, at, long)
