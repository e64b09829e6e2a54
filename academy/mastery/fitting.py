"""A night's fit: population, difficulties and calibration from answers. Pure, plain Python, bounded.

The arithmetic is in `replay`, `difficulty` and `descent`, as loops over flat sequences; `Loops` says who runs
them: Python, or the benchmark's compiler.
"""

from array import array
from collections.abc import Callable, MutableSequence, Sequence
from dataclasses import dataclass, field
from math import cos, exp, log, pi, sqrt
from random import Random
from typing import Any

from academy.mastery import descent, difficulty, search
from academy.mastery import replay as lived
from academy.mastery.ability import Population
from academy.mastery.calibration import INPUTS, Calibration, folded
from academy.mastery.replay import PLACES, SIDES, SKILL_PLACES, Rows
from academy.mastery.tutor import Model

PARTS = 8
SETTLING = 2
"""Rounds in which difficulties settle for given parameters."""


@dataclass(frozen=True, slots=True)
class Catalogue:
    """The questions: the notion of each, and the author's level in logits; how many notions and skills."""

    notion_of: Sequence[int]
    levels: Sequence[float]
    notions: int
    skills: int = 0


@dataclass(frozen=True, slots=True)
class Effort:
    """How much a fit may do: answers looked at, evaluations per search, walks through the answers, units."""

    answers: int = 20_000
    searches: tuple[int, ...] = (100, 200)
    epochs: int = 6
    units: int = 16
    batch: int = 64
    rate: float = 0.004
    decay: float = 0.02


def floats(size: int) -> MutableSequence[float]:
    return array("d", bytes(8 * size))


@dataclass(frozen=True, slots=True)
class Loops:
    """Who walks through the answers."""

    replay: Callable[..., float] = lived.replay
    tally: Callable[..., None] = lived.tally
    epoch: Callable[..., float] = descent.epoch
    notion_shares: Callable[..., float] = difficulty.notion_shares
    question_shares: Callable[..., float] = difficulty.question_shares
    level_slope: Callable[..., float] = difficulty.level_slope
    together: Callable[..., None] = difficulty.together
    floats: Callable[[int], Any] = floats
    ints: Callable[[Sequence[int]], Any] = list


@dataclass(frozen=True, slots=True)
class Fitted:
    """What a fit found: the model, and for each question its difficulty and the variance of that."""

    model: Model
    difficulty: Sequence[float]
    variance: Sequence[float]


@dataclass(slots=True)
class _Tables:
    """Difficulties in the making."""

    table: Any
    shares: Any
    spreads: Any
    notion_shares: Any
    slope: float = 1.0
    variance: float = 0.8
    notion_variance: float = 0.3
    part: Any = field(default_factory=list)


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
    tables = _blank(rows, catalogue, loops, dice)
    sample = sampled(rows, effort.answers, dice, loops)
    for evaluations in effort.searches:
        _settle(tables, rows, catalogue, people, loops)
        people = _searched(tables, sample, catalogue, people, loops, evaluations)
    _settle(tables, rows, catalogue, people, loops)
    layer = _calibrated(tables, rows, catalogue, people, loops, effort, dice)
    last = PARTS * len(catalogue.notion_of)
    return Fitted(Model(people, layer), tables.table[last:], tables.spreads[last:])


def better(old: Sequence[float], new: Sequence[float], right: Sequence[bool]) -> tuple[bool, float, float]:
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


@dataclass(frozen=True, slots=True)
class _Sample:
    rows: Rows
    persons: tuple[int, ...]


def sampled(rows: Rows, answers: int, dice: Random, loops: Loops) -> _Sample:
    """Whole histories of people drawn by lot, until there are so many answers."""
    persons = list(range(len(rows.starts) - 1))
    dice.shuffle(persons)
    taken, total = [], 0
    for person in persons:
        if total >= answers:
            break
        taken.append(person)
        total += rows.starts[person + 1] - rows.starts[person]
    return _Sample(cut(rows, taken, loops), tuple(taken))


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




