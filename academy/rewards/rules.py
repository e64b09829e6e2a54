"""What earns an award: a tree over what a person did. Pure; no code in rules, only data.

Facts are tallies, kept as the deeds come in: `lesson_done` counts the lessons, `lesson_done/culture` those
of one theme, `round_done.right` adds up a figure the deeds carry; `diary` keeps those that depend on days.
Of tracks the facts are their steps and which of them are done; of stars and keys, all that was ever earned.
Nothing here grows with history.
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from academy.rewards.conditions import AtLeast as AtLeast
from academy.rewards.conditions import Count as Count
from academy.rewards.conditions import Distinct as Distinct
from academy.rewards.conditions import Gathered as Gathered
from academy.rewards.conditions import Given as Given
from academy.rewards.conditions import Held as Held
from academy.rewards.conditions import Leaf as Leaf
from academy.rewards.conditions import Period as Period
from academy.rewards.conditions import Reached as Reached
from academy.rewards.conditions import Run as Run
from academy.rewards.conditions import Sum as Sum
from academy.rewards.conditions import Walked as Walked
from academy.rewards.conditions import Within as Within


@dataclass(frozen=True, slots=True)
class Some:
    """At least so many of several rules: all of them, any of them, or n of them."""

    rules: tuple["Rule", ...]
    at_least: int


EARNED = "award_earned"
"""The verb of a deed by which an award was earned: told in the history, counted by no rule."""
GIVEN = "award_given"
"""The verb of a deed by which an award was given by hand; its theme is the award."""
STEPS = ("lesson_done", "quiz_passed")
"""The verbs that bring somebody further on a track."""

WITHDRAWN = "!"
"""Before the key of an award, among those held: it was withdrawn, and is not earned a second time."""

Rule = Leaf | Some


@dataclass(frozen=True, slots=True)
class Facts:
    """What is known of one person: tallies by measure, the awards held, the steps of tracks done.

    `tracks` has the steps of each track; a step is named as the deed that does it (see `services.deed_of`).
    `runs` has the working days in a row as they stand, by verb, where a page wants to tell them: the tallies
    know only which numbers of them were reached. `ever` has all that was earned, by currency, spent or not.
    """

    tallies: Mapping[str, int]
    held: frozenset[str] = frozenset()
    tracks: Mapping[str, frozenset[str]] = field(default_factory=dict)
    done: frozenset[str] = frozenset()
    runs: Mapping[str, int] = field(default_factory=dict)
    ever: Mapping[str, int] = field(default_factory=dict)


Check = Callable[[Facts], bool]
"""Is a rule met by these facts?"""


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


def check_of(rule: Rule) -> Check:
    """`evaluate(rule, facts).met`, for facts to come: what the rule itself says is worked out once."""
    match rule:
        case Some(rules, at_least):
            checks = tuple(map(check_of, rules))
            return lambda facts: sum([check(facts) for check in checks]) >= at_least
        case Count(at_least=need) | Within(at_least=need) | Sum(at_least=need):
            name = measure(rule)
            return lambda facts: facts.tallies.get(name, 0) >= need
        case Held() | AtLeast() | Reached():
            awards = frozenset(awards_asked(rule))
            return lambda facts: not awards.isdisjoint(facts.held)
        case Gathered(currency, at_least=need):
            return lambda facts: facts.ever.get(currency, 0) >= need
        case leaf:
            return lambda facts: _have(leaf, facts) >= _need(leaf, facts)


def leaves(rule: Rule) -> Iterator[Leaf]:
    if isinstance(rule, Some):
        for part in rule.rules:
            yield from leaves(part)
    else:
        yield rule


def on_ladder(rule: Rule, ladder: Sequence[str]) -> Rule:
    """The same rule, in which every level that is waited for knows those above it, the lowest first."""
    match rule:
        case Some(rules, at_least):
            return Some(tuple(on_ladder(part, ladder) for part in rules), at_least)
        case Reached(level) if level in ladder:
            return Reached(level, tuple(ladder[ladder.index(level) :]))
        case other:
            return other


def awards_asked(leaf: Leaf) -> tuple[str, ...]:
    """The awards that a leaf waits for."""
    match leaf:
        case Held(award):
            return (award,)
        case AtLeast(_, _, awards):
            return awards
        case Reached(level, awards):
            return awards or (level,)
        case _:
            return ()


def _missing(part: Progress) -> float:
    return 0.0 if part.met else 1 - part.have / part.need


def _step(leaf: Leaf, facts: Facts) -> Step:
    need = _need(leaf, facts)
    return Step(leaf, min(_have(leaf, facts), need), need)


def _need(leaf: Leaf, facts: Facts) -> int:
    match leaf:
        case Held() | AtLeast() | Reached() | Given():
            return 1
        case Walked(track):
            return max(1, len(facts.tracks.get(track, ())))  # an unknown track is never walked
        case counted:
            return counted.at_least


def measure(leaf: Count | Within | Run | Sum | Given) -> str:
    """The tally that a leaf reads."""
    match leaf:
        case Sum(verb, figure, _):
            return f"{verb}.{figure}"
        case Run(verb, _):
            return f"{verb}#run"
        case Given(award, _):
            return f"{GIVEN}/{award}"
        case Within(_, _, days, _):
            return f"{base(leaf)}#{days}"
        case Count(_, _, _, period):
            return f"{base(leaf)}@{period}" if period else base(leaf)


def base(leaf: Count | Within) -> str:
    """The tally of the same deeds, whenever they were done."""
    return f"{leaf.verb}/{leaf.theme}" if leaf.theme else leaf.verb


def _have(leaf: Leaf, facts: Facts) -> int:
    match leaf:
        case Walked(track):
            return len(facts.tracks.get(track, frozenset()) & facts.done)
        case Held() | AtLeast() | Reached():
            return int(not facts.held.isdisjoint(awards_asked(leaf)))
        case Gathered(currency, _):
            return facts.ever.get(currency, 0)
        case Distinct(verb, _):
            return _themes(verb, facts.tallies)
        case Run(verb, _):
            return max(facts.tallies.get(measure(leaf), 0), facts.runs.get(verb, 0))
        case counted:
            return facts.tallies.get(measure(counted), 0)


def _themes(verb: str, tallies: Mapping[str, int]) -> int:
    """In how many themes there are such deeds; what is kept of them by days is not a theme."""
    return sum(
        n > 0
        for name, n in tallies.items()
        if name.startswith(f"{verb}/") and "#" not in name and "@" not in name
    )
