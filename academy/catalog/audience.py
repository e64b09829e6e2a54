"""For whom something is meant: a tree of conditions, and why it is met. Pure; data, no code.

The same reasons explain a yes and a no: "because you manage people", "because you do not".
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta


@dataclass(frozen=True, slots=True)
class Everyone:
    pass


@dataclass(frozen=True, slots=True)
class Works:
    """Their trade, as HR names it."""

    job: str


@dataclass(frozen=True, slots=True)
class Within:
    """They work in this entity, or in one below it."""

    entity: str


@dataclass(frozen=True, slots=True)
class Country:
    """Their site is in this country: `FR`."""

    code: str


@dataclass(frozen=True, slots=True)
class Holds:
    role: str


@dataclass(frozen=True, slots=True)
class Manages:
    """At least one person reports to them today."""


@dataclass(frozen=True, slots=True)
class Joined:
    """They joined the company at most so many days ago."""

    within: int


@dataclass(frozen=True, slots=True)
class Speaks:
    """The language in which they read the academy."""

    language: str


@dataclass(frozen=True, slots=True)
class All:
    parts: tuple["Audience", ...]


@dataclass(frozen=True, slots=True)
class AnyOf:
    parts: tuple["Audience", ...]


@dataclass(frozen=True, slots=True)
class Not:
    part: "Audience"


Leaf = Everyone | Works | Within | Country | Holds | Manages | Joined | Speaks
Audience = Leaf | All | AnyOf | Not


@dataclass(frozen=True, slots=True)
class Facts:
    """What is known of one person's work on one day. `entities` are theirs and those above: key to name."""

    today: date
    joined_on: date
    language: str
    job: str = ""
    entities: Mapping[str, str] = field(default_factory=dict)
    country: str = ""
    roles: frozenset[str] = frozenset()
    manages: bool = False


@dataclass(frozen=True, slots=True)
class Reason:
    """One condition and whether it holds."""

    leaf: Leaf
    holds: bool


@dataclass(frozen=True, slots=True)
class Verdict:
    """Does somebody belong, and the conditions that decided it."""

    belongs: bool
    because: tuple[Reason, ...]


def judge(rule: Audience, facts: Facts) -> Verdict:
    """Does the person belong? The reasons are the fewest that settle it, in the author's order."""
    match rule:
        case Not(part):
            found = judge(part, facts)
            return Verdict(not found.belongs, found.because)
        case All(parts):
            return _several(parts, facts, settles=False)
        case AnyOf(parts):
            return _several(parts, facts, settles=True)
        case leaf:
            holds = _holds(leaf, facts)
            return Verdict(holds, (Reason(leaf, holds),))


def reaches_nobody(rule: Audience) -> bool:
    """Is it plain from the rule alone that nobody can belong?"""
    return _settled(rule) is False


def _several(parts: tuple[Audience, ...], facts: Facts, settles: bool) -> Verdict:
    """The first part that comes out as `settles` decides alone; without one, all the others decide."""
    verdicts = [judge(part, facts) for part in parts]
    for verdict in verdicts:
        if verdict.belongs is settles:
            return verdict
    return Verdict(not settles, tuple(why for verdict in verdicts for why in verdict.because))


def _holds(leaf: Leaf, facts: Facts) -> bool:
    match leaf:
        case Works(job):
            return job == facts.job
        case Within(entity):
            return entity in facts.entities
        case Holds(role):
            return role in facts.roles
        case Joined(within):
            return facts.today - facts.joined_on <= timedelta(days=within)
        case _:
            return _holds_plainly(leaf, facts)


def _holds_plainly(leaf: Leaf, facts: Facts) -> bool:
    match leaf:
        case Country(code):
            return code == facts.country
        case Manages():
            return facts.manages
        case Speaks(language):
            return language == facts.language
        case _:
            return True


def _settled(rule: Audience) -> bool | None:
    """What the rule says of anybody; None when it depends on whom."""
    match rule:
        case Everyone():
            return True
        case Not(part):
            inner = _settled(part)
            return None if inner is None else not inner
        case All(parts):
            return _settled_by(parts, False)
        case AnyOf(parts):
            return _settled_by(parts, True)
        case _:
            return None


def _settled_by(parts: tuple[Audience, ...], settles: bool) -> bool | None:
    inner = {_settled(part) for part in parts}
    if settles in inner:
        return settles
    return None if None in inner else not settles