def _blank(rows: Rows, catalogue: Catalogue, loops: Loops, dice: Random) -> _Tables:
    questions = len(catalogue.notion_of)
    persons = list(range(len(rows.starts) - 1))
    dice.shuffle(persons)
    part = [0] * len(persons)
    for place, person in enumerate(persons):
        part[person] = place % PARTS
    tables = _Tables(
        loops.floats((PARTS + 1) * questions),
        loops.floats((PARTS + 1) * questions),
        loops.floats((PARTS + 1) * questions),
        loops.floats((PARTS + 1) * catalogue.notions),
        part=loops.ints(part),
    )
    _put_together(tables, catalogue, loops)
    return tables


def _put_together(tables: _Tables, catalogue: Catalogue, loops: Loops) -> None:
    loops.together(
        tables.table,
        tables.shares,
        tables.notion_shares,
        catalogue.levels,
        catalogue.notion_of,
        catalogue.notions,
        PARTS,
        tables.slope,
    )


def _settle(
    tables: _Tables, rows: Rows, catalogue: Catalogue, people: Population, loops: Loops
) -> None:
    """Difficulties for these parameters: live the answers again, sum, move, a few times."""
    questions = len(catalogue.notion_of)
    sides = loops.floats(SIDES * len(rows.question))
    for _ in range(SETTLING):
        _lived(tables, rows, tables.part, catalogue, people, loops, sides=sides)
        sums = loops.floats(2 * (PARTS + 1) * catalogue.notions)
        for _ in range(SETTLING):
            _tally(loops, people, rows, rows.notion, tables, sides, 0, catalogue.notions, sums)
            tables.notion_variance = loops.notion_shares(
                tables.notion_shares, sums, catalogue.notions, PARTS, tables.notion_variance
            )
            _put_together(tables, catalogue, loops)
        sums = loops.floats(2 * (PARTS + 1) * questions)
        for _ in range(SETTLING):
            _tally(loops, people, rows, rows.question, tables, sides, 2, questions, sums)
            _move_questions(tables, catalogue, loops, sums)
            _put_together(tables, catalogue, loops)


def _tally(
    loops: Loops,
    people: Population,
    rows: Rows,
    of: Sequence[int],
    tables: _Tables,
    sides: Any,
    side: int,
    size: int,
    sums: Any,
) -> None:
    loops.tally(people, rows, of, tables.part, PARTS, sides, side, tables.table, size, sums)


def _move_questions(tables: _Tables, catalogue: Catalogue, loops: Loops, sums: Any) -> None:
    slope = loops.level_slope(
        tables.shares,
        sums,
        catalogue.levels,
        catalogue.notion_of,
        catalogue.notions,
        PARTS,
        tables.slope,
        tables.variance,
    )
    turn, tables.slope = slope - tables.slope, slope
    tables.variance = loops.question_shares(
        tables.shares,
        tables.spreads,
        sums,
        catalogue.levels,
        catalogue.notion_of,
        catalogue.notions,
        PARTS,
        turn,
        tables.variance,
    )


def _lived(
    tables: _Tables,
    rows: Rows,
    part: Sequence[int],
    catalogue: Catalogue,
    people: Population,
    loops: Loops,
    sides: Any = None,
    fields: Any = None,
) -> float:
    """Replay with difficulties made without the people of one's own part."""
    b, spread = _own(tables, rows, part, catalogue, loops)
    return loops.replay(
        people,
        rows,
        b,
        spread,
        loops.floats(PLACES * catalogue.notions),
        loops.floats(SKILL_PLACES * max(1, catalogue.skills)),
        loops.floats(0) if sides is None else sides,
        loops.floats(0) if fields is None else fields,
    )


def _own(
    tables: _Tables, rows: Rows, part: Sequence[int], catalogue: Catalogue, loops: Loops
) -> tuple[Any, Any]:
    b, spread = loops.floats(len(rows.question)), loops.floats(len(rows.question))
    questions = len(catalogue.notion_of)
    for person in range(len(rows.starts) - 1):
        for row in range(rows.starts[person], rows.starts[person + 1]):
            k = part[person] * questions + rows.question[row]
            b[row], spread[row] = tables.table[k], tables.spreads[k]
    return b, spread


