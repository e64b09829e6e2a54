"""Which meetings can still be held: as many as possible, shared fairly, then the best. Pure.

A flow from mentors to mentees: each pair at most once, each person at most one meeting a round. The n-th
meeting of a person costs 2n - 1, so that the sum is the square of their total: convex, hence exact. The
matrix is totally unimodular: the linear programme's corners are whole numbers.
"""

from collections.abc import Sequence
from random import Random

import numpy as np
import numpy.typing as npt
from scipy.optimize import Bounds, LinearConstraint, milp
from scipy.sparse import coo_array

from academy.mentoring.rotation.ring import Pair
from academy.mentoring.rotation.situation import Situation

Floats = npt.NDArray[np.float64]


def chosen(situation: Situation) -> list[Pair]:
    """The meetings of the rounds left, not yet in order.

    Most meetings; then the smallest sum of squares of everybody's totals; then topic fit; then what was
    published. Whatever is chosen fits into the rounds (König).
    """
    pairs, rounds = situation.may_meet(), situation.rounds_left
    if not pairs or not rounds:
        return []
    Random(situation.seed).shuffle(pairs)  # noqa: S311  # a lot among equals, no secret
    place = {person: at for at, person in enumerate(situation.company.everybody)}
    ends = np.array([(place[mentor], place[mentee]) for mentor, mentee in pairs])
    costs = np.concatenate([*_costs(situation, pairs)])
    held = milp(
        costs,
        bounds=Bounds(0, 1),
        constraints=LinearConstraint(_balance(ends, len(place), rounds), 0, 0),
    )
    if not held.success:  # never seen: no meeting at all is a solution
        raise RuntimeError(held.message)
    return [pair for pair, share in zip(pairs, held.x, strict=False) if round(share)]


def _balance(ends: npt.NDArray[np.intp], people: int, rounds: int) -> coo_array:
    """A person's meetings are as many as the turns they use."""
    pairs = len(ends)
    turns = people * rounds
    rows = np.concatenate([ends[:, 0], ends[:, 1], np.repeat(np.arange(people), rounds)])
    columns = np.concatenate([np.arange(pairs), np.arange(pairs), pairs + np.arange(turns)])
    values = np.concatenate([np.ones(2 * pairs), -np.ones(turns)])
    return coo_array((values, (rows, columns)), shape=(people, pairs + turns)).tocsr()


def _costs(situation: Situation, pairs: Sequence[Pair]) -> tuple[Floats, Floats]:
    """Of each pair, and of each person's turns, so scaled that a lower aim never outweighs a higher."""
    announced = {pair for round_ in situation.published for pair in round_}
    had = np.array(list(situation.meetings_had().values()), dtype=np.float64)
    company, rounds = situation.company, situation.rounds_left
    most = rounds * min(len(company.mentors), len(company.mentees))
    step = 1.0 / (most + 1)
    fits = np.array([situation.fit.get(pair, 0) for pair in pairs], dtype=np.float64)
    stays = np.array([pair in announced for pair in pairs], dtype=np.float64)
    fair = 1.0 + most * (fits.max() + 1.0)
    each = fair * 4.0 * (had.max() + rounds + 1.0)
    turns = fair * (2.0 * (had[:, None] + np.arange(rounds)[None, :]) + 1.0)
    return -(each + fits + step * stays), turns.ravel()
