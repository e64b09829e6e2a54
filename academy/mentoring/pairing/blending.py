"""Several things that count, one after the other, as one whole number for each pair."""

from dataclasses import dataclass
from random import Random

import numpy as np

from academy.mentoring.pairing.figures import Level
from academy.mentoring.pairing.pool import Pair
from academy.mentoring.pairing.table import Numbers, Table

MOST_LOTS = 1 << 16
FLAT = (Level.PAIRS, Level.TOTAL, Level.FIT, Level.KEPT)
"""Levels that are a sum over the pairs made."""


def costs(table: Table, level: Level, earlier: frozenset[Pair]) -> Numbers:
    """What each pair adds to a level, smaller is better."""
    if level is Level.TOTAL:
        return table.total
    if level is Level.FIT:
        return -table.fit
    if level is Level.PAIRS:
        return np.full(table.size, -1, dtype=np.int64)
    kept = np.zeros(table.size, dtype=np.int64)
    kept[table.chosen(earlier)] = -1
    return kept


def lots(table: Table, seed: int, sides: int) -> Numbers:
    """A lot for each pair, drawn by the seed: what decides when nothing else does."""
    rng = Random(seed)  # noqa: S311  # a lot between equals, no secret
    return np.array([rng.randrange(sides) for _ in range(table.size)], dtype=np.int64)


def spread(cost: Numbers, places: int) -> int:
    """How far apart two choices of at most `places` pairs can be."""
    if not len(cost):
        return 0
    return places * (max(int(cost.max()), 0) - min(int(cost.min()), 0))


@dataclass(frozen=True, slots=True)
class Blend:
    """The first `levels` of those still to settle, as one weight for each pair."""

    levels: int
    weights: Numbers


def blend(table: Table, parts: list[Numbers], seed: int, most: int) -> list[Blend]:
    """The parts in few sums, each below `most`, to be made small one after the other; lots come last.

    Inside a sum, one step of a part outweighs everything after it.
    """
    groups: list[list[Numbers]] = [[]]
    room = most
    for part in parts:
        reach = spread(part, table.places) + 1
        if reach > room and groups[-1]:
            groups.append([])
            room = most
        groups[-1].append(part)
        room //= reach
    sizes = [len(group) for group in groups]
    sides = min(MOST_LOTS, room // max(table.places, 1))
    if sides > 1:
        groups[-1].append(lots(table, seed, sides))
    return [Blend(size, _sum(group, table)) for size, group in zip(sizes, groups, strict=True)]


def _sum(parts: list[Numbers], table: Table) -> Numbers:
    total = np.zeros(table.size, dtype=np.int64)
    for part in parts:
        total = total * (spread(part, table.places) + 1) + part
    return total
