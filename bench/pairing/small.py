"""Small pools of every kind, and whether the product agrees with trying everything."""

from dataclasses import dataclass
from random import Random

from academy.mentoring.pairing import wide
from academy.mentoring.pairing.figures import LEVELS, Policy, order_of
from academy.mentoring.pairing.pool import (
    NO_ORDERS,
    Orders,
    Pair,
    Participant,
    Pool,
    Unlisted,
    Wishes,
)
from academy.mentoring.pairing.solver import propose
from bench.pairing import reference

SESSIONS = (Policy.STABLE_FOR_ALL, Policy.BEST_ON_AVERAGE, Policy.NOBODY_BADLY_SERVED)


@dataclass(frozen=True)
class Case:
    """A small pool, what the organiser says, and what was proposed before."""

    pool: Pool
    orders: Orders
    earlier: frozenset[Pair]


def case(seed: int, most: int = 4) -> Case:
    """Ties, vetoes, several places on either side, blanks, some who never met, pins and bars; or none of it.

    Every third is a whole session: both sides of the largest size, and everybody ranks everybody.
    """
    rng = Random(seed)
    if rng.random() < 1 / 3:
        return _whole(rng, most)
    mentors = list(range(1, 1 + rng.randint(1, most)))
    mentees = list(range(101, 101 + rng.randint(1, most)))
    pairs = [(one, other) for one in mentors for other in mentees]
    met = None if rng.random() < 0.6 else frozenset(_some(rng, pairs, 0.8))
    barred = frozenset(_some(rng, pairs, 0.08))
    several = rng.choice(((), (mentors,), (mentees,), (mentors, mentees)))
    people = [
        Participant(
            key,
            _wishes(rng, [each for each in others if met is None or _pair(key, each) in met]),
            rng.choice((1, 1, 2, 3)) if side in several else 1,
        )
        for side, others in ((mentors, mentees), (mentees, mentors))
        for key in side
    ]
    pool = Pool(
        tuple(people[: len(mentors)]),
        tuple(people[len(mentors) :]),
        met,
        barred,
        {pair: rng.randint(-2, 9) for pair in _some(rng, pairs, rng.choice((0, 0.5)))},
        Unlisted.REFUSED if rng.random() < 0.3 else Unlisted.FINE,
    )
    return Case(pool, _orders(rng, pool), frozenset(_some(rng, pairs, rng.choice((0, 0.3)))))


def _whole(rng: Random, size: int) -> Case:
    mentors, mentees = list(range(1, 1 + size)), list(range(101, 101 + size))
    pool = Pool(
        tuple(Participant(key, Wishes(_groups(rng, mentees))) for key in mentors),
        tuple(Participant(key, Wishes(_groups(rng, mentors))) for key in mentees),
    )
    return Case(pool, NO_ORDERS, frozenset())


def _groups(rng: Random, named: list[int]) -> tuple[tuple[int, ...], ...]:
    """A third of the time as good as the one before."""
    groups: list[tuple[int, ...]] = []
    for each in rng.sample(named, len(named)):
        if groups and rng.random() < 0.35:
            groups[-1] = (*groups[-1], each)
        else:
            groups.append((each,))
    return tuple(groups)


def _some(rng: Random, pairs: list[Pair], share: float) -> list[Pair]:
    return [pair for pair in pairs if rng.random() < share]


def _pair(key: int, other: int) -> Pair:
    return (min(key, other), max(key, other))


def _wishes(rng: Random, others: list[int]) -> Wishes:
    vetoed = frozenset(each for each in others if rng.random() < 0.12)
    named = [each for each in others if each not in vetoed and rng.random() < 0.8]
    return Wishes(_groups(rng, named), vetoed)


def _orders(rng: Random, pool: Pool) -> Orders:
    """Now and then one pin, one forbidden pair."""
    known = reference.facts(pool)
    possible = [(one, other) for one, liked in known.mentors.items() for other in liked]
    if not possible or rng.random() < 0.7:
        return NO_ORDERS
    rng.shuffle(possible)
    return Orders(frozenset(possible[:1]), frozenset(possible[1:2]))


def disagreements(this: Case, seed: int) -> list[str]:
    """What the product gets wrong, at any level of any policy; nothing, one hopes."""
    known = reference.facts(this.pool, this.orders)
    pinned = this.orders.pinned
    found = [
        (choice, reference.figures(known, choice, this.earlier))
        for choice in reference.choices(known, pinned)
    ]
    wrong = []
    for policy in SESSIONS:
        for keep_first in (False, True):
            sought = [level.value for level in order_of(policy, keep_first)]
            best = min(reference.vector(sought, each) for _, each in found)
            got = propose(
                this.pool,
                this.orders,
                policy,
                earlier=this.earlier,
                keep_first=keep_first,
                seed=seed,
            )
            own = reference.figures(known, got.pairs, this.earlier)
            mine = reference.vector(sought, own)
            told = {level.value: got.figures.of(level) for level in LEVELS[policy]}
            if mine != best or not got.optimal or any(own[each] != told[each] for each in told):
                wrong.append(f"{policy} {keep_first}: {mine}, best {best}, {got.proven}, {told}")
    return wrong + _wide(this, known, [each for _, each in found])


def _wide(this: Case, known: reference.Facts, found: list[dict[str, int]]) -> list[str]:
    """The largest stable choice, where nothing is pinned."""
    if this.orders.pinned:
        return []
    most = max(each["pairs"] for each in found if not each["blocking"])
    got = wide.widest(this.pool, this.orders, engine=wide.Engine.HIGHS)
    once = wide.at_once(this.pool, this.orders)
    own = [reference.figures(known, each.pairs) for each in (got, once)]
    sides = (this.pool.mentors, this.pool.mentees)
    several = all(any(person.capacity > 1 for person in side) for side in sides)
    share = 1 / 2 if several else 2 / 3
    fine = own[0]["pairs"] == most and got.optimal and own[1]["pairs"] >= share * most
    return [] if fine and not any(each["blocking"] for each in own) else [f"wide {own}, {most}"]
