"""What can be said in numbers of a choice of pairs, and in which order it counts."""

from dataclasses import dataclass
from enum import StrEnum

import numpy as np

from academy.mentoring.pairing.pool import Pair
from academy.mentoring.pairing.table import Marks, Numbers, Side, Table

FREE = np.iinfo(np.int64).max


class Level(StrEnum):
    """One thing that counts."""

    PAIRS = "pairs"
    BLOCKING = "blocking"
    WORST = "worst"
    TOTAL = "total"
    FIT = "fit"
    KEPT = "kept"


MORE_IS_BETTER = frozenset({Level.PAIRS, Level.FIT, Level.KEPT})


class Policy(StrEnum):
    """In which order things count."""

    STABLE_FOR_ALL = "everyone paired, nobody tempted"
    BEST_ON_AVERAGE = "best on average"
    NOBODY_BADLY_SERVED = "nobody badly served"
    STABLE_AND_MANY = "nobody tempted, as many as possible"


LEVELS: dict[Policy, tuple[Level, ...]] = {
    Policy.STABLE_FOR_ALL: (
        Level.PAIRS, Level.BLOCKING, Level.WORST, Level.TOTAL, Level.FIT, Level.KEPT,
    ),
    Policy.BEST_ON_AVERAGE: (Level.PAIRS, Level.TOTAL, Level.FIT, Level.KEPT),
    Policy.NOBODY_BADLY_SERVED: (
        Level.PAIRS, Level.WORST, Level.BLOCKING, Level.TOTAL, Level.FIT, Level.KEPT,
    ),
    Policy.STABLE_AND_MANY: (Level.BLOCKING, Level.PAIRS),
}  # fmt: skip


def order_of(policy: Policy, keep_first: bool) -> tuple[Level, ...]:
    """The levels of a policy; `keep_first` puts the earlier proposal before everything."""
    levels = LEVELS[policy]
    if not keep_first:
        return levels
    return (Level.KEPT, *(level for level in levels if level is not Level.KEPT))


@dataclass(frozen=True, slots=True)
class Figures:
    """The objective vector: pairs made, blocking pairs, the worst rank anyone gets (0 without a pair), the
    sum of the ranks of both sides, points of fit, pairs kept from an earlier proposal."""

    pairs: int
    blocking: int
    worst: int
    total: int
    fit: int
    kept: int

    def of(self, level: Level) -> int:
        """The figure of one level."""
        figure: int = getattr(self, level.value)
        return figure

    def vector(self, levels: tuple[Level, ...]) -> tuple[int, ...]:
        """Smaller is better, the first counts most."""
        return tuple(
            -self.of(level) if level in MORE_IS_BETTER else self.of(level) for level in levels
        )


def measure(table: Table, chosen: Numbers, earlier: frozenset[Pair] = frozenset()) -> Figures:
    """The figures of these rows, counted from scratch."""
    return Figures(
        len(chosen),
        int(blocking(table, chosen).sum()),
        int(table.worst[chosen].max(initial=0)),
        int(table.total[chosen].sum()),
        int(table.fit[chosen].sum()),
        len(table.pairs(chosen) & earlier) if earlier else 0,
    )


def blocking(table: Table, chosen: Numbers) -> Marks:
    """Possible pairs of two people who would both rather have each other, not being together."""
    apart = np.ones(table.size, dtype=np.bool_)
    apart[chosen] = False
    return apart & _would_gain(table.mentors, chosen) & _would_gain(table.mentees, chosen)


def _would_gain(side: Side, chosen: Numbers) -> Marks:
    """Pairs their person on this side prefers to the worst they have, or to a free place."""
    marks: Marks = side.rank < worst_held(side, chosen)[side.at]
    return marks


def worst_held(side: Side, chosen: Numbers) -> Numbers:
    """For each person the worst rank among those they have, or FREE while a place is free."""
    held = side.at[chosen]
    worst = np.zeros(len(side.keys), dtype=np.int64)
    np.maximum.at(worst, held, side.rank[chosen])
    worst[np.bincount(held, minlength=len(side.keys)) < side.places] = FREE
    return worst
