"""Whether two groups are served differently, or only look so. Pure.

The groups compared are the best and the least served of several, chosen because they are so: the interval is
widened for all pairs that there are (Bonferroni). It is Newcombe's, from Wilson's interval of each share
(Newcombe 1998, method 10), with the rounding of the figures counted as one more uncertainty.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import combinations
from math import sqrt
from statistics import NormalDist

LARGE = 30
"""Fewer people, and the interval would say nothing."""
SURE = 0.95
ROUNDING = 6.0
"""The most by which rounding to fives may spread a count: its variance, in people squared."""


@dataclass(frozen=True, slots=True)
class Group:
    name: str
    people: int
    counted: int

    @property
    def share(self) -> float:
        return min(1.0, self.counted / self.people)


@dataclass(frozen=True, slots=True)
class Spread:
    """Points between the best and the least served; 95 times in 100 the truth is between `low` and `high`."""

    best: Group
    least: Group
    points: float
    low: float
    high: float

    @property
    def means_something(self) -> bool:
        return self.low > 0


def spread(groups: Sequence[Group]) -> Spread | None:
    """Of the groups of thirty or more; nothing when there are not two of them."""
    large = sorted(
        (group for group in groups if group.people >= LARGE), key=lambda group: group.share
    )
    pairs = len(list(combinations(large, 2)))
    if not pairs:
        return None
    least, best = large[0], large[-1]
    z = NormalDist().inv_cdf(1 - (1 - SURE) / (2 * pairs))
    apart = best.share - least.share
    low = apart - sqrt(_below(best, z) ** 2 + _above(least, z) ** 2)
    high = apart + sqrt(_above(best, z) ** 2 + _below(least, z) ** 2)
    return Spread(best, least, 100 * apart, 100 * max(-1.0, low), 100 * min(1.0, high))


def interval(counted: float, people: float, z: float) -> tuple[float, float]:
    """Wilson's, for a share of people."""
    part = counted / people
    middle = (part + z * z / (2 * people)) / (1 + z * z / people)
    half = z * sqrt(part * (1 - part) / people + (z / (2 * people)) ** 2) / (1 + z * z / people)
    return max(0.0, middle - half), min(1.0, middle + half)


def widened(part: float, people: float, z: float) -> tuple[float, float]:
    """Wilson's interval of a share, with what rounding may have done to it."""
    low, high = interval(part * people, people, z)
    more = z * z * ROUNDING / people**2
    return max(0.0, part - sqrt((part - low) ** 2 + more)), min(
        1.0, part + sqrt((high - part) ** 2 + more)
    )


def _below(group: Group, z: float) -> float:
    low, _high = widened(group.share, group.people, z)
    return group.share - low


def _above(group: Group, z: float) -> float:
    _low, high = widened(group.share, group.people, z)
    return high - group.share
