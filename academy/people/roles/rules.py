"""How long a role may be lent. Pure."""

from datetime import date, timedelta
from enum import StrEnum, auto

from academy.people.calendar import Span

MONTHS = 6
A_YEAR = 12
FARTHEST = timedelta(days=366)


class Objection(StrEnum):
    BACKWARDS = auto()
    PAST = auto()
    FAR = auto()
    LONG = auto()
    OUTLIVES = auto()


def objection(days: Span, held_until: date | None, today: date) -> Objection | None:
    """What speaks against lending a role, held until then, for these days; None when nothing does."""
    if days.last < days.first:
        return Objection.BACKWARDS
    if days.first < today:
        return Objection.PAST
    if days.first - today > FARTHEST:
        return Objection.FAR
    if days.last >= months_later(days.first, MONTHS):
        return Objection.LONG
    if held_until is not None and days.last > held_until:
        return Objection.OUTLIVES
    return None


def months_later(day: date, months: int) -> date:
    """The same day some months later; the first of the next month where there is no such day."""
    years, month = divmod(day.month - 1 + months, A_YEAR)
    try:
        return day.replace(year=day.year + years, month=month + 1)
    except ValueError:  # a 31 June: never in December, so the next month is of the same year
        return date(day.year + years, month + 2, 1)
