"""The best pairs of one session, thing after thing, and what is proven of them."""

import math
from collections.abc import Callable
from itertools import takewhile

import numpy as np

from academy.mentoring.pairing import assignment, blending, seats
from academy.mentoring.pairing.blending import FLAT, Blend
from academy.mentoring.pairing.figures import Level, Policy, measure, order_of
from academy.mentoring.pairing.limits import Limit
from academy.mentoring.pairing.pool import NO_ORDERS, Orders, Pair, Pool
from academy.mentoring.pairing.program import SURELY, Answer, Program
from academy.mentoring.pairing.proposal import Proposal
from academy.mentoring.pairing.table import Marks, Numbers, Table, tabulate
from academy.mentoring.pairing.trimming import beside_pins

MOST = 10**9
"""Sums below this are told apart by the solver, whose numbers are floating."""
NO_LIMIT = Limit()


def propose(
    pool: Pool,
    orders: Orders = NO_ORDERS,
    policy: Policy = Policy.STABLE_FOR_ALL,
    *,
    earlier: frozenset[Pair] = frozenset(),
    keep_first: bool = False,
    seed: int = 0,
    limit: Limit = NO_LIMIT,
) -> Proposal:
    """The best pairs by this policy; between equals, the nearest to `earlier`, then the lot of the seed.

    `keep_first`: as few as possible of the `earlier` pairs are undone, before anything else counts.
    """
    return search(tabulate(pool, orders), policy, earlier, keep_first, seed, limit)


def search(
    table: Table,
    policy: Policy,
    earlier: frozenset[Pair],
    keep_first: bool,
    seed: int,
    limit: Limit,
) -> Proposal:
    """The same, of a table."""
    sought = order_of(policy, keep_first)
    found = _Search(table, sought, earlier, seed, limit.start())
    found.run()
    return Proposal(
        table.pairs(found.best),
        found.figures,
        policy,
        sought,
        sought[: found.sure],
        None if found.sure == len(sought) else found.bound,
        seed,
    )


class _Search:
    """One search: the best rows so far, and how many levels of them are proven."""

    def __init__(
        self,
        table: Table,
        sought: tuple[Level, ...],
        earlier: frozenset[Pair],
        seed: int,
        left: Callable[[], float],
    ) -> None:
        self.table, self.sought, self.earlier = table, sought, earlier
        self.seed, self.left = seed, left
        self.flat = tuple(level for level in sought if level in FLAT)
        self.first = tuple(takewhile(FLAT.__contains__, sought))
        self.pins: Numbers = np.flatnonzero(table.pinned)
        self.best = self.pins
        self.figures = measure(table, self.best, earlier)
        self.sure = 0
        self.bound: int | None = None

    def run(self) -> None:
        """What only adds up is solved at once; then temptation, by programs."""
        self.keep(self._lightest(self.flat))
        self.sure = len(self.first)
        if not self.table.size:
            self.sure = len(self.sought)
        elif self.first == self.sought:
            self.sure = self._blends(self.flat)[0].levels
        else:
            self._temptations()

    def _temptations(self) -> None:
        """Who is tempted by whom, and the worst rank, before or after.

        A stable choice comes first: should time run out, it may be the best known.
        """
        rest, rows = beside_pins(self.table)
        self.keep(np.union1d(rows[seats.stable(rest, self.seed, 1)], self.pins))
        floor = self._floor()
        if self.sought[self.sure] is Level.WORST:
            self.keep(self._lightest(self.flat, floor))
            self.sure += 1
            self._temptation(floor, None)
        else:
            self._temptation(int(self.table.worst.max()), floor)

    def keep(self, rows: Numbers | None) -> None:
        """Take these rows if nothing better is known."""
        if rows is None:
            return
        figures = measure(self.table, rows, self.earlier)
        if figures.vector(self.sought) <= self.figures.vector(self.sought):
            self.best, self.figures = rows, figures

    def _lightest(self, levels: tuple[Level, ...], ceiling: int | None = None) -> Numbers:
        weights = self._blends(levels)[0].weights
        return assignment.lightest(self.table, weights, self._under(ceiling))

    def _blends(self, levels: tuple[Level, ...]) -> list[Blend]:
        """All of these levels in one weight, but for pools of hundreds with much to tell apart."""
        parts = [blending.costs(self.table, level, self.earlier) for level in levels]
        return blending.blend(self.table, parts, self.seed, assignment.MOST)

    def _under(self, ceiling: int | None) -> Marks | None:
        return None if ceiling is None else self.table.worst <= ceiling

    def _floor(self) -> int:
        """The smallest worst rank of any choice that is best in the first levels."""
        wanted = self.figures.vector(self.first)
        ranks = np.unique(self.table.worst)
        pinned = self.table.worst[self.table.pinned].max(initial=0)
        low, high = np.searchsorted(ranks, [pinned, self.figures.worst]).tolist()
        while low < high:
            middle = (low + high) // 2
            rows = self._lightest(self.first, int(ranks[middle]))
            if measure(self.table, rows, self.earlier).vector(self.first) == wanted:
                high = middle
            else:
                low = middle + 1
        return int(ranks[low])

    def _temptation(self, ceiling: int, floor: int | None) -> None:
        """As few blocking pairs as can be; then, with a floor, the worst rank; then what adds up."""
        for tempted in (False, True):
            stage = _Stage(self, tempted)
            answer = stage.cheapest(ceiling)
            if not answer.impossible:
                break
        self.bound = stage.fewest(answer)
        if self.figures.blocking > self.bound:
            return
        self.sure += 1
        stage.tempt_no_more()
        if floor is not None:
            ceiling, answer = stage.lower(floor, answer)
            self.bound = floor
            if self.figures.worst > ceiling:
                return
            self.sure += 1
        self.bound = None
        stage.rest(ceiling, answer)


