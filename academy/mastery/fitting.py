"""A night's fit: population, difficulties and calibration from answers. Pure, plain Python, bounded.

The arithmetic is in `replay`, `difficulty` and `descent`, as loops over flat sequences; `Loops` says who runs
them: Python, or the benchmark's compiler.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from math import cos, exp, inf, log, pi, sqrt
from random import Random
from typing import Any

from academy.mastery import search
from academy.mastery.ability import Population
from academy.mastery.calibration import INPUTS, Calibration, folded
from academy.mastery.logistic import logit, sigmoid
from academy.mastery.replay import PLACES, SKILL_PLACES, Rows
from academy.mastery.sampling import Catalogue, Loops, Sample, sampled
from academy.mastery.settling import PARTS, Tables, blank, live, own, settle
from academy.mastery.tutor import Model

ANSWERS_A_UNIT = 5000
"""A hidden unit for so many answers: a small company's would learn its people by heart."""

_RESTRAINT = 1e-6
_SHARES = {"luck": 1.0, "slip": 0.3}
_FREE = ("bias",)
_FAR = 9.0
_STILL = 1e-9


@dataclass(frozen=True, slots=True)
class Effort:
    """How much a fit may do: `most` answers at all, `answers` in each search, evaluations per search, walks.

    Whole histories of people drawn by lot. `restraint`: pull of the search towards where it starts, divided
    by the answers. `units`: the fewest and the most hidden ones; `batch`, `rate`, `pull` (towards the first
    layer, divided by the answers): of the calibration's descent.
    """

    most: int = 50_000
    answers: int = 20_000
    searches: tuple[int, ...] = (100, 200)
    restraint: float = 0.0
    epochs: int = 6
    units: tuple[int, int] = (4, 16)
    batch: int = 256
    rate: float = 0.02
    pull: float = 4000.0


@dataclass(frozen=True, slots=True)
class Fitted:
    """What a fit found: the model, and for each question its difficulty and the variance of that."""

    model: Model
    difficulty: Sequence[float]
    variance: Sequence[float]


def fit(
    rows: Rows,
    catalogue: Catalogue,
    start: Population | None = None,
    effort: Effort | None = None,
    loops: Loops | None = None,
    seed: int = 0,
) -> Fitted:
    """The model that these answers ask for; the same answers and seed give the same model."""
    effort, loops = effort or Effort(), loops or Loops()
    people, dice = start or Population(), Random(seed)  # noqa: S311  # the order of rows
    rows = sampled(rows, effort.most, dice, loops).rows
    tables = blank(rows, catalogue, loops, dice)
    sample = sampled(rows, effort.answers, dice, loops)
    away = _restraint(encoded(people), effort.restraint / len(sample.rows.question))
    for evaluations in effort.searches:
        settle(tables, rows, catalogue, people, loops)
        people = _searched(tables, sample, catalogue, people, loops, evaluations, away)
    settle(tables, rows, catalogue, people, loops)
    layer = _calibrated(tables, rows, catalogue, people, loops, effort, dice)
    last = PARTS * len(catalogue.notion_of)
    return Fitted(Model(people, layer), tables.table[last:], tables.spreads[last:])


def better(
    old: Sequence[float], new: Sequence[float], right: Sequence[bool]
) -> tuple[bool, float, float]:
    """Whether the new probabilities deserve to replace the old ones on held-out answers; both log losses.

    New must win by more than chance: by one standard error of the difference.
    """
    losses = [(_loss(a, y), _loss(b, y)) for a, b, y in zip(old, new, right, strict=True)]
    n = len(losses)
    before, after = sum(a for a, _ in losses) / n, sum(b for _, b in losses) / n
    gain = before - after
    noise = sqrt(sum((a - b - gain) ** 2 for a, b in losses) / max(1, n - 1) / n)
    return gain > noise, before, after


def _loss(p: float, right: bool) -> float:
    return -log(max(p if right else 1 - p, 1e-12))


def _searched(
    tables: Tables,
    sample: Sample,
    catalogue: Catalogue,
    people: Population,
    loops: Loops,
    evaluations: int,
    away: Callable[[search.Point], float],
) -> Population:
    """Better parameters for these difficulties, on the sample; `away` is the price of going far."""
    part = [tables.part[person] for person in sample.persons]
    b, spread = own(tables, sample.rows, part, catalogue, loops)
    notions = loops.floats(PLACES * catalogue.notions)
    skills = loops.floats(SKILL_PLACES * (catalogue.skills + 1))
    none = loops.floats(0)

    def loss(point: search.Point) -> float:
        tried = decoded(point, people.version)
        total = loops.replay(tried, sample.rows, b, spread, notions, skills, none, none)
        return total / len(sample.rows.question) + away(point)

    found, _ = search.lowest(loss, encoded(people), evaluations)
    return decoded(found, people.version + 1)


def _restraint(home: search.Point, pull: float) -> Callable[[search.Point], float]:
    """What it costs to be away from home, and a trifle for being large."""

    def price(point: search.Point) -> float:
        far = sum((x - y) ** 2 for x, y in zip(point, home, strict=True))
        return pull * far + _RESTRAINT * sum(x * x for x in point)

    return price


