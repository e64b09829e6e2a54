"""What a fit looks at, and who walks through it. Pure."""

from array import array
from collections.abc import Callable, MutableSequence, Sequence
from dataclasses import dataclass
from random import Random
from typing import Any

from academy.mastery import descent, difficulty
from academy.mastery import replay as lived
from academy.mastery.replay import Rows


@dataclass(frozen=True, slots=True)
class Catalogue:
    """The questions: the notion of each, and the author's level in logits; how many notions and skills."""

    notion_of: Sequence[int]
    levels: Sequence[float]
    notions: int
    skills: int = 0


def floats(size: int) -> MutableSequence[float]:
    return array("d", bytes(8 * size))


@dataclass(frozen=True, slots=True)
class Loops:
    """Who walks through the answers."""

    replay: Callable[..., float] = lived.replay
    tally: Callable[..., None] = lived.tally
    epoch: Callable[..., None] = descent.epoch
    cost: Callable[..., float] = descent.cost
    notion_shares: Callable[..., float] = difficulty.notion_shares
    question_shares: Callable[..., float] = difficulty.question_shares
    level_slope: Callable[..., float] = difficulty.level_slope
    together: Callable[..., None] = difficulty.together
    floats: Callable[[int], Any] = floats
    ints: Callable[[Sequence[int]], Any] = list


@dataclass(frozen=True, slots=True)
class Sample:
    rows: Rows
    persons: tuple[int, ...]


def sampled(rows: Rows, answers: int, dice: Random, loops: Loops) -> Sample:
    """Whole histories of people drawn by lot, until there are so many answers."""
    persons = list(range(len(rows.starts) - 1))
    dice.shuffle(persons)
    taken, total = [], 0
    for person in persons:
        if total >= answers:
            break
        taken.append(person)
        total += rows.starts[person + 1] - rows.starts[person]
    return Sample(cut(rows, taken, loops), tuple(taken))


def cut(rows: Rows, persons: Sequence[int], loops: Loops) -> Rows:
    """The rows of these people only, columns of the same kind as they were."""
    index: list[int] = []
    starts, earlier = [0], []
    for person in persons:
        first, end = rows.starts[person], rows.starts[person + 1]
        shift = len(index) - first
        earlier += [-1 if e < 0 else e + shift for e in rows.earlier[first:end]]
        index += range(first, end)
        starts.append(len(index))

    def ints(column: Sequence[int]) -> Any:
        return loops.ints([column[k] for k in index])

    def reals(column: Sequence[float]) -> Any:
        made = loops.floats(len(index))
        for place, k in enumerate(index):
            made[place] = column[k]
        return made

    return Rows(
        loops.ints(starts),
        ints(rows.question),
        ints(rows.notion),
        ints(rows.skill),
        ints(rows.outcome),
        reals(rows.guess),
        reals(rows.days),
        loops.ints(earlier),
        ints(rows.times),
    )
