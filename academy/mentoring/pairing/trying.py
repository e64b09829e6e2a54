"""What would change: a pair forced or forbidden, the pool solved again, the rest kept as near as can be."""

from collections.abc import Iterator
from dataclasses import dataclass, replace

from academy.mentoring.pairing.figures import Level, Policy
from academy.mentoring.pairing.limits import Limit
from academy.mentoring.pairing.pool import NO_ORDERS, Orders, Pair, Pool
from academy.mentoring.pairing.proposal import Comparison, Proposal, compare
from academy.mentoring.pairing.solver import NO_LIMIT, propose

SESSIONS = (Policy.STABLE_FOR_ALL, Policy.BEST_ON_AVERAGE, Policy.NOBODY_BADLY_SERVED)


@dataclass(frozen=True, slots=True)
class Trial:
    """The proposal there would be, and what it changes."""

    proposal: Proposal
    comparison: Comparison


def force(
    pool: Pool, proposal: Proposal, pair: Pair, orders: Orders = NO_ORDERS, limit: Limit = NO_LIMIT
) -> Trial:
    """What if these two were together. Raises Nonsense when they cannot be."""
    ordered = replace(orders, pinned=orders.pinned | {pair}, forbidden=orders.forbidden - {pair})
    return _again(pool, proposal, ordered, limit)


def forbid(
    pool: Pool, proposal: Proposal, pair: Pair, orders: Orders = NO_ORDERS, limit: Limit = NO_LIMIT
) -> Trial:
    """What if these two were not together."""
    ordered = replace(orders, pinned=orders.pinned - {pair}, forbidden=orders.forbidden | {pair})
    return _again(pool, proposal, ordered, limit)


def break_each(
    pool: Pool, proposal: Proposal, orders: Orders = NO_ORDERS, limit: Limit = NO_LIMIT
) -> Iterator[tuple[Pair, Trial]]:
    """For each pair, what would change if it were broken."""
    for pair in sorted(proposal.pairs):
        yield pair, forbid(pool, proposal, pair, orders, limit)


def side_by_side(
    pool: Pool,
    orders: Orders = NO_ORDERS,
    *,
    earlier: frozenset[Pair] = frozenset(),
    seed: int = 0,
    limit: Limit = NO_LIMIT,
) -> dict[Policy, Proposal]:
    """What each policy proposes; the first is the academy's."""
    return {
        policy: propose(pool, orders, policy, earlier=earlier, seed=seed, limit=limit)
        for policy in SESSIONS
    }


def _again(pool: Pool, proposal: Proposal, orders: Orders, limit: Limit) -> Trial:
    found = propose(
        pool,
        orders,
        proposal.policy,
        earlier=proposal.pairs,
        keep_first=proposal.sought[0] is Level.KEPT,
        seed=proposal.seed,
        limit=limit,
    )
    return Trial(found, compare(proposal, found))
