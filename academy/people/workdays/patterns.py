"""Working patterns: weekdays as one number, and how they follow one another. Pure."""

from collections.abc import Collection, Iterable
from datetime import date
from typing import NamedTuple

from academy.people.calendar import A_DAY, MONDAY_TO_FRIDAY, Change

WEEK = range(7)


class Dated(NamedTuple):
    """A pattern, from when to when."""

    starts_on: date
    ends_on: date | None
    bits: int


def bits(weekdays: Collection[int]) -> int:
    """Monday 1, Tuesday 2, ... Sunday 64, added up."""
    return sum(1 << day for day in set(weekdays))


def weekdays(number: int) -> frozenset[int]:
    return frozenset(day for day in WEEK if number >> day & 1)


def changes(patterns: Iterable[Dated]) -> tuple[Change, ...]:
    """What is worked from when on; Monday to Friday wherever no pattern says otherwise.

    The patterns come in the order they were set: of two that begin on one day, the later is right.
    """
    found = []
    for pattern in patterns:
        found.append(Change(pattern.starts_on, weekdays(pattern.bits)))
        if pattern.ends_on is not None and pattern.ends_on < date.max:
            found.append(Change(pattern.ends_on + A_DAY, MONDAY_TO_FRIDAY))
    return tuple(sorted(found, key=lambda change: change.on))


def ahead(timeline: Iterable[Change], today: date) -> tuple[Change, ...]:
    """What will be worked from when on, after today; of two changes on one day, the later is right."""
    return tuple({each.on: each for each in timeline if each.on > today}.values())
