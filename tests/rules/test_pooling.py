"""What a solver is asked: whatever people said, it makes sense."""

from hypothesis import given
from hypothesis import strategies as st

from academy.mentoring.pairing.checking import check
from academy.mentoring.pairing.pool import NO_ORDERS, Orders
from academy.mentoring.pairing.solver import propose
from academy.mentoring.pairs.proposing.pooling import (
    MOST_STRANGERS,
    Said,
    Taker,
    pooled,
    sides,
    topics,
)

numbers = st.integers(1, 9)
pairs = st.tuples(numbers, numbers).filter(lambda pair: pair[0] != pair[1])
takers = st.lists(
    st.builds(
        Taker,
        numbers,
        st.sampled_from(["mentor", "mentee", "both"]),
        st.just(("a", "b")),
        st.sampled_from([(), ("a",), ("b", "c")]),
        st.integers(1, 5),
    ),
    unique_by=lambda taker: taker.id,
)
said = st.lists(
    st.builds(Said, numbers, numbers, st.none() | st.integers(1, 9), st.booleans()).filter(
        lambda each: each.person != each.other and not (each.veto and each.rank)
    ),
    unique_by=lambda each: (each.person, each.other),
)
bonds = st.builds(
    lambda pinned, forbidden: Orders(frozenset(pinned), frozenset(forbidden)),
    st.lists(pairs, max_size=2),
    st.lists(pairs, max_size=3),
)


def taker(number: int, side: str = "mentor", *shared: str, capacity: int = 1) -> Taker:
    return Taker(number, side, shared, shared, capacity)


@given(takers, st.lists(pairs), said, bonds, st.integers(1, 3))
def test_whatever_people_said_the_pool_makes_sense(
    people: list[Taker],
    talks: list[tuple[int, int]],
    wishes: list[Said],
    wanted: Orders,
    most: int,
) -> None:
    both = sides(people, talks)

    pool, orders = pooled(both, talks, wishes, frozenset(), wanted, most, 7)

    check(pool)
    assert {one.key for one in (*pool.mentors, *pool.mentees)} == {one.id for one in people}
    assert all(1 <= one.capacity <= most for one in pool.mentors)
    assert all(one.capacity == 1 for one in pool.mentees)
    assert orders.pinned <= wanted.pinned
    refused = {(each.person, each.other) for each in wishes if each.veto}
    made = propose(pool, Orders(forbidden=orders.forbidden, opened=orders.opened)).pairs
    assert not made & (refused | {(other, one) for one, other in refused} | orders.forbidden)


def test_who_would_be_both_goes_to_the_shorter_side() -> None:
    both = sides([taker(1), taker(2), taker(3, "both"), taker(4, "both")], [])

    assert set(both.mentors) == {1, 2}
    assert set(both.mentees) == {3, 4}


def test_a_rank_for_somebody_not_met_is_left_out_and_a_refusal_is_not() -> None:
    both = sides([taker(1), taker(2, "mentee"), taker(3, "mentee")], [(1, 2)])
    wishes = [Said(1, 3, 1, False), Said(1, 2, 1, False), Said(3, 1, None, True)]

    pool, _orders = pooled(both, [(1, 2)], wishes, frozenset(), NO_ORDERS, 1, 7)

    assert pool.mentors[0].wishes.ranked == ((2,),)
    assert pool.mentees[1].wishes.vetoed == {1}


def test_who_met_nobody_is_opened_to_those_with_most_in_common() -> None:
    mentors = [taker(number, "mentor", "a") for number in range(1, 6)]
    mentors += [taker(number) for number in range(6, 80)]
    both = sides([*mentors, taker(99, "mentee", "a")], [])

    _pool, orders = pooled(both, [], [], frozenset(), NO_ORDERS, 1, 7)

    with_99 = {mentor for mentor, mentee in orders.opened if mentee == 99}
    assert with_99 >= {1, 2, 3, 4, 5}
    assert topics(both, (1, 99)) == ("a",)
    assert len(orders.opened) == 79  # everybody else met nobody either, and has one candidate


def test_of_many_candidates_a_bounded_number_is_opened() -> None:
    both = sides([taker(number) for number in range(1, 80)] + [taker(99, "mentee")], [])
    talks = [(number, 98) for number in range(1, 80)]
    everybody = sides([*both.mentors.values(), taker(98, "mentee"), taker(99, "mentee")], talks)

    _pool, orders = pooled(everybody, talks, [], frozenset(), NO_ORDERS, 1, 7)

    assert len(orders.opened) == MOST_STRANGERS
    assert {mentee for _mentor, mentee in orders.opened} == {99}
