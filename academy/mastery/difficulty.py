"""How hard each question is, in logits: from its author's level, then from answers, at night. Pure.

    difficulty = slope * level + its notion's share + its own share

A notion's share is read from general ability alone: read against what people know *of that notion*, it would
chase its own tail. A question's share is read against everything known of the person, and sums to nothing
within the notion. Both are shrunk by their information, so a question that nobody met has its author's level
and its notion's share.

Tables are flat: parts + 1 times all questions (or notions). Part p is made without the people of part p, so
that nobody's own answers are among what predicts them; the last part is made with everybody.
"""

from collections.abc import MutableSequence, Sequence

SPREAD = 1.0
"""Variance of a difficulty that only its author gave."""

_MIDDLE = 3
_BY_LEVEL = 0.75
_WIDEST = 2.0
_NARROWEST = 0.02
_FARTHEST = 3.0
_LEAST = 1e-3


def from_level(level: int) -> float:
    """The author's level, 1 to 5, in logits: -1.5 to 1.5."""
    return (level - _MIDDLE) * _BY_LEVEL


def notion_shares(
    shares: MutableSequence[float],
    sums: Sequence[float],
    notions: int,
    parts: int,
    variance: float,
) -> float:
    """Move the notions' shares by what was summed, centred; gives the variance they turn out to have."""
    found, met = 0.0, 0
    for part in range(parts + 1):
        weight, mean = 0.0, 0.0
        for k in range(part * notions, (part + 1) * notions):
            weight += sums[2 * k + 1]
            mean += sums[2 * k + 1] * moved(shares[k], sums[2 * k], sums[2 * k + 1])
        mean = mean / max(weight, _LEAST)
        for k in range(part * notions, (part + 1) * notions):
            known = sums[2 * k + 1]
            centred = moved(shares[k], sums[2 * k], known) - mean
            shares[k] = known * centred / (known + 1.0 / variance)
            if part == parts and known > 0.0:
                found += shares[k] * shares[k] + 1.0 / (known + 1.0 / variance)
                met += 1
    return bounded(found / max(met, 1))


def moved(value: float, slope: float, information: float) -> float:
    """One step towards what the answers say, not too far."""
    step = slope / max(information, _LEAST)
    return value + min(max(step, -_FARTHEST), _FARTHEST)


def bounded(variance: float) -> float:
    return min(max(variance, _NARROWEST), _WIDEST)


def level_slope(
    shares: Sequence[float],
    sums: Sequence[float],
    levels: Sequence[float],
    notion_of: Sequence[int],
    notions: int,
    parts: int,
    slope: float,
    variance: float,
) -> float:
    """How much of the authors' levels answers confirm, within notions; the slope as it was without levels."""
    questions = len(notion_of)
    weight, level, value = [0.0] * notions, [0.0] * notions, [0.0] * notions
    for question in range(questions):
        k = parts * questions + question
        w = trust(sums[2 * k + 1], variance)
        n = notion_of[question]
        weight[n] += w
        level[n] += w * levels[question]
        value[n] += w * (moved(shares[k], sums[2 * k], sums[2 * k + 1]) + slope * levels[question])
    shared, spread = 0.0, 0.0
    for question in range(questions):
        k = parts * questions + question
        w = trust(sums[2 * k + 1], variance)
        n = notion_of[question]
        if w > 0.0:
            off = levels[question] - level[n] / weight[n]
            full = moved(shares[k], sums[2 * k], sums[2 * k + 1]) + slope * levels[question]
            shared += w * off * (full - value[n] / weight[n])
            spread += w * off * off
    return shared / spread if spread > 1.0 else slope


def trust(information: float, variance: float) -> float:
    """What a question's own estimate weighs: the inverse of its variance around the notion."""
    return 1.0 / (variance + 1.0 / information) if information > 0.0 else 0.0


def question_shares(
    shares: MutableSequence[float],
    spreads: MutableSequence[float],
    sums: Sequence[float],
    levels: Sequence[float],
    notion_of: Sequence[int],
    notions: int,
    parts: int,
    turn: float,
    variance: float,
) -> float:
    """Move the questions' shares by what was summed, centred within notions; gives their variance.

    `turn`: by how much the levels' slope has just grown, to be taken off. `spreads` receives the variance of
    each estimate.
    """
    questions = len(notion_of)
    found, met = 0.0, 0
    for part in range(parts + 1):
        weight, mean = [0.0] * notions, [0.0] * notions
        for question in range(questions):
            k = part * questions + question
            shares[k] = moved(shares[k], sums[2 * k], sums[2 * k + 1]) - turn * levels[question]
            w = trust(sums[2 * k + 1], variance)
            weight[notion_of[question]] += w
            mean[notion_of[question]] += w * shares[k]
        for question in range(questions):
            k, n = part * questions + question, notion_of[question]
            known = sums[2 * k + 1]
            spreads[k] = 1.0 / (known + 1.0 / variance)
            shares[k] = known * (shares[k] - mean[n] / max(weight[n], _LEAST)) * spreads[k]
            if part == parts and known > 0.0:
                found += shares[k] * shares[k] + spreads[k]
                met += 1
    return bounded(found / max(met, 1))


def together(
    table: MutableSequence[float],
    shares: Sequence[float],
    notion_shares: Sequence[float],
    levels: Sequence[float],
    notion_of: Sequence[int],
    notions: int,
    parts: int,
    slope: float,
) -> None:
    """Write the difficulties."""
    questions = len(notion_of)
    for part in range(parts + 1):
        for question in range(questions):
            table[part * questions + question] = (
                slope * levels[question]
                + notion_shares[part * notions + notion_of[question]]
                + shares[part * questions + question]
            )
