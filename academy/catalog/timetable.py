"""When lessons appear. Pure: the day is given, and so is the day on which the academy opened.

A season starts on a day of the calendar, or so many weeks after the academy opened; its lessons then come
one after the other in its rhythm. A lesson of no season has always been there.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum
from typing import Final

from academy.catalog.said import Words

A_WEEK: Final = timedelta(days=7)
NEW_FOR: Final = timedelta(days=14)
"""How long a lesson is said to be new."""


class Rhythm(StrEnum):
    ONCE = "once"
    WEEKLY = "weekly"
    FORTNIGHTLY = "fortnightly"


WEEKS: Final = {Rhythm.ONCE: 0, Rhythm.WEEKLY: 1, Rhythm.FORTNIGHTLY: 2}
"""Weeks between two appearances of a season."""


@dataclass(frozen=True, slots=True)
class Season:
    """`starts` is a day, or None when it starts `week` weeks after the academy opened."""

    key: str
    title: Words
    summary: Words
    starts: date | None
    week: int
    rhythm: Rhythm
    at_a_time: int
    lessons: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Timetable:
    """The day on which each lesson appears; those without a day have always been there."""

    days: Mapping[str, date]

    def appears_on(self, lesson: str) -> date | None:
        return self.days.get(lesson)

    def has_appeared(self, lesson: str, today: date) -> bool:
        day = self.days.get(lesson)
        return day is None or day <= today

    def is_new(self, lesson: str, today: date) -> bool:
        """Did it appear within these fourteen days?"""
        day = self.days.get(lesson)
        return day is not None and timedelta(0) <= today - day < NEW_FOR

    def next_day(self, today: date) -> date | None:
        """The next day on which something appears."""
        return min((day for day in self.days.values() if day > today), default=None)


def timetable(seasons: Iterable[Season], opened_on: date | None) -> Timetable:
    """Weeks are counted from the Monday of the week in which the academy opened; week 0 is its opening.

    An academy that has not opened (`opened_on` is None) hides nothing that waits for its opening.
    """
    return Timetable(
        {
            lesson: day
            for season in seasons
            for lesson, day in _appearances(season, opened_on)
            if day is not None
        }
    )


@dataclass(frozen=True, slots=True)
class Span:
    """The days from one beginning of seasons to the next; `last` is None for the latest."""

    first: date
    last: date | None
    seasons: tuple[Season, ...]


def spans(seasons: Iterable[Season], opened_on: date | None) -> tuple[Span, ...]:
    """Seasons that begin on one day make one span, in order; those without a day make none."""
    begins: dict[date, list[Season]] = {}
    for season in seasons:
        day = season.starts or _day(season, 0, opened_on) or (opened_on and _monday(opened_on))
        if day:
            begins.setdefault(day, []).append(season)
    days = sorted(begins)
    ends: list[date | None] = [*(day - timedelta(days=1) for day in days[1:]), None]
    return tuple(Span(day, end, tuple(begins[day])) for day, end in zip(days, ends, strict=False))


def _monday(day: date) -> date:
    return day - timedelta(days=day.weekday())


def _appearances(season: Season, opened_on: date | None) -> Iterator[tuple[str, date | None]]:
    for place, lesson in enumerate(season.lessons):
        weeks = place // season.at_a_time * WEEKS[season.rhythm]
        yield lesson, _day(season, weeks, opened_on)


def _day(season: Season, weeks: int, opened_on: date | None) -> date | None:
    if season.starts is not None:
        return season.starts + weeks * A_WEEK
    weeks += season.week
    if opened_on is None or weeks == 0:
        return None
    return _monday(opened_on) + weeks * A_WEEK
