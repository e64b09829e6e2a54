"""When a notion has its turn again. Pure."""

from collections.abc import Iterable, Sequence
from typing import NamedTuple

from academy.mastery import belief, valuing
from academy.mastery.belief import Belief, Population
from academy.mastery.mind import Trace
from academy.mastery.taste import Taste

WEEK = (1, 2, 3, 4, 5, 6, 7)
MONTH = (9, 11, 14, 17, 21, 26, 32)
YEAR = (40, 50, 60, 75, 90, 120, 150, 180, 240, 300, 365)
DATES = WEEK + MONTH + YEAR
"""Days told: nobody plans for the 43rd day."""


_TURNS = 0.7
"""Notions that have their turn for good on a day: two a round, five rounds a week, less those that come back
before. Measured: docs/decisions/035-the-minute-asks-the-engine.md."""

_FEW = 2
"""So many days are looked at one by one."""


class Stakes(NamedTuple):
    """What a notion needs to come again: see `rivals_of`; by what its worth is multiplied, and the chance
    that what it builds on is there."""

    rivals: Sequence[float]
    weight: float = 1.0
    prerequisite: float = 1.0


def next_date(trace: Trace, stakes: Stakes, now: float, people: Population, taste: Taste) -> int:
    """In how many days from now the notion has its turn: when it is worth more than what still waits.

    `stakes.rivals` must never rise, as those of `rivals_of`.
    """
    ahead = valuing.Ahead(
        Belief(trace.kappa, trace.stability),
        belief.learning(stakes.prerequisite, people),
        stakes.weight,
        people,
        taste,
    )
    since, rivals = now - trace.last, stakes.rivals
    last = min(len(rivals), len(DATES))
    found = _first(ahead, since, rivals, 0, last) if last else None
    return DATES[min(len(rivals), len(DATES) - 1) if found is None else found]


def _first(
    ahead: valuing.Ahead, since: float, rivals: Sequence[float], begin: int, end: int
) -> int | None:
    """The first of these dates on which the worth reaches its rival.

    As a rule nothing comes near for months: days that cannot reach even the least of their rivals are told
    from the first and the last of them, and only the others are looked at.
    """
    if end - begin <= _FEW:
        return next(
            (
                each
                for each in range(begin, end)
                if ahead.worth(since + DATES[each]) >= rivals[each]
            ),
            None,
        )
    if ahead.at_most(since + DATES[begin], since + DATES[end - 1]) < rivals[end - 1]:
        return None
    middle = (begin + end) // 2
    found = _first(ahead, since, rivals, begin, middle)
    return _first(ahead, since, rivals, middle, end) if found is None else found


def rivals_of(worth: Iterable[float]) -> tuple[float, ...]:
    """For each of DATES, what a notion must be worth to have its turn by then; shorter when all had it."""
    waiting = sorted(worth, reverse=True)
    ranks = [int(_TURNS * days) for days in DATES]
    return tuple(waiting[rank] for rank in ranks if rank < len(waiting))
