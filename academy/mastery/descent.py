"""Fitting the calibration layer by gradient descent, on plain sequences. Pure.

The weights are one flat sequence: the sum's constant and its slopes, then each hidden unit's constant and
slopes, then what each hidden unit counts for.
"""

from collections.abc import MutableSequence, Sequence
from math import log, sqrt, tanh

from academy.mastery.logistic import sigmoid
from academy.mastery.replay import RIGHT

_FORGET = 0.9
_FORGET_SQUARES = 0.99
_TINY = 1e-8


def forward(
    weights: Sequence[float],
    fields: Sequence[float],
    at: int,
    width: int,
    units: int,
    active: MutableSequence[float],
) -> float:
    """The logit of the row that begins `at`; leaves the hidden units' values in `active`."""
    total = weights[0]
    for k in range(width):
        total += weights[1 + k] * fields[at + k]
    out = 1 + width + units * (1 + width)
    for unit in range(units):
        base = (1 + width) * (1 + unit)
        inner = weights[base]
        for k in range(width):
            inner += weights[base + 1 + k] * fields[at + k]
        active[unit] = tanh(inner)
        total += weights[out + unit] * active[unit]
    return total


def backward(
    weights: Sequence[float],
    fields: Sequence[float],
    at: int,
    width: int,
    units: int,
    active: Sequence[float],
    error: float,
    slope: MutableSequence[float],
) -> None:
    """Adds to `slope` what one row's error says."""
    slope[0] += error
    for k in range(width):
        slope[1 + k] += error * fields[at + k]
    out = 1 + width + units * (1 + width)
    for unit in range(units):
        slope[out + unit] += error * active[unit]
        inner = error * weights[out + unit] * (1.0 - active[unit] * active[unit])
        base = (1 + width) * (1 + unit)
        slope[base] += inner
        for k in range(width):
            slope[base + 1 + k] += inner * fields[at + k]


def step(
    weights: MutableSequence[float],
    slope: MutableSequence[float],
    first: MutableSequence[float],
    second: MutableSequence[float],
    home: Sequence[float],
    rate: float,
    decay: float,
    rows: int,
) -> None:
    """One step of Adam with a decoupled pull towards `home`, after `rows` rows; clears the slope."""
    for k in range(len(weights)):
        g = slope[k] / rows
        first[k] = _FORGET * first[k] + (1.0 - _FORGET) * g
        second[k] = _FORGET_SQUARES * second[k] + (1.0 - _FORGET_SQUARES) * g * g
        weights[k] -= rate * (first[k] / (sqrt(second[k]) + _TINY) + decay * (weights[k] - home[k]))
        slope[k] = 0.0


def epoch(
    weights: MutableSequence[float],
    mean: MutableSequence[float],
    slope: MutableSequence[float],
    first: MutableSequence[float],
    second: MutableSequence[float],
    home: Sequence[float],
    active: MutableSequence[float],
    fields: Sequence[float],
    outcome: Sequence[int],
    order: Sequence[int],
    width: int,
    units: int,
    batch: int,
    rate: float,
    decay: float,
    blend: float,
) -> None:
    """One walk through the rows in that order; `mean` follows the weights slowly."""
    pending = 0
    for row in order:
        p = sigmoid(forward(weights, fields, row * width, width, units, active))
        y = 1.0 if outcome[row] == RIGHT else 0.0
        backward(weights, fields, row * width, width, units, active, p - y, slope)
        pending += 1
        if pending == batch:
            step(weights, slope, first, second, home, rate, decay, pending)
            pending = 0
            for k in range(len(weights)):
                mean[k] += blend * (weights[k] - mean[k])


def cost(
    weights: Sequence[float],
    fields: Sequence[float],
    outcome: Sequence[int],
    order: Sequence[int],
    width: int,
    units: int,
    active: MutableSequence[float],
) -> float:
    """The mean log loss over these rows."""
    total = 0.0
    for row in order:
        p = sigmoid(forward(weights, fields, row * width, width, units, active))
        total -= log(max(p if outcome[row] == RIGHT else 1.0 - p, 1e-12))
    return total / max(1, len(order))
