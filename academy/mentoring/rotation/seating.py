"""Where people sit on the ring, so that the rounds there are hold the meetings worth most. Pure.

With fewer rounds than people not everybody meets everybody; who meets whom follows from the places. One
side given, the best places of the other are an assignment, solved exactly; the sides take turns until
nothing improves, from several starts.
"""

from collections.abc import Mapping
from random import Random

import numpy as np
import numpy.typing as npt
from scipy.optimize import linear_sum_assignment

from academy.mentoring.rotation.ring import Company, Pair, rounds_of, seats

STARTS = 40
Worth = npt.NDArray[np.float64]
"""A row for each who stays, a column for each who moves."""


def seated(
    company: Company,
    rounds: int | None,
    fit: Mapping[Pair, int],
    forbidden: frozenset[Pair],
    seed: int,
) -> Company:
    """The same people in a better order; in the order given when nothing speaks for another."""
    turns = rounds_of(company, rounds)
    worth = _worth(company, fit, forbidden)
    if not worth.any() or turns == len(company.moving):
        return company
    meets = _meets(company, turns)
    dice = Random(seed)  # noqa: S311  # an order among equals, no secret
    best, order = -np.inf, (np.arange(len(worth)), np.arange(len(worth[0])))
    for start in range(STARTS):
        first = np.arange(len(worth))
        if start:
            dice.shuffle(first)  # type: ignore[arg-type]  # an array shuffles like a list
        value, found = _climb(worth, meets, first)
        if value > best:
            best, order = value, found
    return _ordered(company, *order)


def _worth(company: Company, fit: Mapping[Pair, int], forbidden: frozenset[Pair]) -> Worth:
    """Fit, and for a forbidden pair a loss that no fit outweighs."""
    loss = 1.0 + sum(fit.values())
    table = np.zeros((len(company.mentors), len(company.mentees)))
    for row, mentor in enumerate(company.mentors):
        for column, mentee in enumerate(company.mentees):
            pair = mentor, mentee
            table[row, column] = -loss if pair in forbidden else fit.get(pair, 0)
    return table if company.mentors_stay else table.T


def _meets(company: Company, turns: int) -> Worth:
    """Which places meet in so many turns: 1 or 0 for each chair and each start on the ring."""
    chairs, size = np.array(seats(company)), len(company.moving)
    away = (chairs[:, None] - np.arange(size)[None, :]) % size
    return (away < turns).astype(np.float64)


def _climb(
    worth: Worth, meets: Worth, staying: npt.NDArray[np.intp]
) -> tuple[float, tuple[npt.NDArray[np.intp], npt.NDArray[np.intp]]]:
    """Places of the movers given those of the stayers, then the reverse, until nothing improves."""
    last = -np.inf
    while True:
        _, moving = linear_sum_assignment(meets.T @ worth[staying], maximize=True)
        _, staying = linear_sum_assignment(meets @ worth.T[moving], maximize=True)
        value = float((meets * worth[np.ix_(staying, moving)]).sum())
        if value <= last:
            return value, (staying, moving)
        last = value


def _ordered(
    company: Company, staying: npt.NDArray[np.intp], moving: npt.NDArray[np.intp]
) -> Company:
    stay = tuple(company.staying[at] for at in staying)
    move = tuple(company.moving[at] for at in moving)
    return Company(stay, move) if company.mentors_stay else Company(move, stay)
