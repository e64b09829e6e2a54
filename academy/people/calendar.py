"""When somebody works: weekdays, public holidays, closures of their site, leave. Pure."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import NamedTuple

MONDAY_TO_FRIDAY = frozenset(range(5))
A_DAY = timedelta(days=1)
LONGEST_WAIT = 366
"""Days scanned, at most, in search of the next working day: who does not work for a year has none."""


class Span(NamedTuple):
    """Days in a row, both ends included."""

    first: date
    last: date

    def holds(self, day: date) -> bool:
        return self.first <= day <= self.last


class Change(NamedTuple):
    """From this day on, other weekdays are worked."""

    on: date
    pattern: frozenset[int]


@dataclass(frozen=True, slots=True)
class Calendar:
    """One person's working days.

    `pattern` holds the weekdays worked, Monday being 0; a half day counts as worked. `changes` say, in
    order, from when other weekdays are. Every answer is total: a calendar without working days says so
    (None, or 0), and so does the end of all dates.
    """

    country: str | None = None
    holidays: frozenset[date] = frozenset()
    closures: tuple[Span, ...] = ()
    pattern: frozenset[int] = MONDAY_TO_FRIDAY
    leave: tuple[Span, ...] = ()
    changes: tuple[Change, ...] = ()

    def is_working(self, day: date) -> bool:
        return (
            day.weekday() in self.pattern_on(day)
            and day not in self.holidays
            and not any(span.holds(day) for span in self.closures)
            and not any(span.holds(day) for span in self.leave)
        )

    def without_leave(self) -> "Calendar":
        """The days the person would work if they were never away."""
        return replace(self, leave=())

    def pattern_on(self, day: date) -> frozenset[int]:
        """The weekdays worked at that time."""
        begun = (change.pattern for change in reversed(self.changes) if change.on <= day)
        return next(begun, self.pattern)

    def next_working_day(self, day: date) -> date | None:
        """The first one after `day`; None when there is none within a year."""
        return next(filter(self.is_working, _days(day, A_DAY)), None)

    def previous_working_day(self, day: date) -> date | None:
        """The last one before `day`; None when there is none within a year."""
        return next(filter(self.is_working, _days(day, -A_DAY)), None)

    def working_days_between(self, a: date, b: date) -> int:
        """How many there are after `a` and up to `b`, which counts; 0 when `b` is not after `a`."""
        return sum(self.is_working(a + days * A_DAY) for days in range(1, (b - a).days + 1))

    def add_working_days(self, day: date, n: int) -> date | None:
        """The n-th working day after `day` (before it, when `n` is negative); `day` itself for 0."""
        step = self.next_working_day if n > 0 else self.previous_working_day
        found: date | None = day
        for _ in range(abs(n)):
            if found is None:
                break
            found = step(found)
        return found


def _days(day: date, step: timedelta) -> Iterator[date]:
    """The days after (or before) this one, for a year, as far as dates go."""
    for _ in range(LONGEST_WAIT):
        try:
            day += step
        except OverflowError:
            return
        yield day
