"""Which lessons have appeared in this academy. Worked out once per catalog, opening and day."""

from datetime import date
from typing import Final, TypeVar

from academy.catalog import releases
from academy.catalog.timetable import Span, Timetable
from academy.catalog.timetable import spans as made_spans
from academy.catalog.timetable import timetable as made
from academy.catalog.tree import Catalog, Module

MOST_KEPT: Final = 64
"""Answers kept by this worker: a few releases, a few time zones, today and yesterday."""

Key = TypeVar("Key")
Value = TypeVar("Value")

_timetables: dict[tuple[str, date | None], Timetable] = {}
_spans: dict[tuple[str, date | None], tuple[Span, ...]] = {}
_appeared: dict[tuple[str, date | None, date], frozenset[str]] = {}


def timetable(catalog: Catalog) -> Timetable:
    """When each lesson of this release appears here."""
    key = catalog.release, releases.opened_on()
    found = _timetables.get(key)
    if found is None:
        found = made(catalog.seasons.values(), key[1])
        _keep(_timetables, key, found)
    return found


def appeared(catalog: Catalog, day: date) -> frozenset[str]:
    """The keys of the lessons that are there on this day, at the reader's place. Costs a look-up."""
    key = catalog.release, releases.opened_on(), day
    found = _appeared.get(key)
    if found is None:
        table = timetable(catalog)
        found = frozenset(lesson for lesson in catalog.lessons if table.has_appeared(lesson, day))
        _keep(_appeared, key, found)
    return found


def lessons_there(catalog: Catalog, module: Module, day: date) -> tuple[str, ...]:
    """The lessons of a module that have appeared, in reading order; none when the module is still closed."""
    there = appeared(catalog, day)
    return tuple(lesson for lesson in module.lessons if lesson in there)


def spans(catalog: Catalog) -> tuple[Span, ...]:
    """The seasons of this release as stretches of days, those that are still to come with them."""
    key = catalog.release, releases.opened_on()
    found = _spans.get(key)
    if found is None:
        found = made_spans(catalog.seasons.values(), key[1])
        _keep(_spans, key, found)
    return found


def under_way(catalog: Catalog, day: date) -> Span | None:
    """The span that day falls in; None before the first."""
    return next((each for each in reversed(spans(catalog)) if each.first <= day), None)


def opens_on(catalog: Catalog, module: Module) -> date | None:
    """The day on which the first lesson of a module appears; None when one has always been there."""
    days = [timetable(catalog).appears_on(lesson) for lesson in module.lessons]
    known = [day for day in days if day is not None]
    return min(known) if len(known) == len(days) else None


def _keep(kept: dict[Key, Value], key: Key, value: Value) -> None:
    if len(kept) >= MOST_KEPT:
        kept.clear()
    kept[key] = value
