"""What a pool may say, and what is refused with a reason."""

from typing import Any

import pytest

from academy.mentoring.pairing.limits import Limit
from academy.mentoring.pairing.nonsense import Nonsense, Reason
from academy.mentoring.pairing.pool import Orders, Participant, Pool, Wishes
from academy.mentoring.pairing.table import tabulate
from tests.rules.pools import people, pool, strict

MENTORS, MENTEES = {1: "11 12", 2: "12"}, {11: "2 1", 12: ""}


def refused(pool: Pool, orders: Orders = Orders()) -> tuple[Reason, tuple[int, ...]]:  # noqa: B008  # frozen
    with pytest.raises(Nonsense) as found:
        tabulate(pool, orders)
    assert str(found.value)
    return found.value.reason, found.value.people


def test_a_rank_is_one_more_than_the_number_ranked_strictly_better() -> None:
    table = tabulate(pool({1: "11 12=13 14"}, {11: "", 12: "", 13: "", 14: "", 15: ""}))

    assert table.mentors.rank.tolist() == [1, 2, 2, 4, 5]


def test_somebody_left_blank_comes_last_and_is_fine() -> None:
    table = tabulate(pool({1: "11"}, {11: "", 12: ""}))

    assert set(table.rows) == {(1, 11), (1, 12)}
    assert table.mentees.rank.tolist() == [1, 1]


def test_a_blank_can_mean_no_where_the_organiser_says_so() -> None:
    table = tabulate(strict({1: "11 12"}, {11: "1", 12: ""}))

    assert set(table.rows) == {(1, 11)}


def test_a_veto_by_either_ends_it_for_both() -> None:
    table = tabulate(pool({1: "!11", 2: ""}, {11: "", 12: "!2"}))

    assert set(table.rows) == {(1, 12), (2, 11)}


def test_only_those_who_met_or_were_opened_or_pinned_can_be_together() -> None:
    met = frozenset({(1, 11)})
    orders = Orders(pinned=frozenset({(2, 11)}), opened=frozenset({(1, 12)}))
    table = tabulate(pool({1: "", 2: ""}, {11: "", 12: ""}, met=met), orders)

    assert set(table.rows) == {(1, 11), (1, 12), (2, 11)}


def test_a_barred_or_forbidden_pair_is_not_possible() -> None:
    barred = frozenset({(1, 11)})
    orders = Orders(forbidden=frozenset({(2, 12)}))
    table = tabulate(pool(MENTORS, MENTEES, barred=barred), orders)

    assert set(table.rows) == {(1, 12), (2, 11)}


def test_ranks_from_a_ballot_may_have_ties_and_holes() -> None:
    assert Wishes.of({11: 4, 12: 1, 13: 4}, [14]) == Wishes(((12,), (11, 13)), frozenset({14}))


@pytest.mark.parametrize(
    ("mentors", "mentees", "reason", "who"),
    [
        ({1: "11 11"}, {11: ""}, Reason.RANKED_TWICE, (11,)),
        ({1: "11 !11"}, {11: ""}, Reason.RANKED_AND_VETOED, (11,)),
        ({1: "1"}, {11: ""}, Reason.ONESELF, (1,)),
        ({1: "!1"}, {11: ""}, Reason.ONESELF, (1,)),
        ({1: "2", 2: ""}, {11: ""}, Reason.UNKNOWN, (2,)),
        ({1: "!99"}, {11: ""}, Reason.UNKNOWN, (99,)),
        ({1: ""}, {1: ""}, Reason.TWICE, (1,)),
    ],
)
def test_a_wish_that_makes_no_sense_is_refused(
    mentors: dict[int, str], mentees: dict[int, str], reason: Reason, who: tuple[int, ...]
) -> None:
    assert refused(pool(mentors, mentees)) == (reason, who)


def test_a_wish_for_somebody_not_met_is_refused() -> None:
    assert refused(pool(MENTORS, MENTEES, met=frozenset({(1, 11), (2, 12), (2, 11)}))) == (
        Reason.NOT_MET,
        (12,),
    )


def test_somebody_there_twice_is_refused() -> None:
    twice = people({1: ""}, {}) * 2

    assert refused(Pool(twice, people({11: ""}, {}))) == (Reason.TWICE, (1,))


@pytest.mark.parametrize("places", [0, -1, True, 1.5])
def test_a_capacity_is_a_whole_number_one_at_least(places: int) -> None:
    assert refused(pool({1: ""}, {11: ""}, {1: places})) == (Reason.CAPACITY, (1,))


def test_a_group_of_nobody_is_refused() -> None:
    empty = Pool((Participant(1, Wishes(((),))),), people({11: ""}, {}))

    assert refused(empty) == (Reason.EMPTY_GROUP, (1,))


@pytest.mark.parametrize("points", [1001, 0.5])
def test_fit_is_counted_in_whole_points(points: int) -> None:
    assert refused(pool(MENTORS, MENTEES, fit={(1, 11): points})) == (Reason.FIT, (1, 11))


@pytest.mark.parametrize("name", ["met", "barred"])
def test_a_pair_is_a_mentor_and_a_mentee_of_the_pool(name: str) -> None:
    turned: dict[str, Any] = {name: frozenset({(11, 1)})}

    assert refused(pool({1: ""}, {11: ""}, **turned))[0] is Reason.UNKNOWN


@pytest.mark.parametrize(
    ("orders", "reason"),
    [
        (
            Orders(pinned=frozenset({(1, 11)}), forbidden=frozenset({(1, 11)})),
            "pinned and forbidden",
        ),
        (Orders(pinned=frozenset({(1, 12)})), "not possible"),
        (Orders(pinned=frozenset({(2, 13)})), "not possible"),
        (Orders(pinned=frozenset({(1, 11), (2, 11)})), "too many pins"),
        (Orders(forbidden=frozenset({(1, 99)})), "unknown"),
    ],
)
def test_orders_that_cannot_be_followed_are_refused(orders: Orders, reason: str) -> None:
    vetoed = pool({1: "!12", 2: ""}, {11: "", 12: "", 13: ""}, barred=frozenset({(2, 13)}))

    assert refused(vetoed, orders)[0] == reason


def test_a_search_needs_some_time() -> None:
    with pytest.raises(Nonsense, match="time"):
        Limit(0)
