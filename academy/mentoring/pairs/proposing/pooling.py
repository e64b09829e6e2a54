"""From what volunteers said to what a solver is asked: who is on which side, who may be with whom. Pure."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from random import Random
from typing import Final

from academy.mentoring.pairing.pool import Orders, Pair, Participant, Pool, Wishes
from academy.mentoring.programmes.rules import LEARN, TEACH, Side

MOST_STRANGERS: Final = 30
"""To how many somebody who met nobody may be paired, those with most topics in common first."""


@dataclass(frozen=True, slots=True)
class Taker:
    """A volunteer who is still in. `capacity`: mentees they would take."""

    id: int
    side: str
    offered: tuple[str, ...]
    wanted: tuple[str, ...]
    capacity: int


@dataclass(frozen=True, slots=True)
class Said:
    """What one person wished of another."""

    person: int
    other: int
    rank: int | None
    veto: bool


@dataclass(frozen=True, slots=True)
class Sides:
    """Everybody on one side only, by number."""

    mentors: Mapping[int, Taker]
    mentees: Mapping[int, Taker]

    def across(self, pairs: Iterable[Pair]) -> frozenset[Pair]:
        """Those of the pairs that are a mentor and a mentee of these sides."""
        return frozenset(
            pair for pair in pairs if pair[0] in self.mentors and pair[1] in self.mentees
        )


def sides(takers: Sequence[Taker], talks: Sequence[Pair]) -> Sides:
    """Who sat as mentor more often than as mentee is one; who met nobody is what they volunteered for.

    Whoever would be both, and met nobody, goes to the side that is shorter.
    """
    showed, learnt = Counter(one for one, _ in talks), Counter(other for _, other in talks)
    mentors: dict[int, Taker] = {}
    mentees: dict[int, Taker] = {}
    either = []
    for taker in takers:
        if showed[taker.id] or learnt[taker.id]:
            (mentors if showed[taker.id] >= learnt[taker.id] else mentees)[taker.id] = taker
        elif taker.side == Side.BOTH:
            either.append(taker)
        elif taker.side in TEACH:
            mentors[taker.id] = taker
        elif taker.side in LEARN:
            mentees[taker.id] = taker
    for taker in either:
        (mentors if len(mentors) < len(mentees) else mentees)[taker.id] = taker
    return Sides(mentors, mentees)


def pooled(
    both: Sides,
    talks: Iterable[Pair],
    said: Iterable[Said],
    barred: frozenset[Pair],
    bonds: Orders,
    most: int,
    seed: int,
) -> tuple[Pool, Orders]:
    """The pool and the orders to solve; what is about somebody who left, or sat elsewhere, is left out."""
    met = both.across(talks)
    opened = frozenset(_strangers(both, met, seed))
    wishes = _wishes(both, met, said)
    orders = Orders(both.across(bonds.pinned), both.across(bonds.forbidden), opened)
    thinkable = met | opened | orders.pinned
    shared = {pair: len(topics(both, pair)) for pair in sorted(thinkable)}
    pool = Pool(
        tuple(
            Participant(one, wishes.get(one, Wishes()), max(1, min(taker.capacity, most)))
            for one, taker in sorted(both.mentors.items())
        ),
        tuple(Participant(one, wishes.get(one, Wishes())) for one in sorted(both.mentees)),
        met,
        barred,
        {pair: points for pair, points in shared.items() if points},
    )
    return pool, orders


def topics(both: Sides, pair: Pair) -> tuple[str, ...]:
    """What the mentor shows and the mentee wants to learn, as the mentee ordered it."""
    offered = set(both.mentors[pair[0]].offered)
    return tuple(topic for topic in both.mentees[pair[1]].wanted if topic in offered)


def _wishes(both: Sides, met: frozenset[Pair], said: Iterable[Said]) -> dict[int, Wishes]:
    """Ranks for those met, refusals for anybody of the other side."""
    ranks: dict[int, dict[int, int]] = {}
    vetoed: dict[int, list[int]] = {}
    for each in said:
        pair = (
            (each.person, each.other) if each.person in both.mentors else (each.other, each.person)
        )
        if not both.across([pair]):
            continue
        if each.veto:
            vetoed.setdefault(each.person, []).append(each.other)
        elif each.rank and pair in met:
            ranks.setdefault(each.person, {})[each.other] = each.rank
    people = ranks.keys() | vetoed.keys()
    return {one: Wishes.of(ranks.get(one, {}), vetoed.get(one, ())) for one in people}


def _strangers(both: Sides, met: frozenset[Pair], seed: int) -> Iterable[Pair]:
    """Whoever met nobody may be with anybody of the other side."""
    known = {person for pair in met for person in pair}
    for mentor in sorted(both.mentors.keys() - known):
        yield from _likeliest(both, [(mentor, mentee) for mentee in both.mentees], mentor, seed)
    for mentee in sorted(both.mentees.keys() - known):
        yield from _likeliest(both, [(mentor, mentee) for mentor in both.mentors], mentee, seed)


def _likeliest(both: Sides, pairs: list[Pair], person: int, seed: int) -> list[Pair]:
    if len(pairs) <= MOST_STRANGERS:
        return pairs
    pairs.sort()
    Random(f"{seed}:{person}").shuffle(pairs)  # noqa: S311  # an order among equals, no secret
    pairs.sort(key=lambda pair: -len(topics(both, pair)))
    return pairs[:MOST_STRANGERS]
