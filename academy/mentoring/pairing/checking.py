"""Refuses a pool or orders that make no sense, with a reason."""

from collections import Counter
from collections.abc import Iterable, Set

from academy.mentoring.pairing.nonsense import Nonsense, Reason, refuse
from academy.mentoring.pairing.pool import Orders, Pair, Participant, Pool, Wishes

MOST_FIT = 1000
NOBODY: frozenset[int] = frozenset()


def check(pool: Pool) -> None:
    """Everybody once, with a place at least; wishes are about people of the other side who were met."""
    mentors, mentees = _keys(pool.mentors), _keys(pool.mentees)
    refuse(mentors & mentees, Reason.TWICE, "on both sides at once")
    for pairs in (pool.met or (), pool.barred, pool.fit):
        _known(pairs, mentors, mentees)
    _fits(pool)
    met = _met(pool)
    for person in pool.mentors:
        _person(person, mentees, met)
    for person in pool.mentees:
        _person(person, mentors, met)


def check_orders(orders: Orders, pool: Pool, possible: Set[Pair]) -> None:
    """A pin is a possible pair, not forbidden, and there is a place for it on both sides."""
    mentors = {person.key: person.capacity for person in pool.mentors}
    mentees = {person.key: person.capacity for person in pool.mentees}
    for pairs in (orders.pinned, orders.forbidden, orders.opened):
        _known(pairs, mentors.keys(), mentees.keys())
    for pair in sorted(orders.pinned & orders.forbidden):
        raise Nonsense(Reason.PINNED_AND_FORBIDDEN, "pinned and forbidden at once", pair)
    for pair in sorted(orders.pinned - possible):
        raise Nonsense(Reason.NOT_POSSIBLE, "pinned, but this pair is not possible", pair)
    places = mentors | mentees
    pinned = Counter(key for pair in orders.pinned for key in pair)
    over = (key for key, count in pinned.items() if count > places[key])
    refuse(over, Reason.TOO_MANY_PINS, "pinned to more people than they can take")


def _keys(side: tuple[Participant, ...]) -> Set[int]:
    seats = Counter(person.key for person in side)
    refuse((key for key, count in seats.items() if count > 1), Reason.TWICE, "there twice")
    small = (person.key for person in side if not _counts(person.capacity))
    refuse(small, Reason.CAPACITY, "capacity must be a whole number, one at least")
    return frozenset(seats)


def _counts(capacity: object) -> bool:
    return isinstance(capacity, int) and not isinstance(capacity, bool) and capacity >= 1


def _known(pairs: Iterable[Pair], mentors: Set[int], mentees: Set[int]) -> None:
    for mentor, mentee in pairs:
        if mentor not in mentors or mentee not in mentees:
            raise Nonsense(
                Reason.UNKNOWN, "a pair is a mentor and a mentee of this pool", (mentor, mentee)
            )


def _fits(pool: Pool) -> None:
    for pair, points in pool.fit.items():
        if not isinstance(points, int) or abs(points) > MOST_FIT:
            raise Nonsense(
                Reason.FIT, f"fit is whole points, {-MOST_FIT} to {MOST_FIT}, not {points!r}", pair
            )


def _met(pool: Pool) -> dict[int, set[int]] | None:
    if pool.met is None:
        return None
    met: dict[int, set[int]] = {}
    for mentor, mentee in pool.met:
        met.setdefault(mentor, set()).add(mentee)
        met.setdefault(mentee, set()).add(mentor)
    return met


def _person(person: Participant, others: Set[int], met: dict[int, set[int]] | None) -> None:
    wishes, key = person.wishes, person.key
    ranked = _ranked(wishes, key)
    named = ranked | wishes.vetoed
    refuse(named & {key}, Reason.ONESELF, "a wish or a veto about oneself")
    refuse(named - others, Reason.UNKNOWN, f"person {key} names nobody of the other side")
    refuse(ranked & wishes.vetoed, Reason.RANKED_AND_VETOED, f"person {key} ranks and vetoes")
    if met is not None:
        strangers = ranked - met.get(key, NOBODY)
        refuse(strangers, Reason.NOT_MET, f"person {key} ranks somebody not met")


def _ranked(wishes: Wishes, key: int) -> set[int]:
    if not all(wishes.ranked):
        raise Nonsense(Reason.EMPTY_GROUP, "a group of equals with nobody in it", (key,))
    ranked = [other for group in wishes.ranked for other in group]
    once = set(ranked)
    if len(once) < len(ranked):
        twice = (other for other, count in Counter(ranked).items() if count > 1)
        refuse(twice, Reason.RANKED_TWICE, f"person {key} ranks twice")
    return once
