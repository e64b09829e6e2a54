"""What the awards in force ask of a deed: which measures to keep, which rules to look at. Pure.

Made once for the awards in force, so that a deed costs what the rules about its verb cost, however many
other rules there are.
"""

from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Mapping, MutableMapping
from dataclasses import dataclass, replace
from datetime import date
from typing import NamedTuple

from academy.people.calendar import Calendar
from academy.rewards import diary
from academy.rewards.diary import Around, Watched
from academy.rewards.evidence import Deed, verbs_of
from academy.rewards.rules import (
    EARNED,
    WITHDRAWN,
    Check,
    Count,
    Facts,
    Leaf,
    Rule,
    Run,
    Within,
    awards_asked,
    base,
    check_of,
    leaves,
    measure,
    measures,
)


class Watch(NamedTuple):
    """An award, how its withdrawal is kept, and what earns it."""

    award: str
    withdrawn: str
    check: Check


Watches = tuple[Watch, ...]


@dataclass(frozen=True, slots=True)
class Plan:
    """`of_verb` and `of_award` hold the rules a deed, or an award just won, may complete."""

    watched: Mapping[str, Watched]
    of_verb: Mapping[str, Watches]
    of_award: Mapping[str, Watches]
    all: Watches

    def met(self, verb: str, facts: Facts) -> tuple[str, ...]:
        """The awards that a deed of this verb completes, and those that they complete in turn."""
        return self._spread(self.of_verb.get(verb, ()), facts)

    def met_by(self, facts: Facts) -> tuple[str, ...]:
        """All that the facts earn and that is not held, whichever deed it was."""
        return self._spread(self.all, facts)

    def _spread(self, asked: Watches, facts: Facts) -> tuple[str, ...]:
        found: dict[str, None] = {}
        while here := dict.fromkeys(_earned(asked, facts)):
            found |= here
            facts = replace(facts, held=facts.held.union(here))
            asked = tuple(each for key in here for each in self.of_award.get(key, ()))
        return tuple(found)


def plan(rules: Iterable[tuple[str, Rule]]) -> Plan:
    rules = tuple(rules)
    watches = tuple(Watch(key, WITHDRAWN + key, check_of(rule)) for key, rule in rules)
    of_verb: dict[str, list[Watch]] = defaultdict(list)
    of_award: dict[str, list[Watch]] = defaultdict(list)
    for watch, (_key, rule) in zip(watches, rules, strict=True):
        parts = tuple(leaves(rule))
        for verb in dict.fromkeys(verb for leaf in parts for verb in _verbs(leaf)):
            of_verb[verb].append(watch)
        for award in dict.fromkeys(award for leaf in parts for award in awards_asked(leaf)):
            of_award[award].append(watch)
    return Plan(
        watched=_watched(leaf for _key, rule in rules for leaf in leaves(rule)),
        of_verb={verb: tuple(each) for verb, each in of_verb.items()},
        of_award={award: tuple(each) for award, each in of_award.items()},
        all=watches,
    )


def take(
    tallies: MutableMapping[str, int],
    verb: str,
    theme: str | None,
    result: Mapping[str, int],
    day: date,
    watched: Mapping[str, Watched],
    around: Around,
) -> None:
    """Count one deed: its measures, and what is kept of its day where a rule asks."""
    for name, amount in measures(verb, theme, result).items():
        tallies[name] = tallies.get(name, 0) + amount
    if verb in watched:
        diary.note(tallies, verb, day, watched[verb], around)
    if theme and (asked := watched.get(f"{verb}/{theme}")):
        diary.note(tallies, f"{verb}/{theme}", day, asked, around)


def tallied(
    history: Iterable[Deed], known: Plan, calendar: Callable[[date], Calendar]
) -> dict[str, int]:
    """What the deeds of one person add up to, in the order they came, as if each had just been recorded."""
    tallies: dict[str, int] = {}
    so_far: list[Deed] = []
    around = Around(calendar, lambda base, first, last: _by_day(so_far, base, first, last))
    for deed in history:
        if deed.verb == EARNED:
            continue
        so_far.append(deed)
        count = (tallies, deed.verb, deed.theme, deed.result, deed.day)
        take(*count, known.watched, around)
    return tallies


def _by_day(deeds: Iterable[Deed], base: str, first: date, last: date) -> dict[int, int]:
    verb, _slash, theme = base.partition("/")
    return Counter(
        deed.day.toordinal()
        for deed in deeds
        if deed.verb == verb and first <= deed.day <= last and theme in ("", deed.theme)
    )


def _earned(asked: Watches, facts: Facts) -> list[str]:
    """What is neither held nor withdrawn, and met."""
    held = facts.held
    return [
        award
        for award, withdrawn, check in asked
        if award not in held and check(facts) and withdrawn not in held
    ]


def _verbs(leaf: Leaf) -> tuple[str, ...]:
    """The verbs whose deeds may complete a leaf."""
    return () if awards_asked(leaf) else verbs_of(leaf)


def _watched(asked: Iterable[Leaf]) -> dict[str, Watched]:
    periods: dict[str, set[tuple[str, date, date]]] = defaultdict(set)
    windows: dict[str, dict[int, int]] = defaultdict(dict)
    runs: dict[str, set[int]] = defaultdict(set)
    for leaf in asked:
        match leaf:
            case Count(period=period) if period is not None:
                name, first, last = measure(leaf), period.since, period.until
                periods[base(leaf)].add((name, first or date.min, last or date.max))
            case Within(_, at_least, days, _):
                spans = windows[base(leaf)]
                spans[days] = max(spans.get(days, 0), at_least)
            case Run(verb, at_least):
                runs[verb].add(at_least)
    return {
        name: Watched(
            tuple(sorted(periods[name])),
            tuple(sorted(windows[name].items())),
            tuple(sorted(runs[name])),
        )
        for name in {*periods, *windows, *runs}
    }
