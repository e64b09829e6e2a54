"""In which round each chosen meeting is held: full rounds first, and nobody waits twice in a row. Pure."""

from collections import Counter
from collections.abc import Collection, Iterable, Mapping, Sequence
from itertools import combinations
from typing import Any

import numpy as np
import numpy.typing as npt
from scipy.optimize import linear_sum_assignment

from academy.mentoring.rotation.ring import Pair, Round
from academy.mentoring.rotation.situation import Situation

MUST = 1e9
"""Whoever has as many meetings left as rounds cannot sit out: the rest would no longer fit."""
A_MEETING = 1e6
A_WAIT = 100.0
LONG = 8
"""Waiting more rounds than this weighs no more."""
AS_ANNOUNCED = 0.5


def scheduled(chosen: Collection[Pair], situation: Situation) -> tuple[Round, ...]:
    """All of the chosen meetings, nobody in two at once. Who has just waited is served first."""
    company = situation.company
    left, waited = set(chosen), {each: situation.waited.get(each, 0) for each in company.everybody}
    plan = []
    for number in range(situation.rounds_left):
        announced = situation.published[number] if number < len(situation.published) else ()
        held = _one_round(sorted(left), situation.rounds_left - number, waited, set(announced))
        left -= set(held)
        busy = {person for pair in held for person in pair}
        waited = {each: 0 if each in busy else so_far + 1 for each, so_far in waited.items()}
        plan.append(held)
    if left:  # never seen: chosen meetings fit into the rounds
        raise RuntimeError(f"{left} fit into no round")
    return tuple(plan)


def _one_round(
    left: Sequence[Pair], rounds: int, waited: Mapping[int, int], announced: Collection[Pair]
) -> Round:
    """As many meetings as possible after those that must be; then whoever has waited, or has most to come."""
    if not left:
        return ()
    to_come = Counter(person for pair in left for person in pair)
    worth = {
        person: (MUST if count >= rounds else 0.0)
        + A_WAIT * (2.0 ** min(waited[person], LONG) - 1.0)
        + count
        for person, count in to_come.items()
    }
    mentors = {person: at for at, person in enumerate(sorted({pair[0] for pair in left}))}
    mentees = {person: at for at, person in enumerate(sorted({pair[1] for pair in left}))}
    table: npt.NDArray[np.float64] = np.zeros((len(mentors), len(mentees)))
    for mentor, mentee in left:
        table[mentors[mentor], mentees[mentee]] = (
            A_MEETING
            + worth[mentor]
            + worth[mentee]
            + (AS_ANNOUNCED if (mentor, mentee) in announced else 0.0)
        )
    rows, columns = linear_sum_assignment(table, maximize=True)
    first, second = list(mentors), list(mentees)
    found = zip(rows, columns, strict=True)
    return tuple((first[row], second[column]) for row, column in found if table[row, column])


def spaced(rounds: Sequence[Round], people: Iterable[int]) -> tuple[Round, ...]:
    """The same rounds, exchanged two by two until no exchange makes waits in a row shorter."""
    order = list(rounds)
    away = [set(people) - {person for pair in each for person in pair} for each in order]
    cost, improved = _waiting(away), True
    while improved:
        improved = False
        for one, other in combinations(range(len(order)), 2):
            _exchange(away, one, other)
            tried = _waiting(away)
            if tried < cost:
                cost, improved = tried, True
                _exchange(order, one, other)
            else:
                _exchange(away, one, other)
    return tuple(order)


def _exchange(things: list[Any], one: int, other: int) -> None:
    things[one], things[other] = things[other], things[one]


def _waiting(away: Sequence[Collection[int]]) -> int:
    """The rounds in a row that people wait, squared: one long wait is worse than several short ones."""
    cost, waited = 0, Counter[int]()
    for absent in away:
        waited = Counter({person: waited[person] + 1 for person in absent})
        cost += sum(2 * each - 1 for each in waited.values())
    return cost
