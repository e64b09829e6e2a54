"""What a page may say of somebody's working days: rows, weeks, and what comes next. Pure."""

from collections.abc import Collection, Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

from academy.people.calendar import A_DAY, Calendar
from academy.rewards.diary import GRACE, current, runs_of

WINDOW = timedelta(days=366)
"""How far back a page looks: what it costs does not grow with the years."""
WEEKS = 5
A_WEEK = 7


class State(StrEnum):
    """What became of a day. None of them is a reproach."""

    DONE = "done"
    OFF = "off"
    AWAY = "away"
    OPEN = "open"
    WAITING = "waiting"
    AHEAD = "ahead"
    BEFORE = "before"


@dataclass(frozen=True, slots=True)
class Row:
    """Working days in a row, and the last of them."""

    length: int
    until: date


@dataclass(frozen=True, slots=True)
class Day:
    on: date
    state: State


@dataclass(frozen=True, slots=True)
class Rhythm:
    """`current` is 0 between two rows. `waits_until` is the last day on which a minute carries the row on."""

    current: int
    longest: Row | None
    this_month: int
    weeks: tuple[tuple[Day, ...], ...]
    today: State
    next_day: date | None
    waits_until: date | None


def rhythm(done: Collection[date], calendar: Calendar, today: date, since: date) -> Rhythm:
    """`done` are the days with a minute, within WINDOW; nothing was expected before `since`."""
    days = [day.toordinal() for day in done]
    now = current(days, today, calendar)
    return Rhythm(
        current=now,
        longest=longest(done, calendar),
        this_month=sum((day.year, day.month) == (today.year, today.month) for day in done),
        weeks=tuple(_weeks(frozenset(done), calendar, today, since)),
        today=_state(today, frozenset(done), calendar, today, since),
        next_day=calendar.next_working_day(today),
        waits_until=_waits_until(days, calendar) if now else None,
    )


def longest(done: Collection[date], calendar: Calendar) -> Row | None:
    """The longest row among these days; of two, the later one."""
    rows = runs_of((day.toordinal() for day in done), calendar)
    best = max(rows, key=lambda row: (len(row), row[-1]), default=None)
    return Row(len(best), date.fromordinal(best[-1])) if best else None


def _waits_until(days: Collection[int], calendar: Calendar) -> date | None:
    last = date.fromordinal(runs_of(days, calendar)[-1][-1])
    return calendar.add_working_days(last, GRACE + 1)


def _weeks(
    done: Collection[date], calendar: Calendar, today: date, since: date
) -> Iterator[tuple[Day, ...]]:
    """The last weeks, from Monday to Sunday; this one comes last."""
    first = today - timedelta(days=today.weekday() + A_WEEK * (WEEKS - 1))
    for week in range(WEEKS):
        days = [first + (A_WEEK * week + number) * A_DAY for number in range(A_WEEK)]
        yield tuple(Day(day, _state(day, done, calendar, today, since)) for day in days)


def _state(
    day: date, done: Collection[date], calendar: Calendar, today: date, since: date
) -> State:
    if day in done:
        return State.DONE
    if day < since:
        return State.BEFORE
    if not calendar.without_leave().is_working(day):
        return State.OFF
    if not calendar.is_working(day):
        return State.AWAY
    if day == today:
        return State.WAITING
    return State.AHEAD if day > today else State.OPEN
