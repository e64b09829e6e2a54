"""What a search proposes, and what is known of it."""

from dataclasses import dataclass

from academy.mentoring.pairing.figures import Figures, Level, Policy
from academy.mentoring.pairing.pool import Pair


@dataclass(frozen=True, slots=True)
class Proposal:
    """Pairs and their figures. `proven`: the levels, from the first on, that no other choice can better.

    `bound`: how good the first level that is not proven could be at most (None when all are proven).
    `sought` is the order in which things counted.
    """

    pairs: frozenset[Pair]
    figures: Figures
    policy: Policy
    sought: tuple[Level, ...]
    proven: tuple[Level, ...]
    bound: int | None
    seed: int

    @property
    def optimal(self) -> bool:
        """Nothing could be better, at any level."""
        return self.proven == self.sought

    @property
    def doubtful(self) -> Level | None:
        """The first level that might be bettered with more time."""
        return None if self.optimal else self.sought[len(self.proven)]

    def partners(self, person: int) -> tuple[int, ...]:
        """With whom somebody is."""
        return tuple(
            sorted(other for pair in self.pairs for me, other in (pair, pair[::-1]) if me == person)
        )


@dataclass(frozen=True, slots=True)
class Change:
    """One person whose partners differ between two proposals."""

    person: int
    before: tuple[int, ...]
    after: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Comparison:
    """What another proposal changes: for whom, and by how much at each level (after less before).

    How many pairs were kept is told by `ended`, not by a level.
    """

    changes: tuple[Change, ...]
    ended: frozenset[Pair]
    begun: frozenset[Pair]
    delta: dict[Level, int]


def compare(before: Proposal, after: Proposal) -> Comparison:
    """Who changes, and what it costs or brings."""
    ended, begun = before.pairs - after.pairs, after.pairs - before.pairs
    people = sorted({person for pair in ended | begun for person in pair})
    return Comparison(
        tuple(Change(each, before.partners(each), after.partners(each)) for each in people),
        ended,
        begun,
        {
            level: after.figures.of(level) - before.figures.of(level)
            for level in Level
            if level is not Level.KEPT
        },
    )
