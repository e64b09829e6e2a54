"""Which deeds show that an award was earned. Pure; a few of them, whatever the history."""

from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from typing import Any, Protocol

from academy.deeds.verbs import Verb
from academy.rewards.rules import (
    EARNED,
    GIVEN,
    STEPS,
    Count,
    Distinct,
    Gathered,
    Given,
    Leaf,
    Rule,
    Run,
    Sum,
    Walked,
    Within,
    awards_asked,
    leaves,
)
from academy.rewards.tariff import PAYING, Currency, pay

MOST = 12
"""Deeds kept with a grant, at most."""
EACH = 6
"""Deeds kept for one condition of several, at most."""
READ = 120
"""Deeds looked at, at most, the newest first."""


class Deed(Protocol):
    @property
    def id(self) -> int: ...
    @property
    def verb(self) -> str: ...
    @property
    def theme(self) -> str | None: ...
    @property
    def day(self) -> date: ...
    @property
    def subject(self) -> str: ...
    @property
    def result(self) -> Any: ...


def verbs(rule: Rule) -> tuple[str, ...]:
    """The deeds worth looking at."""
    return tuple(dict.fromkeys(verb for leaf in leaves(rule) for verb in verbs_of(leaf)))


def verbs_of(leaf: Leaf) -> tuple[str, ...]:
    """The verbs of the deeds that one condition counts."""
    match leaf:
        case Walked():
            return STEPS
        case Given():
            return (GIVEN,)
        case Gathered(currency):
            return tuple(PAYING[Currency(currency)])
        case Count(verb) | Within(verb) | Run(verb) | Distinct(verb) | Sum(verb):
            return (verb,)
        case _:
            return (EARNED,)


def kept(rule: Rule, newest_first: Sequence[Deed]) -> list[dict[str, Any]]:
    """Some of the deeds that count, each once, the newest first."""
    parts = tuple(leaves(rule))
    most = MOST if len(parts) == 1 else EACH
    found: dict[int, Deed] = {}
    for leaf in parts:
        for place, deed in enumerate(_counting(leaf, newest_first)):
            if place == most or len(found) == MOST:
                break
            found[deed.id] = deed
    return [
        {
            "deed": deed.id,
            "on": deed.day.isoformat(),
            "verb": deed.verb,
            "subject": deed.subject,
            "result": {name: n for name, n in dict(deed.result).items() if n},
        }
        for deed in sorted(found.values(), key=lambda each: (each.day, each.id), reverse=True)
    ]


def _counting(leaf: Leaf, deeds: Iterable[Deed]) -> Iterable[Deed]:
    """The deeds a leaf counts, as many as it needs."""
    match leaf:
        case Count() | Within() | Run():
            return _first(leaf.at_least, (deed for deed in deeds if _is_counted(leaf, deed)))
        case Distinct(verb, need):
            return _first(need, _one_of_each_theme(verb, deeds))
        case Sum(verb, figure, _):
            return (deed for deed in deeds if deed.verb == verb and deed.result.get(figure))
        case Gathered(currency, _):
            return (
                deed for deed in deeds if currency in pay(Verb(deed.verb), deed.result).amounts()
            )
        case _:
            return (deed for deed in deeds if _is_asked(leaf, deed))


def _is_counted(leaf: Count | Within | Run, deed: Deed) -> bool:
    if deed.verb != leaf.verb:
        return False
    if isinstance(leaf, Run):
        return True
    period = leaf.period if isinstance(leaf, Count) else None
    return leaf.theme in (None, deed.theme) and (period is None or period.holds(deed.day))


def _is_asked(leaf: Leaf, deed: Deed) -> bool:
    if isinstance(leaf, Given):
        return deed.verb == GIVEN and deed.subject == leaf.award
    if isinstance(leaf, Walked):
        return deed.verb in STEPS
    return deed.verb == EARNED and deed.subject in awards_asked(leaf)


def _one_of_each_theme(verb: str, deeds: Iterable[Deed]) -> Iterable[Deed]:
    found: dict[str, Deed] = {}
    for deed in deeds:
        if deed.verb == verb and deed.theme:
            found.setdefault(deed.theme, deed)
    return found.values()


def _first(most: int, deeds: Iterable[Deed]) -> Iterator[Deed]:
    for place, deed in enumerate(deeds):
        if place == most:
            return
        yield deed
