"""Large pools: a stable choice at once, then the largest, beside Kiraly's algorithm of the yardstick."""

import time
from random import Random
from typing import Any

from academy.mentoring.pairing import wide
from academy.mentoring.pairing.limits import Limit
from academy.mentoring.pairing.pool import Pool
from academy.mentoring.pairing.proposal import Proposal
from bench.pairing.instances import pool_of_lists
from bench.pairing.yardsticks import Yardsticks, installed

SIZES = ((200, 0), (1000, 0), (5000, 1))
PROVEN_UP_TO = 1000
LIMIT = 120.0


def measured(yard: Yardsticks, sizes: tuple[tuple[int, int], ...] = SIZES) -> list[dict[str, Any]]:
    """Each size with one place each, and with half the mentors and two places each on average."""
    rows = []
    for size, seed in sizes:
        instance = yard.gen.make("VC", size, seed)
        started = time.process_time()
        partners = yard.core.kiraly(instance)
        cpu = time.process_time() - started
        row = {
            "pool": f"{size} x {size}",
            "Kiraly, yardstick": [sum(other >= 0 for other in partners), cpu],
        }
        pool = pool_of_lists(*yard.lists)
        rows.append(row | _pool(pool, size <= PROVEN_UP_TO))
        name = {"pool": f"{size // 2} mentors with 1 to 3 places x {size}"}
        rows.append(name | _pool(_halved(yard, seed), size <= PROVEN_UP_TO))
    return rows


def _halved(yard: Yardsticks, seed: int) -> Pool:
    """The same with the first half of the mentors; those left take one to three, two on average."""
    first, second = yard.lists
    left = first[: len(first) // 2]
    dice = Random(seed)
    others = [
        [[each for each in group if each < len(left)] for group in groups] for groups in second
    ]
    return pool_of_lists(left, others, [dice.randint(1, 3) for _ in left])


def _pool(pool: Pool, prove: bool) -> dict[str, Any]:
    row: dict[str, Any] = {"at once": _timed(pool, None)}
    if not prove:
        return row
    row["HiGHS"] = _timed(pool, wide.Engine.HIGHS)
    row["OR-Tools"] = _timed(pool, wide.Engine.ORTOOLS) if installed("ortools") else "absent"
    return row


def _timed(pool: Pool, engine: wide.Engine | None) -> dict[str, Any]:
    started = time.process_time()
    found = _found(pool, engine)
    cpu = time.process_time() - started
    return {
        "pairs": found.figures.pairs,
        "at most": found.figures.pairs if found.optimal else found.bound,
        "blocking": found.figures.blocking,
        "impossible": _impossible(pool, found),
        "cpu": round(cpu, 3),
    }


def _found(pool: Pool, engine: wide.Engine | None) -> Proposal:
    if engine is None:
        return wide.at_once(pool)
    return wide.widest(pool, limit=Limit(LIMIT), engine=engine)


def _impossible(pool: Pool, found: Proposal) -> int:
    """Pairs of which one does not list the other: none, one hopes."""
    lists = {
        person.key: {other for group in person.wishes.ranked for other in group}
        for person in (*pool.mentors, *pool.mentees)
    }
    return sum(other not in lists[one] or one not in lists[other] for one, other in found.pairs)