def encoded(people: Population) -> tuple[float, ...]:
    """The parameters as numbers without bounds."""

    def code(name: str, value: float) -> float:
        if name in _FREE:
            return value
        if name in _SHARES:
            return logit(value / _SHARES[name], 1e-3)
        return log(max(value, 1e-5))

    return tuple(code(name, getattr(people, name)) for name in Population._fields[:-1])


def decoded(point: Sequence[float], version: int) -> Population:
    """Back: shares within their bounds, everything else above 0."""

    def value(name: str, x: float) -> float:
        if name in _FREE:
            return x
        if name in _SHARES:
            return _SHARES[name] * sigmoid(min(max(x, -_FAR), _FAR))
        return exp(min(max(x, -12.0), 5.0))

    names = Population._fields[:-1]
    return Population._make([*(value(n, x) for n, x in zip(names, point, strict=True)), version])


def _calibrated(
    tables: Tables,
    rows: Rows,
    catalogue: Catalogue,
    people: Population,
    loops: Loops,
    effort: Effort,
    dice: Random,
) -> Calibration:
    """The layer, where it helps people held out; if not, the first layer alone.

    It walks its whole course: stopping where those people were best served was measured, without gain.
    """
    fields = loops.floats(len(INPUTS) * len(rows.question))
    live(tables, rows, tables.part, catalogue, people, loops, fields=fields)
    means, scales = _standardised(fields, len(INPUTS))
    trial = _Descent(fields, rows.outcome, means, scales, loops, effort, dice.random())
    held, others = _held_out(rows, tables.part)
    if not others:
        return Calibration(version=people.version)
    before = trial.cost(held)
    trial.walk(others)
    if trial.cost(held) >= before:
        return Calibration(version=people.version)
    again = _Descent(fields, rows.outcome, means, scales, loops, effort, dice.random())
    again.walk(held + others)
    return folded(again.mean, means, scales, again.units, people.version)


def _held_out(rows: Rows, part: Sequence[int]) -> tuple[list[int], list[int]]:
    """The rows of the first part's people, and all others."""
    held: list[int] = []
    others: list[int] = []
    for person in range(len(rows.starts) - 1):
        to = held if part[person] == 0 else others
        to += range(rows.starts[person], rows.starts[person + 1])
    return held, others


class _Descent:
    """Weights on their way down, from the first layer alone; `mean` is what to keep."""

    def __init__(
        self,
        fields: Any,
        outcome: Sequence[int],
        means: Sequence[float],
        scales: Sequence[float],
        loops: Loops,
        effort: Effort,
        seed: float,
    ) -> None:
        size, (fewest, most) = len(means), effort.units
        self.units = min(most, max(fewest, len(outcome) // ANSWERS_A_UNIT))
        self.fields, self.outcome, self.loops, self.effort = fields, outcome, loops, effort
        self.dice = Random(seed)  # noqa: S311  # the order of rows
        self.weights = loops.floats(1 + size + self.units * (2 + size))
        self.weights[0], self.weights[1] = means[0], min(scales[0], 1e9)
        self.home = loops.floats(len(self.weights))
        self.home[:] = self.weights[:]
        for k in range(1 + size, (1 + size) * (1 + self.units)):
            self.weights[k] = self.dice.gauss(0, 1 / sqrt(size))
        self.mean = loops.floats(len(self.weights))
        self.mean[:] = self.weights[:]
        self.moments = [loops.floats(len(self.weights)) for _ in range(3)]

    def walk(self, rows: Sequence[int]) -> None:
        """Go through the rows, in an order drawn anew each time, with ever shorter steps."""
        order = list(rows)
        blend = min(1.0, self.effort.batch / len(order))
        for epoch in range(self.effort.epochs):
            self.dice.shuffle(order)
            rate = self.effort.rate * (1 + cos(pi * epoch / self.effort.epochs)) / 2
            self.loops.epoch(
                self.weights,
                self.mean,
                *self.moments,
                self.home,
                self.loops.floats(self.units),
                self.fields,
                self.outcome,
                self.loops.ints(order),
                len(INPUTS),
                self.units,
                self.effort.batch,
                rate,
                self.effort.pull / len(order),
                blend,
            )

    def cost(self, rows: Sequence[int]) -> float:
        return self.loops.cost(
            self.mean,
            self.fields,
            self.outcome,
            self.loops.ints(rows),
            len(INPUTS),
            self.units,
            self.loops.floats(self.units),
        )


def _standardised(fields: Any, size: int) -> tuple[list[float], list[float]]:
    """Centres and scales the inputs in place; gives how. What never varied gets an infinite scale: no say."""
    n = len(fields) // size
    means, scales = [0.0] * size, [1.0] * size
    for k in range(size):
        column = fields[k::size]
        means[k] = float(sum(column)) / n
        spread = sqrt(float(sum((x - means[k]) ** 2 for x in column)) / n)
        scales[k] = spread if spread > _STILL else inf
        for row in range(n):
            fields[row * size + k] = (fields[row * size + k] - means[k]) / scales[k]
    return means, scales
