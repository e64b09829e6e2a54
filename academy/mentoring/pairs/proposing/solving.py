"""Asking the solver: what each policy proposes, and what would change if a pair were broken.

Pure but for a stopwatch; it loads numpy and scipy, so that web processes do without.
"""

import sys
import time
from collections.abc import Callable, Iterator
from dataclasses import asdict, dataclass
from typing import Any, Final

from academy.mentoring.pairing import audit, rivals, trying, wide
from academy.mentoring.pairing.figures import Policy
from academy.mentoring.pairing.limits import Limit
from academy.mentoring.pairing.pool import Orders, Pair, Pool
from academy.mentoring.pairing.proposal import Proposal
from academy.mentoring.pairing.solver import propose
from academy.mentoring.pairing.wide import Engine

WIDE_FROM: Final = 60
"""With more people than this on a side, exact search gives way to stable choices."""
PATIENCE: Final = Limit(20.0)
TRIAL: Final = Limit(2.0)
TRYING_SECONDS: Final = 10.0

Report = Callable[[int], None]
"""Told how much is done, in per cent."""


@dataclass(frozen=True, slots=True)
class Question:
    """What is asked. `earlier`: pairs to stay near to, before anything else counts, unless there are none."""

    pool: Pool
    orders: Orders
    earlier: frozenset[Pair]
    seed: int


@dataclass(frozen=True, slots=True)
class Solved:
    """One proposal, ready to be kept."""

    policy: str
    seed: int
    solver: str
    inputs: dict[str, Any]
    objective: dict[str, Any]
    pairs: list[list[int]]


def solved(question: Question, report: Report) -> list[Solved]:
    """What each policy proposes, the academy's first. Raises Nonsense with a reason."""
    made = list(_small(question, report) if is_small(question.pool) else _large(question, report))
    contests = [asdict(each) for each in rivals.contests(question.pool, question.orders)]
    report(60)
    ends_at = time.monotonic() + TRYING_SECONDS
    found = []
    for place, (proposal, engine) in enumerate(made, 1):
        broken = list(_broken(question, proposal, ends_at))
        found.append(_kept(question, proposal, engine, contests, broken))
        report(60 + 35 * place // len(made))
    return found


def is_small(pool: Pool) -> bool:
    return max(len(pool.mentors), len(pool.mentees)) <= WIDE_FROM


def _small(question: Question, report: Report) -> Iterator[tuple[Proposal, Engine]]:
    """Each policy; and where staying near to earlier pairs costs some, the academy's that stays less near."""
    fewest = sys.maxsize
    for place, policy in enumerate(trying.SESSIONS, 1):
        found = _proposed(question, policy)
        fewest = min(fewest, found.figures.pairs)
        yield found, Engine.HIGHS
        report(45 * place // len(trying.SESSIONS))
    if question.earlier:
        freely = _proposed(question, trying.SESSIONS[0], keep_first=False)
        if freely.figures.pairs > fewest:
            yield freely, Engine.HIGHS
    report(50)


def _large(question: Question, report: Report) -> Iterator[tuple[Proposal, Engine]]:
    """The most pairs with nobody tempted; and the best on average, which alone can stay near to others."""
    if not question.earlier:
        engine = wide.best_engine()
        yield (
            wide.widest(question.pool, question.orders, seed=question.seed, engine=engine),
            engine,
        )
        report(40)
    yield _proposed(question, Policy.BEST_ON_AVERAGE), Engine.HIGHS
    report(50)


def _proposed(question: Question, policy: Policy, keep_first: bool = True) -> Proposal:
    return propose(
        question.pool,
        question.orders,
        policy,
        earlier=question.earlier,
        keep_first=keep_first and bool(question.earlier),
        seed=question.seed,
        limit=PATIENCE,
    )


def _broken(question: Question, proposal: Proposal, ends_at: float) -> Iterator[dict[str, Any]]:
    """For each pair, as long as there is time, what forbidding it would bring."""
    if not is_small(question.pool):
        return
    for pair in sorted(proposal.pairs - question.orders.pinned):
        if time.monotonic() > ends_at:
            return
        trial = trying.forbid(question.pool, proposal, pair, question.orders, TRIAL)
        yield {
            "pair": list(pair),
            "ended": _listed(trial.comparison.ended - {pair}),
            "begun": _listed(trial.comparison.begun),
            "delta": {level.value: by for level, by in trial.comparison.delta.items()},
        }


def _kept(
    question: Question,
    proposal: Proposal,
    engine: Engine,
    contests: list[dict[str, Any]],
    broken: list[dict[str, Any]],
) -> Solved:
    pool, orders, earlier = question.pool, question.orders, question.earlier
    record = audit.record(pool, orders, proposal, earlier, engine)
    told = record.as_dict()
    pairs = told.pop("pairs")
    return Solved(
        proposal.policy.name.lower(),
        proposal.seed,
        record.solver,
        audit.inputs(pool, orders, earlier),
        {**told, "contests": contests, "broken": broken},
        pairs,
    )


def _listed(pairs: frozenset[Pair]) -> list[list[int]]:
    return [list(pair) for pair in sorted(pairs)]
