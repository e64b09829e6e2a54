"""Chances and logits. Plain arithmetic on floats, which the benchmark can compile. Pure."""

from math import exp, log, pi, sqrt


def sigmoid(x: float) -> float:
    """The logistic function, without overflow."""
    if x >= 0.0:
        return 1.0 / (1.0 + exp(-min(x, 500.0)))
    small = exp(max(x, -500.0))
    return small / (1.0 + small)


def logit(p: float, edge: float = 1e-6) -> float:
    """Its inverse, for shares kept off 0 and 1 by an edge."""
    p = min(max(p, edge), 1.0 - edge)
    return log(p / (1.0 - p))


def width(variance: float) -> float:
    """What a signal of that variance is divided by before the logistic function."""
    return sqrt(1.0 + pi / 8.0 * variance)
