"""The second layer: from what is known of an answer to come, the probability that is shown and logged. Pure.

Inputs are a fixed tuple of floats; the layer is one dot product, plus a few hidden units that see what a sum
cannot (the same lag means another thing after a right and after a wrong answer).
"""

from collections.abc import Sequence
from dataclasses import dataclass
from math import log, tanh
from operator import mul
from typing import NamedTuple

from academy.mastery.ability import Belief
from academy.mastery.logistic import sigmoid


class Past(NamedTuple):
    """What happened before this question: counts, averages and days since."""

    answers: float
    right: float
    fast: float
    slow: float
    idle: float
    notion_answers: float
    notion_right: float
    notion_recent: float
    notion_last: float
    notion_idle: float
    times: float
    last: float
    since: float


INPUTS = (
    "chance",
    "ability",
    "notion",
    "practice",
    "difficulty",
    "ability variance",
    "notion variance",
    "difficulty variance",
    "answers",
    "right answers",
    "recent answers",
    "former answers",
    "days idle",
    "answers to the notion",
    "right answers to the notion",
    "recent answers to the notion",
    "last answer to the notion",
    "days without the notion",
    "asked before",
    "times asked",
    "last answer to the question",
    "days without the question",
    "memory",
    "skill",
)
MINUTES = 1440.0


def inputs(
    p_logit: float, belief: Belief, difficulty: float, spread: float, past: Past, memory: float
) -> tuple[float, ...]:
    """The numbers the layer sees, in the order of INPUTS; what never happened is 0."""
    met = past.notion_answers > 0.0
    asked = past.times > 0.0
    return (
        p_logit,
        belief.ability,
        belief.notion,
        belief.practice,
        difficulty,
        belief.ability_variance,
        belief.notion_variance,
        spread,
        log(1.0 + past.answers),
        log((past.right + 1.0) / (past.answers - past.right + 1.0)),
        past.fast - 0.5 if past.answers > 0.0 else 0.0,
        past.slow - 0.5 if past.answers > 0.0 else 0.0,
        log(1.0 + past.idle * MINUTES),
        log(1.0 + past.notion_answers),
        log((past.notion_right + 1.0) / (past.notion_answers - past.notion_right + 1.0)),
        past.notion_recent - 0.5 if met else 0.0,
        past.notion_last,
        log(1.0 + past.notion_idle * MINUTES) if met else 0.0,
        1.0 if asked else 0.0,
        log(1.0 + past.times),
        past.last,
        log(1.0 + past.since) if asked else 0.0,
        memory,
        belief.skill,
    )


@dataclass(frozen=True, slots=True)
class Calibration:
    """The weights in force, numbered: the sum's, each hidden unit's, and what each hidden unit counts for.

    As shipped it lets the first layer speak alone.
    """

    version: int = 1
    constant: float = 0.0
    slopes: tuple[float, ...] = (1.0,) + (0.0,) * (len(INPUTS) - 1)
    hidden: tuple[tuple[float, tuple[float, ...], float], ...] = ()


def calibrated(calibration: Calibration, fields: Sequence[float]) -> float:
    """The probability, strictly between 0 and 1."""
    total = calibration.constant + sum(map(mul, calibration.slopes, fields))
    for constant, slopes, counts in calibration.hidden:
        total += counts * tanh(constant + sum(map(mul, slopes, fields)))
    return sigmoid(min(max(total, -_SUREST), _SUREST))


_SUREST = 12.0


def folded(
    weights: Sequence[float],
    means: Sequence[float],
    scales: Sequence[float],
    units: int,
    version: int,
) -> Calibration:
    """The layer for inputs as they are, from flat weights (see `descent`) for inputs centred and scaled."""
    size = len(means)

    def unfolded(at: int) -> tuple[float, tuple[float, ...]]:
        slopes = tuple(weights[at + 1 + k] / scales[k] for k in range(size))
        return weights[at] - sum(map(mul, slopes, means)), slopes

    constant, slopes = unfolded(0)
    out = (1 + size) * (1 + units)
    hidden = tuple(
        (*unfolded((1 + size) * (1 + unit)), weights[out + unit]) for unit in range(units)
    )
    return Calibration(version, constant, slopes, hidden)
