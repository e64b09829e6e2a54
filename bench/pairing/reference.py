"""Slow and simple solvers, written apart from the product's, to check it by: they try everything."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import islice

from academy.mentoring.pairing.pool import NO_ORDERS, Orders, Pair, Participant, Pool, Unlisted

Choice = frozenset[Pair]


@dataclass(frozen=True)
class Facts:
    """What each thinks of each they could be with, in dictionaries."""

    mentors: dict[int, dict[int, int]]
    mentees: dict[int, dict[int, int]]
    places: dict[int, int]
    fit: dict[Pair, int]

    def ranks(self, pair: Pair) -> tuple[int, int]:
        """Both ranks of a pair."""
        return self.mentors[pair[0]][pair[1]], self.mentees[pair[1]][pair[0]]


def facts(pool: Pool, orders: Orders = NO_ORDERS) -> Facts:
    """Everybody's list, by counting who is strictly better."""
    mentors = {one.key: _opinion(one, pool.mentees, pool) for one in pool.mentors}
    mentees = {one.key: _opinion(one, pool.mentors, pool) for one in pool.mentees}
    met = pool.met
    possible = [
        (one, other)
        for one in mentors
        for other in mentees
        if other in mentors[one]
        and one in mentees[other]
        and (one, other) not in pool.barred | orders.forbidden
        and (met is None or (one, other) in met | orders.opened | orders.pinned)
    ]
    return Facts(
        {one: {b: mentors[one][b] for a, b in possible if a == one} for one in mentors},
        {one: {a: mentees[one][a] for a, b in possible if b == one} for one in mentees},
        {one.key: one.capacity for one in (*pool.mentors, *pool.mentees)},
        dict(pool.fit),
    )


def _opinion(one: Participant, others: Sequence[Participant], pool: Pool) -> dict[int, int]:
    level = {key: place for place, group in enumerate(one.wishes.ranked) for key in group}
    last = len(one.wishes.ranked)
    heard = {
        other.key: level.get(other.key, last)
        for other in others
        if other.key not in one.wishes.vetoed
        and (other.key in level or pool.unlisted is Unlisted.FINE)
    }
    return {key: 1 + sum(each < place for each in level.values()) for key, place in heard.items()}


def choices(known: Facts, pinned: Choice = frozenset()) -> Iterator[Choice]:
    """Every choice of pairs there is."""
    pairs = [(one, other) for one, liked in known.mentors.items() for other in liked]
    free = [pair for pair in pairs if pair not in pinned]
    used = dict.fromkeys(known.places, 0)
    for pair in pinned:
        for person in pair:
            used[person] += 1
    yield from _extend(known, free, used, pinned)


def _extend(known: Facts, free: list[Pair], used: dict[int, int], made: Choice) -> Iterator[Choice]:
    if not free:
        yield made
        return
    pair, rest = free[0], free[1:]
    yield from _extend(known, rest, used, made)
    if all(used[person] < known.places[person] for person in pair):
        for person in pair:
            used[person] += 1
        yield from _extend(known, rest, used, made | {pair})
        for person in pair:
            used[person] -= 1


def tempted(known: Facts, choice: Choice) -> set[Pair]:
    """Pairs of people who would both rather have each other."""
    held: dict[int, list[int]] = {person: [] for person in known.places}
    for pair in choice:
        for person, rank in zip(pair, known.ranks(pair), strict=True):
            held[person].append(rank)
    return {
        (one, other)
        for one, liked in known.mentors.items()
        for other in liked
        if (one, other) not in choice
        and all(
            len(held[person]) < known.places[person] or rank < max(held[person])
            for person, rank in zip((one, other), known.ranks((one, other)), strict=True)
        )
    }


def figures(known: Facts, choice: Choice, earlier: Choice = frozenset()) -> dict[str, int]:
    """What counts, by its name."""
    ranks = [rank for pair in choice for rank in known.ranks(pair)]
    return {
        "pairs": len(choice),
        "blocking": len(tempted(known, choice)),
        "worst": max(ranks, default=0),
        "total": sum(ranks),
        "fit": sum(known.fit.get(pair, 0) for pair in choice),
        "kept": len(choice & earlier),
    }


def vector(sought: Sequence[str], found: dict[str, int]) -> tuple[int, ...]:
    """Smaller is better, the first counts most."""
    more = ("pairs", "fit", "kept")
    return tuple(-found[each] if each in more else found[each] for each in sought)


def stable(known: Facts, most: int | None = None) -> list[Choice]:
    """Every stable choice when everybody on the first side has one place, or the first `most`."""
    found = _stable(known, list(known.mentors), {}, {other: [] for other in known.mentees})
    return list(islice((choice for choice in found if not tempted(known, choice)), most))


def _stable(
    known: Facts, waiting: list[int], has: dict[int, int], held: dict[int, list[int]]
) -> Iterator[Choice]:
    """One person after the other; a line is dropped once two people are surely tempted."""
    if not waiting:
        yield frozenset(has.items())
        return
    one, rest = waiting[0], waiting[1:]
    for other in known.mentors[one]:
        if len(held[other]) < known.places[other]:
            now = held | {other: [*held[other], known.mentees[other][one]]}
            if not _surely(known, has, now, one, other, rest):
                yield from _stable(known, rest, has | {one: other}, now)
    if not _surely(known, has, held, one, None, rest):
        yield from _stable(known, rest, has, held)


def _surely(
    known: Facts,
    has: dict[int, int],
    held: dict[int, list[int]],
    one: int,
    mine: int | None,
    waiting: list[int],
) -> bool:
    """This person, or somebody before, would rather have somebody who is full and would rather too."""
    liked = known.mentors[one]
    limit = liked[mine] if mine is not None else len(known.places) + 1
    if any(rank < limit and _would(known, held, one, other) for other, rank in liked.items()):
        return True
    return mine is not None and any(
        before not in waiting
        and before != one
        and (before not in has or known.mentors[before][mine] < known.mentors[before][has[before]])
        and _would(known, held, before, mine)
        for before in known.mentees[mine]
    )


def _would(known: Facts, held: dict[int, list[int]], one: int, other: int) -> bool:
    """Somebody full would rather have this person than the worst they have."""
    full = len(held[other]) == known.places[other]
    return full and known.mentees[other][one] < max(held[other])
