"""What rules read of one person, out of sums that the database made: no deed is looked at. Pure.

The same facts as `watching.tallied` has them deed by deed, as far as the rules at hand can tell.
"""

from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Mapping, MutableMapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cache

from academy.deeds.queries import Dated, Summed
from academy.people.calendar import Calendar
from academy.rewards import diary
from academy.rewards.diary import MOST_A_DAY, Around, Watched
from academy.rewards.rules import (
    GIVEN,
    Count,
    Distinct,
    Gathered,
    Given,
    Leaf,
    Rule,
    Run,
    Sum,
    Within,
    leaves,
)
from academy.rewards.watching import Plan


@dataclass(frozen=True, slots=True)
class Needs:
    """What there is to add up: how many deeds of which verbs, on which days of which verbs, which figures."""

    counted: frozenset[str]
    dated: frozenset[str]
    themed: bool
    figures: tuple[str, ...]
    currencies: frozenset[str]


def needs(rules: Iterable[Rule]) -> Needs:
    parts = [leaf for rule in rules for leaf in leaves(rule)]
    return Needs(
        counted=frozenset(verb for leaf in parts for verb in _counted(leaf)),
        dated=frozenset(verb for leaf in parts for verb in _dated(leaf)),
        themed=any(map(_is_themed, parts)),
        figures=tuple(sorted({leaf.figure for leaf in parts if isinstance(leaf, Sum)})),
        currencies=frozenset(leaf.currency for leaf in parts if isinstance(leaf, Gathered)),
    )


def tallied(
    sums: Iterable[Summed],
    days: Iterable[Dated],
    figures: Sequence[str],
    known: Plan,
    calendar: Callable[[date], Calendar],
) -> dict[str, int]:
    """The tallies of one person that these rules read."""
    tallies: dict[str, int] = defaultdict(int)
    for row in sums:
        tallies[row.verb] += row.number
        if row.theme:
            tallies[f"{row.verb}/{row.theme}"] += row.number
        for figure, amount in zip(figures, row.amounts, strict=True):
            tallies[f"{row.verb}.{figure}"] += amount or 0
    around = Around(calendar, lambda *_asked: {})  # in the order of days, nothing is looked up
    for base, found in _by_base(days).items():
        if base in known.watched:
            _look(tallies, base, found, known.watched[base], around)
    return dict(tallies)


def most_within(counts: Mapping[int, int], span: int) -> int:
    """The most deeds there ever were within so many days in a row; `counts` by ordinal, in order."""
    days = list(counts)
    most = inside = first = 0
    for day in days:
        inside += min(counts[day], MOST_A_DAY)
        while days[first] <= day - span:
            inside -= min(counts[days[first]], MOST_A_DAY)
            first += 1
        most = max(most, inside)
    return most


def _counted(leaf: Leaf) -> tuple[str, ...]:
    match leaf:
        case Count(verb, period=None) | Distinct(verb) | Sum(verb):
            return (verb,)
        case Given():
            return (GIVEN,)
        case _:
            return ()


def _dated(leaf: Leaf) -> tuple[str, ...]:
    match leaf:
        case Count(verb, period=period) if period is not None:
            return (verb,)
        case Within(verb) | Run(verb):
            return (verb,)
        case _:
            return ()


def _is_themed(leaf: Leaf) -> bool:
    match leaf:
        case Count(theme=theme) | Within(theme=theme):
            return theme is not None
        case _:
            return isinstance(leaf, Distinct | Given)


def _by_base(days: Iterable[Dated]) -> dict[str, list[str]]:
    """The days of each verb, and of each verb in a theme, in order."""
    found: dict[str, list[str]] = defaultdict(list)
    for row in days:
        listed = row.days.split(",")
        found[row.verb] += listed
        if row.theme:
            found[f"{row.verb}/{row.theme}"] += listed
    return {base: sorted(listed) for base, listed in found.items()}


def _look(
    tallies: MutableMapping[str, int],
    base: str,
    days: Sequence[str],
    watched: Watched,
    around: Around,
) -> None:
    for name, first, last in watched.periods:
        tallies[name] = sum(first <= _day(day) <= last for day in days)
    if watched.windows:
        counts = Counter(_day(day).toordinal() for day in days)
        for span, _most in watched.windows:
            tallies[f"{base}#{span}"] = most_within(counts, span)
    if watched.runs:
        _run(tallies, base, days, watched.runs, around)


def _run(
    tallies: MutableMapping[str, int],
    base: str,
    days: Sequence[str],
    wanted: tuple[int, ...],
    around: Around,
) -> None:
    """Day by day, as they came: until the last number is reached."""
    asked = Watched(runs=wanted)
    for day in dict.fromkeys(days):
        diary.note(tallies, base, _day(day), asked, around)
        if tallies.get(f"{base}#run", 0) >= wanted[-1]:
            return


@cache
def _day(written: str) -> date:
    return date.fromisoformat(written)
