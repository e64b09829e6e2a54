"""When a quiz is passed, and when it may be sat again. Pure."""

from collections.abc import Sequence
from datetime import date, datetime, timedelta

TRIES_A_DAY = 3
SHEET_LASTS = timedelta(days=1)


def per_cent(scores: Sequence[float]) -> int:
    """The mean of the scores (each 0 to 1), in whole per cent, rounded down; 0 without scores.

    Rounding down keeps a pass mark honest: 69.9 % does not pass a 70 % quiz.
    """
    return int(100 * sum(scores) / len(scores) + 1e-9) if scores else 0


def may_try(last_on: date | None, tries_that_day: int, today: date) -> bool:
    """A quiz may be sat three times a day; the next day starts afresh. Nothing is ever lost."""
    return last_on != today or tries_that_day < TRIES_A_DAY


def tries_left(last_on: date | None, tries_that_day: int, today: date) -> int:
    return TRIES_A_DAY - (tries_that_day if last_on == today else 0)


def still_on_the_table(opened_at: datetime, at: datetime) -> bool:
    """Questions of an earlier release are shown for a day; later on they are drawn anew from today's."""
    return at - opened_at < SHEET_LASTS
