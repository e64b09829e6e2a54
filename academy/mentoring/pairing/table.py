"""A pool as columns of whole numbers: one row for each possible pair, what both think of it."""

from collections.abc import Iterable, Set
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from academy.mentoring.pairing.checking import check, check_orders
from academy.mentoring.pairing.pool import NO_ORDERS, Orders, Pair, Participant, Pool, Unlisted

Numbers = NDArray[np.int64]
Marks = NDArray[np.bool_]


@dataclass(frozen=True, slots=True)
class Side:
    """One side of the table: who, how many places each, and where each sits in every possible pair."""

    keys: tuple[int, ...]
    places: Numbers
    at: Numbers
    rank: Numbers

    @property
    def total(self) -> int:
        """How many places there are."""
        return int(self.places.sum())

    def pairs_of(self) -> list[Numbers]:
        """The possible pairs of each person, as row numbers."""
        order = np.argsort(self.at, kind="stable")
        ends = np.cumsum(np.bincount(self.at, minlength=len(self.keys)))
        return np.split(order, ends[:-1]) if len(self.keys) else []


@dataclass(frozen=True, slots=True)
class Table:
    """All possible pairs. A rank is one more than the number of people ranked strictly better."""

    mentors: Side
    mentees: Side
    fit: Numbers
    pinned: Marks
    rows: dict[Pair, int]

    @property
    def size(self) -> int:
        """How many pairs are possible."""
        return len(self.fit)

    @property
    def places(self) -> int:
        """More pairs than this cannot be."""
        return min(self.mentors.total, self.mentees.total)

    @property
    def worst(self) -> Numbers:
        """Of each pair, the worse of its two ranks."""
        return np.maximum(self.mentors.rank, self.mentees.rank)

    @property
    def total(self) -> Numbers:
        """Of each pair, the sum of its two ranks."""
        return self.mentors.rank + self.mentees.rank

    def pairs(self, chosen: Numbers) -> frozenset[Pair]:
        """Rows as pairs of people."""
        mentors, mentees = self.mentors, self.mentees
        return frozenset(
            (mentors.keys[mentors.at[row]], mentees.keys[mentees.at[row]])
            for row in chosen.tolist()
        )

    def chosen(self, pairs: Iterable[Pair]) -> Numbers:
        """Pairs of people as rows; a pair that is no longer possible is left out."""
        rows = sorted(self.rows[pair] for pair in pairs if pair in self.rows)
        return np.array(rows, dtype=np.int64)


def tabulate(pool: Pool, orders: Orders = NO_ORDERS) -> Table:
    """Check everything and number it."""
    check(pool)
    mentors, mentees = _Opinions(pool.mentors, pool), _Opinions(pool.mentees, pool)
    shut = pool.barred | orders.forbidden
    possible = [
        (pair, rank, back)
        for pair in sorted(_thinkable(pool, orders, mentors) - shut)
        if (rank := mentors.rank(pair[0], pair[1])) and (back := mentees.rank(pair[1], pair[0]))
    ]
    rows = {pair: row for row, (pair, _, _) in enumerate(possible)}
    check_orders(orders, pool, rows.keys())
    fit = pool.fit
    return Table(
        mentors.side([(pair[0], rank) for pair, rank, _ in possible]),
        mentees.side([(pair[1], back) for pair, _, back in possible]),
        np.array([fit.get(pair, 0) for pair in rows], dtype=np.int64),
        np.array([pair in orders.pinned for pair in rows], dtype=np.bool_),
        rows,
    )


def _thinkable(pool: Pool, orders: Orders, mentors: "_Opinions") -> Set[Pair]:
    """Pairs of people who met, or whom the organiser opened; where blank is a no, those named."""
    if pool.met is not None:
        return pool.met | orders.opened | orders.pinned
    if pool.unlisted is Unlisted.REFUSED:
        return {(mentor, mentee) for mentor, said in mentors.said.items() for mentee in said}
    mentees = [person.key for person in pool.mentees]
    return {(person.key, mentee) for person in pool.mentors for mentee in mentees}


class _Opinions:
    """What the people of one side think of the others."""

    def __init__(self, people: tuple[Participant, ...], pool: Pool) -> None:
        self.people = sorted(people, key=lambda person: person.key)
        self.said: dict[int, dict[int, int]] = {}
        self.others: dict[int, int] = {}
        for person in people:
            said, better = dict.fromkeys(person.wishes.vetoed, 0), 1
            for group in person.wishes.ranked:
                said.update(dict.fromkeys(group, better))
                better += len(group)
            self.said[person.key] = said
            self.others[person.key] = better if pool.unlisted is Unlisted.FINE else 0

    def rank(self, who: int, other: int) -> int:
        """The rank given, or 0 when it cannot be."""
        return self.said[who].get(other, self.others[who])

    def side(self, ranked: list[tuple[int, int]]) -> Side:
        number = {person.key: at for at, person in enumerate(self.people)}
        return Side(
            tuple(number),
            np.array([person.capacity for person in self.people], dtype=np.int64),
            np.array([number[key] for key, _ in ranked], dtype=np.int64),
            np.array([rank for _, rank in ranked], dtype=np.int64),
        )
