"""The months of a pair, by its own calendar: when each begins, what is due, when it is silent. Pure."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import StrEnum
from typing import Final

from academy.people.roles.rules import months_later

REMINDED_AFTER: Final = timedelta(weeks=4)
TOLD_AFTER: Final = timedelta(weeks=5)
CLOSED_AFTER: Final = timedelta(weeks=4)
"""After the last month, so long may the two still write a meeting down and close by themselves."""
ENOUGH: Final = 5
"""Fewer people are never summed up."""


class Condition(StrEnum):
    """How a pair is, for its organisers."""

    ASKS = "asks"
    SILENT = "silent"
    NEW = "new"
    ON_TRACK = "on_track"
    CLOSED = "closed"
    PARTED = "parted"


OPEN: Final = (Condition.ASKS, Condition.SILENT, Condition.NEW, Condition.ON_TRACK)


@dataclass(frozen=True, slots=True)
class Course:
    """So many months from the day of the second signature. Months count from 1."""

    began_on: date
    months: int

    def first(self, month: int) -> date:
        return months_later(self.began_on, month - 1)

    def last(self, month: int) -> date:
        return self.first(month + 1) - timedelta(days=1)

    @property
    def ends_on(self) -> date:
        return self.last(self.months)

    def month_of(self, day: date) -> int:
        """The month this day is in; before the first it is 1, after the last one the last."""
        begun = sum(self.first(month) <= day for month in range(1, self.months + 1))
        return max(1, begun)

    def over(self, day: date) -> bool:
        return day > self.ends_on

    def due(self, day: date) -> int:
        """One meeting for each month that is over."""
        return sum(self.last(month) < day for month in range(1, self.months + 1))

    def kept(self, held_on: Iterable[date]) -> frozenset[int]:
        """The months in which they met."""
        return frozenset(self.month_of(day) for day in held_on)

    def may_close(self, day: date) -> bool:
        """From the first day of the last month on."""
        return day >= self.first(self.months)


@dataclass(frozen=True, slots=True)
class Life:
    """What is known of a pair without what it says: `state` as kept, `wrote_at` its last entry."""

    state: str
    asks: bool
    course: Course | None
    held: int
    wrote_at: datetime | None


def condition(life: Life, at: datetime) -> Condition:
    """One word for each pair; whoever asks for another pair comes before whoever is silent."""
    if life.state in (Condition.CLOSED, Condition.PARTED):
        return Condition(life.state)
    if life.asks:
        return Condition.ASKS
    if life.course is None:
        return Condition.NEW
    return Condition.SILENT if silent(life, at, TOLD_AFTER) else Condition.ON_TRACK


def silent(life: Life, at: datetime, long: timedelta) -> bool:
    """Has a live pair written nothing down for so long? Nobody is expected to once its months are over."""
    if life.course is None or life.course.over(at.date()):
        return False
    if life.wrote_at is not None:
        return at - life.wrote_at >= long
    return at.date() - life.course.began_on >= long


def due(life: Life, today: date) -> int:
    return life.course.due(today) if life.course else 0
