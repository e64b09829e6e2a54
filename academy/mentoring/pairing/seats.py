"""Stable choices at once, for pools of any size: who asks, who answers, with several places each."""

import heapq
from random import Random

import numpy as np
from numpy.typing import NDArray

from academy.mentoring.pairing.kiraly import kiraly
from academy.mentoring.pairing.table import Numbers, Side, Table

RUNS_FOR = 60_000
MOST_RUNS = 8
"""A small pool is tried more often: this many possible pairs, all runs together."""


def stable(table: Table, seed: int, most_runs: int = MOST_RUNS) -> Numbers:
    """Rows of a stable choice, the largest of some: both sides ask, equals in several orders by the seed.

    At least two thirds of the largest there is; with several places on both sides, at least half.
    """
    rng = Random(seed)  # noqa: S311  # an order among equals, no secret
    runs = max(1, min(most_runs, RUNS_FOR // (table.size + 1)))
    orders = [list(map(float, range(table.size)))]
    orders += [[rng.random() for _ in range(table.size)] for _ in range(runs - 1)]
    if table.mentors.places.max(initial=1) > 1 and table.mentees.places.max(initial=1) > 1:
        return max((accepted(table, np.array(order)) for order in orders), key=len)
    sides = ((table.mentors, table.mentees), (table.mentees, table.mentors))
    return max((_asked(*pair, order) for order in orders for pair in sides), key=len)


def _asked(askers: Side, asked: Side, order: list[float]) -> Numbers:
    """Kiraly's algorithm over seats, one for each place; equals are asked in this order."""
    ask, answer = _Seats(askers), _Seats(asked)
    lists: list[list[tuple[int, float, int]]] = [[] for _ in range(ask.count)]
    rank: list[dict[int, int]] = [{} for _ in range(answer.count)]
    rows: dict[tuple[int, int], int] = {}
    columns = zip(
        askers.at.tolist(),
        asked.at.tolist(),
        askers.rank.tolist(),
        asked.rank.tolist(),
        strict=True,
    )
    for row, (one, other, there, back) in enumerate(columns):
        for seat in ask.of(one):
            for chair in answer.of(other):
                lists[seat].append((there, order[row], chair))
                rank[chair][seat] = back
                rows[seat, chair] = row
    sorted_lists = [[(there, chair) for there, _, chair in sorted(each)] for each in lists]
    mine = kiraly(sorted_lists, rank)
    made = (rows[seat, chair] for seat, chair in enumerate(mine) if chair >= 0)
    return np.array(sorted(made), dtype=np.int64)


class _Seats:
    """One seat for each place of each person."""

    def __init__(self, side: Side) -> None:
        ends = np.cumsum(side.places).tolist()
        self._seats = [
            range(end - places, end) for end, places in zip(ends, side.places.tolist(), strict=True)
        ]
        self.count = int(side.total)

    def of(self, person: int) -> range:
        return self._seats[person]


def accepted(table: Table, leaning: NDArray[np.float64]) -> Numbers:
    """Gale and Shapley: mentors ask down their list, mentees keep the best; of equals the most leaned to."""
    mentors, mentees = table.mentors, table.mentees
    asking = np.lexsort((-leaning, mentors.rank))
    order = np.empty(table.size, dtype=np.int64)
    order[np.lexsort((-leaning, mentees.rank))] = np.arange(table.size)
    worth = order.tolist()
    lists: list[list[int]] = [[] for _ in mentors.keys]
    for row in asking[::-1].tolist():
        lists[mentors.at[row]].append(row)
    held: list[list[tuple[int, int]]] = [[] for _ in mentees.keys]
    places, seats = mentees.places.tolist(), mentors.places.tolist()
    free = [person for person, count in enumerate(seats) for _ in range(count)]
    while free:
        person = free.pop()
        if not lists[person]:
            continue
        row = lists[person].pop()
        other = int(mentees.at[row])
        heapq.heappush(held[other], (-worth[row], row))
        if len(held[other]) > places[other]:
            free.append(int(mentors.at[heapq.heappop(held[other])[1]]))
    return np.array(sorted(row for each in held for _, row in each), dtype=np.int64)
