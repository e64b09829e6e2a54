"""Which sessions to open: those that serve the people with the fewest other chances. Pure."""

from collections.abc import Sequence
from heapq import heapify, heappop, heapreplace
from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from academy.mentoring.composition.board import Board, Flags
from academy.mentoring.composition.pool import Pool, Sizes

Weights = npt.NDArray[np.float64]


class Wanted(NamedTuple):
    """How many of each side a session should have."""

    mentors: int
    mentees: int


def wanted(mentors: int, mentees: int, sizes: Sizes) -> Wanted:
    """The larger side as many as wanted, the smaller in proportion, but half at least: waits stay short."""
    larger, smaller = max(mentors, mentees), min(mentors, mentees)
    if not smaller:
        return Wanted(sizes.wanted, sizes.wanted)
    least = -(-sizes.wanted // 2)
    fewer = max(least, round(sizes.wanted * smaller / larger))
    return Wanted(
        sizes.wanted if mentors == larger else fewer, sizes.wanted if mentees == larger else fewer
    )


def opened(pool: Pool, board: Board, already: Sequence[int] = ()) -> list[int]:
    """The cell of each session to hold, those `already` held first; a cell may appear several times.

    Greedy: each serves the people with the fewest cells that suit them; then those are served.
    """
    halves = board.mentors, board.mentees
    able = [int(half.suits.any(axis=1).sum()) for half in halves]
    sizes = wanted(able[0], able[1], pool.sizes)
    left = _Left(board, sizes)
    cells = list(already)
    for cell in already:
        left.serve(cell)
    sessions = -(-max(able, default=0) // pool.sizes.wanted)
    below = pool.sizes.wanted - pool.sizes.least
    for least in (sizes, Wanted(*(max(1, each - below) for each in sizes))):
        _open(pool, left, least, sessions, cells)
    return cells


def _open(pool: Pool, left: "_Left", least: Wanted, sessions: int, cells: list[int]) -> None:
    """Open where so many of each side are left. Values only fall: a stale one is looked at again."""
    queue = [(-left.value(cell, least), cell) for cell in range(len(pool.cells))]
    heapify(queue)
    while queue and len(cells) < sessions:
        promised, cell = queue[0]
        value = left.value(cell, least)
        if not value or full(pool, cells, cell):
            heappop(queue)
        elif -promised > value:
            heapreplace(queue, (-value, cell))
        else:
            cells.append(cell)
            left.serve(cell)


def full(pool: Pool, cells: Sequence[int], cell: int) -> bool:
    """Whether as many sessions are open then and there as can be held at once, whatever their language."""
    here = pool.cells[cell]
    if here.most is None:
        return False
    beside = (pool.cells[each] for each in cells)
    return sum((each.slot, each.place) == (here.slot, here.place) for each in beside) >= here.most


class _Left:
    """Who is not served yet."""

    def __init__(self, board: Board, sizes: Wanted) -> None:
        self.sizes = sizes
        self.suits = board.mentors.suits, board.mentees.suits
        self.scarce = tuple(_scarcity(each) for each in self.suits)
        self.waiting = tuple(np.ones(len(each), dtype=np.bool_) for each in self.suits)

    def value(self, cell: int, least: Wanted) -> float:
        """How scarce the chances of those are whom a session there would serve; 0 if too few are left."""
        total = 0.0
        for suits, scarce, waiting, size, few in zip(
            self.suits, self.scarce, self.waiting, self.sizes, least, strict=True
        ):
            there = scarce[suits[:, cell] & waiting]
            if len(there) < few:
                return 0.0
            total += float(np.sort(there)[-size:].sum())
        return total

    def serve(self, cell: int) -> None:
        """Those with the fewest other chances are served."""
        for suits, scarce, waiting, size in zip(
            self.suits, self.scarce, self.waiting, self.sizes, strict=True
        ):
            there = np.nonzero(suits[:, cell] & waiting)[0]
            first = np.argsort(-scarce[there], kind="stable")[:size]
            waiting[there[first]] = False


def _scarcity(suits: Flags) -> Weights:
    return 1.0 / np.maximum(suits.sum(axis=1), 1)