class _Stage:
    """The programs of one search, with or without temptation."""

    def __init__(self, search: _Search, tempted: bool) -> None:
        self.search, self.tempted = search, tempted
        table, earlier = search.table, search.earlier
        self.program = Program(table, search.figures.pairs, tempted)
        if Level.KEPT in search.first:
            kept = blending.costs(table, Level.KEPT, earlier)
            self.program.require(kept, -search.figures.kept)
        parts = [
            blending.costs(table, level, earlier)
            for level in search.flat
            if level not in search.first
        ]
        self.blends = blending.blend(table, parts, search.seed, MOST)
        weights = self.blends[0].weights
        self.step = blending.spread(weights, table.places) + 1 if tempted else 0

    def cheapest(self, ceiling: int, nth: int = 0) -> Answer:
        """The best rows with no rank beyond the ceiling."""
        allowed = self.search.table.worst <= ceiling
        weights = self.blends[nth].weights
        answer = self.program.cheapest(weights, self.step, self.search.left, allowed)
        self.search.keep(answer.chosen)
        return answer

    def fewest(self, answer: Answer) -> int:
        """No choice has fewer blocking pairs than this."""
        if not self.tempted:
            return 0
        weights = self.blends[0].weights
        most = max(int(weights.max()), 0) * self.search.table.places
        known = (answer.least - most - SURELY) / self.step
        return max(1, math.ceil(known)) if math.isfinite(known) else 1

    def tempt_no_more(self) -> None:
        """What follows has no more blocking pairs than the best found."""
        if self.tempted:
            self.program.tempt_at_most(self.search.figures.blocking)

    def lower(self, floor: int, answer: Answer) -> tuple[int, Answer]:
        """The smallest ceiling that can be, as far as is known, and the last answer under it."""
        ceiling = self._worst(answer)
        while (known := self.search.figures.worst) < ceiling or ceiling > floor:
            less = self.cheapest(min(known, ceiling - 1))
            if less.impossible:
                return ceiling, answer
            if less.chosen is None:
                return floor, answer
            ceiling, answer = self._worst(less), less
        return floor, answer

    def _worst(self, answer: Answer) -> int:
        """The worst rank of an answer; without one, beyond every rank."""
        worst = self.search.table.worst
        return int(worst.max()) + 1 if answer.chosen is None else int(worst[answer.chosen].max())

    def rest(self, ceiling: int, answer: Answer) -> None:
        """The levels that add up, blend by blend; what is proven of an answer holds for rows as cheap."""
        for nth, blend in enumerate(self.blends):
            if nth:
                before = self.blends[nth - 1].weights
                self.program.require(before, int(before[self.search.best].sum()))
                answer = self.cheapest(ceiling, nth)
            if not answer.proven or answer.cost != self._cost(blend):
                return
            self.search.sure += blend.levels

    def _cost(self, blend: Blend) -> int:
        """What the best rows known cost."""
        cost = int(blend.weights[self.search.best].sum())
        return cost + self.step * self.search.figures.blocking
