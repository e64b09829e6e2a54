"""Where somebody stands: when they were first and last seen, and their last minute. Pure."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta

WEEK = timedelta(days=7)


@dataclass(frozen=True, slots=True)
class Seen:
    """What one person did on one day; `round` is their minute."""

    day: date
    round: bool


@dataclass(frozen=True, slots=True)
class Standing:
    """`before_on` is the last day seen before the week of `last_on`; None for what never was."""

    first_on: date
    last_on: date
    before_on: date | None = None
    round_on: date | None = None


Known = Mapping[int, Standing]
"""By the number of a person."""


def monday(day: date) -> date:
    return day - timedelta(days=day.weekday())


def after(before: Standing | None, seen: Iterable[Seen]) -> Standing | None:
    """The standing once these days are counted, in order; counting one twice changes nothing."""
    found = before
    for each in sorted(seen, key=lambda one: one.day):
        found = _after(found or Standing(each.day, each.day), each)
    return found


def _after(found: Standing, seen: Seen) -> Standing:
    first, last, before, minute = found.first_on, found.last_on, found.before_on, found.round_on
    if seen.day > last:
        if monday(seen.day) > monday(last):
            before = last
        last = seen.day
    if seen.day < first:
        first = seen.day
    if seen.round:
        minute = max(minute or seen.day, seen.day)
    return Standing(first, last, before, minute)