def _searched(
    tables: _Tables,
    sample: _Sample,
    catalogue: Catalogue,
    people: Population,
    loops: Loops,
    evaluations: int,
) -> Population:
    """Better parameters for these difficulties, on the sample."""
    part = [tables.part[person] for person in sample.persons]
    b, spread = _own(tables, sample.rows, part, catalogue, loops)
    notions = loops.floats(PLACES * catalogue.notions)
    skills = loops.floats(SKILL_PLACES * max(1, catalogue.skills))
    none = loops.floats(0)

    def loss(point: search.Point) -> float:
        tried = decoded(point, people.version)
        total = loops.replay(tried, sample.rows, b, spread, notions, skills, none, none)
        return total / len(sample.rows.question) + _RESTRAINT * sum(x * x for x in point)

    found, _ = search.lowest(loss, encoded(people), evaluations)
    return decoded(found, people.version + 1)


_RESTRAINT = 1e-6
_SHARES = {"luck": 1.0, "slip": 0.3}
_FREE = ("bias",)
_FAR = 9.0


def encoded(people: Population) -> tuple[float, ...]:
    """The parameters as numbers without bounds."""

    def code(name: str, value: float) -> float:
        if name in _FREE:
            return value
        if name in _SHARES:
            share = min(max(value / _SHARES[name], 1e-3), 1 - 1e-3)
            return log(share / (1 - share))
        return log(max(value, 1e-5))

    return tuple(code(name, getattr(people, name)) for name in Population._fields[:-1])


def decoded(point: Sequence[float], version: int) -> Population:
    """Back: shares within their bounds, everything else above 0."""

    def value(name: str, x: float) -> float:
        if name in _FREE:
            return x
        if name in _SHARES:
            return _SHARES[name] / (1 + exp(-min(max(x, -_FAR), _FAR)))
        return exp(min(max(x, -12.0), 5.0))

    names = Population._fields[:-1]
    return Population._make([*(value(n, x) for n, x in zip(names, point, strict=True)), version])


def _calibrated(
    tables: _Tables,
    rows: Rows,
    catalogue: Catalogue,
    people: Population,
    loops: Loops,
    effort: Effort,
    dice: Random,
) -> Calibration:
    size, units = len(INPUTS), effort.units
    fields = loops.floats(size * len(rows.question))
    _lived(tables, rows, tables.part, catalogue, people, loops, fields=fields)
    means, scales = _standardised(fields, size)
    weights = loops.floats(1 + size + units * (2 + size))
    weights[0], weights[1] = means[0], scales[0]
    for k in range(1 + size, (1 + size) * (1 + units)):
        weights[k] = dice.gauss(0, 1 / sqrt(size))
    mean = loops.floats(len(weights))
    mean[:] = weights[:]
    first, second, slope = (loops.floats(len(weights)) for _ in range(3))
    order = list(range(len(rows.question)))
    blend = min(1.0, effort.batch / len(order))
    for epoch in range(effort.epochs):
        dice.shuffle(order)
        rate = effort.rate * (1 + cos(pi * epoch / effort.epochs)) / 2
        loops.epoch(
            weights,
            mean,
            slope,
            first,
            second,
            loops.floats(units),
            fields,
            rows.outcome,
            loops.ints(order),
            size,
            units,
            effort.batch,
            rate,
            effort.decay,
            blend,
        )
    return folded(mean, means, scales, units, people.version)


def _standardised(fields: Any, size: int) -> tuple[list[float], list[float]]:
    """Centres and scales the inputs in place; gives how."""
    n = len(fields) // size
    means, scales = [0.0] * size, [1.0] * size
    for k in range(size):
        column = fields[k::size]
        means[k] = float(sum(column)) / n
        scales[k] = sqrt(float(sum((x - means[k]) ** 2 for x in column)) / n) or 1.0
        for row in range(n):
            fields[row * size + k] = (fields[row * size + k] - means[k]) / scales[k]
    return means, scales
