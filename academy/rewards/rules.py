"""What earns an award: a tree over what a person did. Pure; no code in rules, only data.

Facts are tallies, kept as the deeds come in: `lesson_done` counts the lessons, `lesson_done/culture` those
of one theme, `round_done.right` adds up a figure the deeds carry. Of tracks the facts are their steps and
which of them are done. Nothing here grows with history.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace


@dataclass(frozen=True, slots=True)
class Count:
    """At least so many deeds of one verb, in one theme or anywhere."""

    verb: str
    at_least: int
    theme: str | None = None


@dataclass(frozen=True, slots=True)
class Distinct:
    """Deeds of one verb in at least so many different themes."""

    verb: str
    at_least: int


@dataclass(frozen=True, slots=True)
class Sum:
    """At least so much of a figure that deeds of one verb carry."""

    verb: str
    figure: str
    at_least: int


@dataclass(frozen=True, slots=True)
class Held:
    """Another award is held."""

    award: str


@dataclass(frozen=True, slots=True)
class Walked:
    """Every step of a track is done, by somebody whose track it is."""

    track: str


@dataclass(frozen=True, slots=True)
class Some:
    """At least so many of several rules: all of them, any of them, or n of them."""

    rules: tuple["Rule", ...]
    at_least: int


Leaf = Count | Distinct | Sum | Held | Walked
Rule = Leaf | Some


@dataclass(frozen=True, slots=True)
class Facts:
    """What is known of one person: tallies by measure, the awards held, the steps of tracks done.

    `tracks` has the steps of each track; a step is named as the deed that does it (see `services.deed_of`).
    """

    tallies: Mapping[str, int]
    held: frozenset[str] = frozenset()
    tracks: Mapping[str, frozenset[str]] = field(default_factory=dict)
    done: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class Step:
    """One leaf of a rule and how far the person is; `have` never exceeds `need`."""

    rule: Leaf
    have: int
    need: int

    @property
    def met(self) -> bool:
        return self.have >= self.need


@dataclass(frozen=True, slots=True)
class Progress:
    """How far a whole rule is; `steps` are its leaves, in the author's order."""

    met: bool
    have: int
    need: int
    steps: tuple[Step, ...]


def measures(verb: str, theme: str | None, result: Mapping[str, int]) -> dict[str, int]:
    """What one deed adds to the tallies."""
    added = {verb: 1}
    if theme:
        added[f"{verb}/{theme}"] = 1
    added.update({f"{verb}.{figure}": amount for figure, amount in result.items() if amount})
    return added


def evaluate(rule: Rule, facts: Facts) -> Progress:
    """Is the rule met, and how far is it? `have` and `need` add up over the leaves that count."""
    if not isinstance(rule, Some):
        step = _step(rule, facts)
        return Progress(step.met, step.have, step.need, (step,))
    parts = [evaluate(part, facts) for part in rule.rules]
    nearest = sorted(parts, key=_missing)[: rule.at_least]
    return Progress(
        met=sum(part.met for part in parts) >= rule.at_least,
        have=sum(part.have for part in nearest),
        need=sum(part.need for part in nearest),
        steps=tuple(step for part in parts for step in part.steps),
    )


def is_met(rule: Rule, facts: Facts) -> bool:
    """`evaluate(rule, facts).met`, without the account of how far it is."""
    if isinstance(rule, Some):
        return sum(is_met(part, facts) for part in rule.rules) >= rule.at_least
    return _have(rule, facts) >= _need(rule, facts)


def leaves(rule: Rule) -> Iterator[Leaf]:
    if isinstance(rule, Some):
        for part in rule.rules:
            yield from leaves(part)
    else:
        yield rule


def newly_met(rules: Iterable[tuple[str, Rule]], facts: Facts) -> tuple[str, ...]:
    """The awards, by key, that the facts earn and that are not held; awards earned on the way count too."""
    rules = tuple(rules)
    held = set(facts.held)
    found: list[str] = []
    while True:
        now = replace(facts, held=frozenset(held))
        met = [key for key, rule in rules if key not in held and is_met(rule, now)]
        if not met:
            return tuple(found)
        held.update(met)
        found.extend(met)


def _missing(part: Progress) -> float:
    return 0.0 if part.met else 1 - part.have / part.need


def _step(leaf: Leaf, facts: Facts) -> Step:
    need = _need(leaf, facts)
    return Step(leaf, min(_have(leaf, facts), need), need)


def _need(leaf: Leaf, facts: Facts) -> int:
    match leaf:
        case Held():
            return 1
        case Walked(track):
            return max(1, len(facts.tracks.get(track, ())))  # an unknown track is never walked
        case counted:
            return counted.at_least


def _have(leaf: Leaf, facts: Facts) -> int:
    match leaf:
        case Walked(track):
            return len(facts.tracks.get(track, frozenset()) & facts.done)
        case Held(award):
            return int(award in facts.held)
        case Count(verb, _, theme):
            return facts.tallies.get(f"{verb}/{theme}" if theme else verb, 0)
        case Distinct(verb, _):
            return sum(
                n > 0 for measure, n in facts.tallies.items() if measure.startswith(f"{verb}/")
            )
        case Sum(verb, figure, _):
            return facts.tallies.get(f"{verb}.{figure}", 0)
