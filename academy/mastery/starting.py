"""Where people of one trade begin, out of how able those before them turned out to be. Pure.

What is observed of each person is undone of the prior it was shrunk to; trades are then a random-effects
model: the variance between them by the method of moments (DerSimonian and Laird 1986), each mean shrunk to
that of everybody by what the variance leaves of it.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from typing import Final, NamedTuple

FEWEST: Final = 20
"""People of a trade that tell anything of it; of fewer, nothing is said either."""
FARTHEST: Final = 1.0
"""Logits: nobody is taken for more or less by their trade alone."""


class Turned(NamedTuple):
    """Somebody's ability as believed after their answers, in logits, with its variance, and their trade."""

    trade: str
    mean: float
    variance: float


class _Trade(NamedTuple):
    mean: float
    variance: float


def starts(people: Iterable[Turned], prior: float) -> dict[str, float]:
    """The ability to start from, by trade, in logits from everybody's; nothing where trades do not differ.

    `prior`: the variance of ability that each belief started from.
    """
    trades = _trades(people, prior)
    if len(trades) < 2:  # noqa: PLR2004  # one differs from no other
        return {}
    weights = {key: 1.0 / trade.variance for key, trade in trades.items()}
    between = _between(trades, weights)
    if between <= 0.0:
        return {}
    total = sum(1.0 / (trade.variance + between) for trade in trades.values())
    middle = sum(trade.mean / (trade.variance + between) for trade in trades.values()) / total
    return {
        key: min(
            FARTHEST,
            max(-FARTHEST, (trade.mean - middle) * between / (between + trade.variance)),
        )
        for key, trade in sorted(trades.items())
    }


def _trades(people: Iterable[Turned], prior: float) -> dict[str, _Trade]:
    of: dict[str, list[tuple[float, float]]] = defaultdict(list)
    for trade, mean, variance in people:
        told = 1.0 / variance - 1.0 / prior
        if told > 0.0:  # else the answers said nothing
            of[trade].append((mean / variance / told, 1.0 / (prior + 1.0 / told)))
    return {trade: _pooled(seen) for trade, seen in of.items() if len(seen) >= FEWEST}


def _pooled(seen: Sequence[tuple[float, float]]) -> _Trade:
    total = sum(weight for _, weight in seen)
    return _Trade(sum(weight * value for value, weight in seen) / total, 1.0 / total)


def _between(trades: Mapping[str, _Trade], weights: Mapping[str, float]) -> float:
    """The variance between trades."""
    total = sum(weights.values())
    middle = sum(weights[key] * trade.mean for key, trade in trades.items()) / total
    spread = sum(weights[key] * (trade.mean - middle) ** 2 for key, trade in trades.items())
    excess = spread - (len(trades) - 1)
    return excess / (total - sum(weight**2 for weight in weights.values()) / total)
