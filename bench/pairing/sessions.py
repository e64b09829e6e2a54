"""Sessions: the product beside the yardstick's exact policy, scipy, OR-Tools and `matching`, in one run."""

import gc
import importlib
import time
from collections.abc import Callable
from dataclasses import dataclass
from random import Random
from statistics import fmean
from typing import Any, TypeVar

from academy.mentoring.pairing.figures import Policy
from academy.mentoring.pairing.pool import Pool
from academy.mentoring.pairing.solver import propose
from bench.pairing import reference
from bench.pairing.instances import SOUGHT, pool_of_lists
from bench.pairing.reference import Choice
from bench.pairing.yardsticks import Yardsticks, installed

Result = TypeVar("Result")
SIZES = ((10, 10, 20), (20, 20, 6), (30, 30, 3), (12, 9, 10))
SKEWS = (0.5, 1.5)
BLANK_AFTER = (None, 3)
STAGES = ("card", "bp", "worst", "sum")
STRICT = (10, 50, 80, 100)


@dataclass(frozen=True)
class Run:
    """One tool on one session."""

    tool: str
    cpu: float
    vector: tuple[int, ...]
    proven: bool = True


def measured(yard: Yardsticks) -> list[dict[str, Any]]:
    """For each kind of session, each tool: figures and CPU, on the same seeds."""
    return [
        {
            "session": f"{first} x {second}",
            "popular people": skew,
            "ranked": "all" if top is None else f"top {top}",
            **_kind(yard, first, second, seeds, skew, top),
        }
        for first, second, seeds in SIZES
        for skew in SKEWS
        for top in (BLANK_AFTER if first == SIZES[0][0] else (None,))
    ]


def _kind(
    yard: Yardsticks, first: int, second: int, seeds: int, skew: float, top: int | None
) -> dict[str, Any]:
    runs = [_session(yard, first, second, seed, skew, top) for seed in range(seeds)]
    exact = [(each["pairing"], each["yardstick"]) for each in runs]
    tools = {tool: [each[tool] for each in runs] for tool in runs[0]}
    return {
        "sessions": seeds,
        "same optimum": sum(ours.vector == theirs.vector for ours, theirs in exact),
        "dearer than the yardstick": sum(ours.cpu > theirs.cpu for ours, theirs in exact),
        "tools": {tool: _summary(found) for tool, found in tools.items()},
    }


def _summary(runs: list[Run]) -> dict[str, Any]:
    means = {
        name: round(fmean(run.vector[at] for run in runs), 2) for at, name in enumerate(SOUGHT)
    }
    return {
        **means,
        "proven": sum(run.proven for run in runs),
        "cpu ms": round(1000 * fmean(run.cpu for run in runs), 1),
        "cpu ms at most": round(1000 * max(run.cpu for run in runs), 1),
    }


def _session(
    yard: Yardsticks, first: int, second: int, seed: int, skew: float, top: int | None
) -> dict[str, Run]:
    instance = yard.policy.sess(first, second, seed, skew, top)
    pool = pool_of_lists(*yard.lists)
    known = reference.facts(pool)
    runs = {
        "pairing": _ours(pool, Policy.STABLE_FOR_ALL),
        "pairing, best on average": _ours(pool, Policy.BEST_ON_AVERAGE),
        "pairing, nobody badly served": _ours(pool, Policy.NOBODY_BADLY_SERVED),
    }
    runs["yardstick"] = _theirs(
        "yardstick", known, first, lambda: yard.policy.lex(instance, STAGES)[0]
    )
    runs["scipy, assignment"] = _theirs(
        "scipy", known, first, lambda: _assigned(known, first, second)
    )
    if yard.algs is not None and first <= SIZES[0][0]:
        runs["OR-Tools"] = _theirs(
            "OR-Tools",
            known,
            first,
            lambda: yard.algs.cpsat(instance, STAGES, stable=False, workers=1)[0],
        )
    return runs


def _timed(solve: Callable[[], Result]) -> tuple[Result, float]:
    """What was found, and its CPU; the rest of the process leaves its rubbish for later."""
    gc.collect()
    gc.disable()
    try:
        started = time.process_time()
        return solve(), time.process_time() - started
    finally:
        gc.enable()


def _ours(pool: Pool, policy: Policy) -> Run:
    found, cpu = _timed(lambda: propose(pool, policy=policy))
    known = reference.facts(pool)
    return Run("pairing", cpu, _vector(known, found.pairs), found.optimal)


def _theirs(tool: str, known: reference.Facts, first: int, solve: Callable[[], list[int]]) -> Run:
    partners, cpu = _timed(solve)
    pairs = frozenset((one, first + other) for one, other in enumerate(partners) if other >= 0)
    return Run(tool, cpu, _vector(known, pairs))


def _vector(known: reference.Facts, pairs: Choice) -> tuple[int, ...]:
    figures = reference.figures(known, pairs)
    return tuple(figures[name] for name in SOUGHT)


def _assigned(known: reference.Facts, first: int, second: int) -> list[int]:
    """The dense assignment of scipy: as many pairs as possible, then the smallest sum."""
    numpy, optimize = importlib.import_module("numpy"), importlib.import_module("scipy.optimize")
    never = 10 * (first + second) ** 2
    cost = numpy.full((first, second), never)
    for one, liked in known.mentors.items():
        for other in liked:
            cost[one, other - first] = sum(known.ranks((one, other)))
    partners = [-1] * first
    for one, other in zip(*optimize.linear_sum_assignment(cost), strict=True):
        if cost[one, other] < never:
            partners[one] = int(other)
    return partners


def strict_lists() -> list[dict[str, Any]]:
    """Complete lists without ties, all that `matching` takes: its stable choice and its CPU beside ours."""
    return [_strict(size) for size in STRICT]


def _strict(size: int) -> dict[str, Any]:
    rng = Random(size)
    sides = [[rng.sample(range(size), size) for _ in range(size)] for _ in range(2)]
    first, second = ([[[each] for each in one] for one in side] for side in sides)
    pool = pool_of_lists(first, second)
    known = reference.facts(pool)
    ours = _ours(pool, Policy.STABLE_FOR_ALL)
    row = {"session": f"{size} x {size}, strict", "pairing": [*ours.vector, ours.proven, ours.cpu]}
    if not installed("matching"):
        return row | {"matching": "absent"}
    try:
        theirs = _theirs("matching", known, size, lambda: _matching(*sides))
    except RecursionError:
        return row | {"matching": "RecursionError"}
    return row | {"matching": [*theirs.vector, True, theirs.cpu]}


def _matching(first: list[list[int]], second: list[list[int]]) -> list[int]:
    games = importlib.import_module("matching.games")
    game = games.StableMarriage.create_from_dictionaries(
        dict(enumerate(first)), dict(enumerate(second))
    )
    found = game.solve()
    return [found[suitor].name for suitor in game.suitors]
