"""Pairs of a large pool: a stable choice at once, then the largest there is."""

import math
from collections.abc import Callable
from enum import StrEnum

import numpy as np

from academy.mentoring.pairing import assignment, satisfying, seats
from academy.mentoring.pairing.figures import LEVELS, Policy, measure
from academy.mentoring.pairing.limits import Limit
from academy.mentoring.pairing.pool import NO_ORDERS, Orders, Pool
from academy.mentoring.pairing.program import Program
from academy.mentoring.pairing.proposal import Proposal
from academy.mentoring.pairing.table import Numbers, Table, tabulate
from academy.mentoring.pairing.trimming import beside_pins, trim

SOUGHT = LEVELS[Policy.STABLE_AND_MANY]
NEARLY = 1e-6
MINUTE = Limit(60.0)


class Engine(StrEnum):
    """What looks for the largest stable choice."""

    HIGHS = "HiGHS"
    ORTOOLS = "OR-Tools"


def best_engine() -> Engine:
    """OR-Tools where it is installed."""
    return Engine.ORTOOLS if satisfying.installed() else Engine.HIGHS


def at_once(pool: Pool, orders: Orders = NO_ORDERS, seed: int = 0) -> Proposal:
    """Pins, then a stable choice of the rest: no two people who could be together would both rather be.

    At least two thirds of the largest there is (half, with several places on both sides). Somebody pinned
    may be tempted: the figures tell.
    """
    table = tabulate(pool, orders)
    rest, rows = beside_pins(table)
    chosen = rows[seats.stable(rest, seed)]
    return _proposal(table, chosen, assignment.most_pairs(rest), seed)


def widest(
    pool: Pool,
    orders: Orders = NO_ORDERS,
    *,
    seed: int = 0,
    limit: Limit = MINUTE,
    engine: Engine | None = None,
) -> Proposal:
    """The largest stable choice, proven if time allows; else the best found, and how many there could be."""
    left = limit.start()
    table = tabulate(pool, orders)
    rest, beside = beside_pins(table)
    small, rows = trim(rest)
    chosen = max(seats.stable(rest, seed), rows[seats.stable(small, seed)], key=len)
    most = assignment.most_pairs(small)
    if len(chosen) < most and small.size:
        found, most = _largest(
            small, np.flatnonzero(np.isin(rows, chosen)), most, left, seed, engine
        )
        chosen = max(chosen, rows[found], key=len)
    return _proposal(table, beside[chosen], most, seed)


def _largest(
    table: Table,
    hint: Numbers,
    most: int,
    left: Callable[[], float],
    seed: int,
    engine: Engine | None,
) -> tuple[Numbers, int]:
    """By a relaxation, which leads to a good choice and bounds all; then by search."""
    program = Program(table, None, tempted=False)
    weights = np.full(table.size, -1, dtype=np.int64)
    relaxed = program.relaxed(weights, left)
    if relaxed is not None:
        share, least = relaxed
        most = min(most, math.floor(NEARLY - least))
        hint = max(hint, seats.accepted(table, share), key=len)
    seconds = left()
    if len(hint) == most or seconds <= 0:
        return hint, most
    if (engine or best_engine()) is Engine.ORTOOLS:
        found, bound = satisfying.most(table, hint, seconds, seed)
        return max(hint, found, key=len), min(most, bound)
    answer = program.cheapest(weights, 0, left)
    if math.isfinite(answer.least):
        most = min(most, math.floor(NEARLY - answer.least))
    return hint if answer.chosen is None else max(hint, answer.chosen, key=len), most


def _proposal(table: Table, chosen: Numbers, most: int, seed: int) -> Proposal:
    """Stable is proven by counting; the most, when there cannot be more."""
    chosen = np.sort(np.concatenate([np.flatnonzero(table.pinned), chosen]))
    figures = measure(table, chosen)
    most += int(table.pinned.sum())
    sure = 0 if figures.blocking else 1 if figures.pairs < most else 2
    bound = None if sure == len(SOUGHT) else (0, most)[sure]
    return Proposal(
        table.pairs(chosen), figures, Policy.STABLE_AND_MANY, SOUGHT, SOUGHT[:sure], bound, seed
    )
