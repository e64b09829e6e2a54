"""Where somebody stands: when they were first and last seen, and their last minute. Pure."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
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
    if seen.day > found.last_on:
        if monday(seen.day) > monday(found.last_on):
            found = replace(found, before_on=found.last_on)
        found = replace(found, last_on=seen.day)
    if seen.day < found.first_on:
        found = replace(found, first_on=seen.day)
    if seen.round:
        found = replace(found, round_on=max(found.round_on or seen.day, seen.day))
    return found
