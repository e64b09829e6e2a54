"""Pairs as a whole-number program, for what hangs on several pairs at once: who is tempted by whom.

Columns: each possible pair; where temptation is let in, one for each pair that would block; and for people
with several places, rank by rank, whether they are full with people ranked at least so well.
"""

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np

from academy.mentoring.pairing.figures import blocking
from academy.mentoring.pairing.rows import Floats, Rows
from academy.mentoring.pairing.table import Marks, Numbers, Side, Table

SURELY = 0.4
"""Whole numbers nearer than this are the same."""
INFEASIBLE = 2


@dataclass(frozen=True, slots=True)
class Answer:
    """What a search found: rows (None: nothing) and their cost; no choice costs less than `least`."""

    chosen: Numbers | None = None
    cost: int = 0
    least: float = -np.inf
    impossible: bool = False

    @property
    def proven(self) -> bool:
        """Nothing costs less than these rows."""
        return self.chosen is not None and self.least > self.cost - 1 + SURELY


class Program:
    """The conditions of one table; `tempted` lets blocking pairs in, and counts them.

    `pairs`: how many must be made, None for any number.
    """

    def __init__(self, table: Table, pairs: int | None, tempted: bool) -> None:
        self.table, self.tempted = table, tempted
        self.rows = Rows(table.size * (2 if tempted else 1))
        self._degrees(table.mentors, pairs)
        self._degrees(table.mentees, pairs)
        self._temptations()
        if pairs is not None:
            self.require(np.ones(table.size, dtype=np.int64), pairs)

    def require(self, each: Numbers, exactly: int) -> None:
        """The sum of `each` over the pairs made is so much."""
        used = np.flatnonzero(each)
        self.rows.put(self.rows.open(exactly, exactly), used, each[used])

    def tempt_at_most(self, most: int) -> None:
        """No more blocking pairs than this."""
        size = self.table.size
        self.rows.put(self.rows.open(0, most), np.arange(size, 2 * size))

    def cheapest(
        self,
        weights: Numbers,
        temptation: int,
        left: Callable[[], float],
        allowed: Marks | None = None,
    ) -> Answer:
        """The choice of the smallest sum of weights, plus `temptation` for each blocking pair."""
        seconds = left()
        if seconds <= 0:
            return Answer()
        found = self.rows.solve(
            self._cost(weights, temptation), self._bounds(allowed), self._whole(), seconds
        )
        if found.x is None:
            return Answer(impossible=found.status == INFEASIBLE)
        chosen = np.flatnonzero(found.x[: self.table.size] > 1 / 2)
        cost = int(weights[chosen].sum())
        cost += temptation * int(blocking(self.table, chosen).sum())
        agrees = abs(found.fun - cost) < SURELY and found.mip_dual_bound is not None
        return Answer(chosen, cost, found.mip_dual_bound if agrees else -np.inf)

    def relaxed(self, weights: Numbers, left: Callable[[], float]) -> tuple[Floats, float] | None:
        """The same with parts of pairs: how much of each, and a cost nothing is below. None: no time left."""
        seconds = left()
        if seconds <= 0:
            return None
        whole = np.zeros(self.rows.columns)
        found = self.rows.solve(self._cost(weights, 0), self._bounds(None), whole, seconds)
        return None if found.status else (found.x[: self.table.size], float(found.fun))

    def _cost(self, weights: Numbers, temptation: int) -> Floats:
        cost = np.zeros(self.rows.columns)
        cost[: self.table.size] = weights
        if self.tempted:
            cost[self.table.size : 2 * self.table.size] = temptation
        return cost

    def _bounds(self, allowed: Marks | None) -> tuple[Floats, Floats]:
        least, most = np.zeros(self.rows.columns), np.ones(self.rows.columns)
        least[: self.table.size] = self.table.pinned
        if allowed is not None:
            most[: self.table.size] = allowed | self.table.pinned
        return least, most

    def _whole(self) -> Floats:
        """Temptation is whole by itself once everything else is."""
        whole = np.ones(self.rows.columns)
        if self.tempted:
            whole[self.table.size : 2 * self.table.size] = 0
        return whole

    def _degrees(self, side: Side, pairs: int | None) -> None:
        """Nobody takes more than their places; everybody all of them, if so many pairs need it."""
        least = side.places if pairs == side.total else np.zeros_like(side.places)
        self.rows.put(self.rows.open(least, side.places) + side.at, np.arange(self.table.size))

    def _temptations(self) -> None:
        """Two people are together, or one of them is full with people liked as well, or they are tempted."""
        size, table = self.table.size, self.table
        first = self.rows.open(np.ones(size), np.inf)
        each = np.arange(size)
        self.rows.put(first + each, each)
        if self.tempted:
            self.rows.put(first + each, size + each)
        for side in (table.mentors, table.mentees):
            for person, pairs in enumerate(side.pairs_of()):
                if side.places[person] == 1:
                    self._single(first, pairs, side.rank[pairs])
                else:
                    self._several(first, pairs, side.rank[pairs], int(side.places[person]))

    def _single(self, first: int, pairs: Numbers, rank: Numbers) -> None:
        as_good = rank[None, :] <= rank[:, None]
        np.fill_diagonal(as_good, val=False)
        tempting, instead = np.nonzero(as_good)
        self.rows.put(first + pairs[tempting], pairs[instead])

    def _several(self, first: int, pairs: Numbers, rank: Numbers, places: int) -> None:
        ranks, which = np.unique(rank, return_inverse=True)
        full = self.rows.column(len(ranks))
        held = self.rows.open(np.zeros(len(ranks)), np.inf)
        group, pair = np.nonzero(rank[None, :] <= ranks[:, None])
        self.rows.put(held + group, pairs[pair])
        self.rows.put(held + np.arange(len(ranks)), full + np.arange(len(ranks)), -places)
        self.rows.put(first + pairs, full + which)
