"""The lightest pairs when each pair only adds its own weight: what is quickly and exactly solved."""

import numpy as np

from academy.mentoring.pairing.rows import Rows, load
from academy.mentoring.pairing.table import Marks, Numbers, Side, Table

MOST = 1 << 50
"""Sums below this are exact in the floating numbers of the solver."""


def most_pairs(table: Table, allowed: Marks | None = None) -> int:
    """How many pairs there can be at most, pins kept."""
    weights = np.full(table.size, -1, dtype=np.int64)
    return len(lightest(table, weights, allowed))


def lightest(table: Table, weights: Numbers, allowed: Marks | None = None) -> Numbers:
    """Rows of the smallest sum of weights, pins among them; a weight of 0 or more is taken only if pinned."""
    may = ~table.pinned if allowed is None else allowed & ~table.pinned
    may &= weights < 0
    left, right = _left(table.mentors, table), _left(table.mentees, table)
    rows = np.flatnonzero(may & (left[table.mentors.at] > 0) & (right[table.mentees.at] > 0))
    pinned = np.flatnonzero(table.pinned)
    if not len(rows):
        return pinned
    if left.max() > 1 and right.max() > 1:
        free = _by_program(table, rows, weights[rows], left, right)
    elif left.max() > 1:
        free = _by_seats(table.mentors.at[rows], table.mentees.at[rows], weights[rows], left)
    else:
        free = _by_seats(table.mentees.at[rows], table.mentors.at[rows], weights[rows], right)
    return np.sort(np.concatenate([pinned, rows[free]]))


def _left(side: Side, table: Table) -> Numbers:
    """Places left beside the pins."""
    return side.places - np.bincount(side.at[table.pinned], minlength=len(side.keys))


def _by_seats(many: Numbers, one: Numbers, weights: Numbers, places: Numbers) -> Numbers:
    """Each place of the many-sided is a seat of its own; a seat may stay empty, at no weight."""
    first = np.cumsum(places) - places
    copies = places[many]
    source = np.repeat(np.arange(len(many)), copies)
    nth = np.arange(len(source)) - np.repeat(np.cumsum(copies) - copies, copies)
    seat = first[many][source] + nth
    seats, others = int(places.sum()), int(one.max()) + 1
    empty = np.arange(seats)
    lift = 1 - int(weights.min())
    cost = np.concatenate([weights[source] + lift, np.full(seats, lift)]).astype(np.float64)
    at = (np.concatenate([seat, empty]), np.concatenate([one[source], others + empty]))
    graph = load("scipy.sparse").csr_array((cost, at), shape=(seats, others + seats))
    taken_seat, taken = load("scipy.sparse.csgraph").min_weight_full_bipartite_matching(graph)
    real = taken < others
    owner = np.repeat(np.arange(len(places)), places)[taken_seat[real]]
    found = owner * others + taken[real]
    return np.flatnonzero(np.isin(many * others + one, found))


def _by_program(
    table: Table, rows: Numbers, weights: Numbers, left: Numbers, right: Numbers
) -> Numbers:
    """Several places on both sides: the same as a linear program, whose corners are whole."""
    each = np.arange(len(rows))
    program = Rows(len(rows))
    program.put(program.open(0, left) + table.mentors.at[rows], each)
    program.put(program.open(0, right) + table.mentees.at[rows], each)
    ones = np.ones(len(rows))
    found = program.solve(weights.astype(np.float64), (0 * ones, ones), ones)
    return np.flatnonzero(found.x > 1 / 2)
