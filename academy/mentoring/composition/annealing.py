"""People drawn to sessions as it gets colder: where each is worth most, as all the others settle. Pure.

At first everybody is a little everywhere. One side's chances given the other's are the softest assignment
that fills every session within bounds (rows and columns scaled in turn); the sides take turns while it
gets colder, until nearly everybody is somewhere. What a session is worth to a person is the sum of their fit
with those it seats, less the average fit for each of them: so it is fit per meeting that grows, not the
size of sessions.
"""

from collections.abc import Iterator
from typing import NamedTuple

import numpy as np
from scipy.sparse import csr_array

from academy.mentoring.composition.board import Board, Flags, Floats, Half

STEPS = 120
PASSES = 10
HOT, COLD = 1.2, 0.2
"""Where the temperature begins and ends, as parts of the one at which groups begin to form."""
APART = 5.0
FARTHEST = 14.0
"""What a forbidden pair costs while it is warm, and the most a session may ask: in that temperature too."""
LEEWAY, LEAST = 1.0, 0.5
ROUNDS, NOTHING = 40, 1e-12
Bounds = tuple[int, int]
"""The fewest and the most people of one side in a session."""


class Warm(NamedTuple):
    """Chances of each person of both sides (rows) to be in each session (columns)."""

    mentors: csr_array
    mentees: csr_array


def anneal(
    board: Board,
    open_to: tuple[Flags, Flags],
    bounds: tuple[Bounds, Bounds],
    dice: np.random.Generator,
) -> Iterator[Warm]:
    """Each step of the cooling; the last is nearly hard."""
    heat = forming(board, (sum(bounds[0]) + sum(bounds[1])) / 4.0)
    limits = bounds, bounds[::-1]
    mentors, mentees = (
        _Crowd(half, open_, Limits(*limit), FARTHEST * heat)
        for half, open_, limit in zip((board.mentors, board.mentees), open_to, limits, strict=True)
    )
    wanted = _themes(board.mentees, open_to[1], dice) * float(bounds[1][1])
    there, average, second = mentees.evenly(), 0.0, None
    for step in range(STEPS):
        now = heat * HOT * (COLD / HOT) ** (step / (STEPS - 1))
        drawn = worth(board.mentors, wanted, there, average, second, APART * heat)
        first = mentors.settle(drawn, now, there)
        offered, here = seen(board.mentors, first)
        drawn = worth(board.mentees, offered, here, average, first, APART * heat)
        second = mentees.settle(drawn, now, here)
        wanted, there = seen(board.mentees, second)
        average = float(offered.multiply(wanted).sum()) / max(float(here @ there), 1e-9)
        yield Warm(first, second)


def worth(
    half: Half,
    traits: csr_array,
    seats: Floats,
    average: float,
    others: csr_array | None,
    apart: float,
) -> Floats:
    """What each session is worth to each person of a side, given the other side's traits and seats there."""
    table: Floats = (half.traits @ traits.T).toarray() - np.float32(average) * seats
    if others is not None and half.apart.nnz:
        table -= np.float32(apart) * (half.apart @ others).toarray()
    return table


def seen(half: Half, chances: csr_array) -> tuple[csr_array, Floats]:
    """The sum of traits in each session, and how many people it seats."""
    return csr_array(chances.T @ half.traits), np.asarray(chances.sum(axis=0)).ravel()


def forming(board: Board, size: float) -> float:
    """The temperature at which sessions of that size stop being all alike.

    From how much people's traits vary: the largest eigenvalue of the two covariances multiplied, by powers.
    """
    halves = board.mentors.traits, board.mentees.traits
    if min(each.shape[0] for each in halves) == 0 or halves[0].shape[1] == 0:
        return 1.0
    vector = np.ones(halves[0].shape[1]) + np.arange(halves[0].shape[1]) % 3
    growth = 0.0
    for _ in range(ROUNDS):
        vector = _covary(halves[1], _covary(halves[0], vector))
        growth = float(np.linalg.norm(vector))
        if growth < NOTHING:
            return 1.0
        vector = vector / growth
    return max(size * growth**0.5, 1e-3)


def _covary(traits: csr_array, vector: Floats) -> Floats:
    along = traits @ vector
    return traits.T @ (along - along.mean()) / len(along)


def _themes(half: Half, open_to: Flags, dice: np.random.Generator) -> csr_array:
    """For each session the traits of somebody who might be there: something to begin with."""
    drawn = dice.random(open_to.shape) * open_to
    return half.traits[drawn.argmax(axis=0)]


class Limits(NamedTuple):
    """The bounds of a side and of the other: sessions about as large on one side as on the other."""

    own: Bounds
    other: Bounds

    def beside(self, load: Floats) -> tuple[Floats, Floats]:
        """The least and the most of a side in each session, given how many of the other are there."""
        ratio = sum(self.own) / max(sum(self.other), 1)
        least, most = (np.clip(load * ratio + by, *self.own) for by in (-LEEWAY, LEEWAY))
        return least, most


class _Crowd:
    """One side, and the chance of each to be in each session open to them."""

    def __init__(self, half: Half, open_to: Flags, limits: Limits, dearest: float) -> None:
        self.half, self.shape, self.limits, self.dearest = half, open_to.shape, limits, dearest
        self.person, self.session = np.nonzero(open_to)
        count = np.bincount(self.person, minlength=len(open_to))
        able = np.nonzero(count)[0]
        self.first = np.concatenate([[0], np.cumsum(count[able])[:-1]]).astype(np.intp)
        self.row = np.repeat(np.arange(len(able)), count[able])
        self.price = np.zeros(self.shape[1], dtype=np.float32)

    def evenly(self) -> Floats:
        """As many in each session."""
        sessions = self.shape[1]
        return np.full(sessions, len(set(self.person.tolist())) / sessions, dtype=np.float32)

    def settle(self, worth: Floats, heat: float, others: Floats) -> csr_array:
        """Chances that add up to one for each person and keep every session within its bounds."""
        least, most = (np.log(np.maximum(each, LEAST)) for each in self.limits.beside(others))
        drawn = worth[self.person, self.session]
        chances = drawn
        for _ in range(PASSES):
            chances = drawn - self.price[self.session]
            chances -= np.maximum.reduceat(chances, self.first)[self.row]
            chances = np.exp(chances / np.float32(heat))
            chances /= np.add.reduceat(chances, self.first)[self.row]
            load = np.bincount(self.session, chances, minlength=self.shape[1])
            free = np.log(np.maximum(load, 1e-9)) + self.price / heat
            dear = heat * (free - np.clip(free, least, most))
            self.price = np.clip(dear, -self.dearest, self.dearest).astype(np.float32)
        return csr_array((chances, (self.person, self.session)), self.shape)
