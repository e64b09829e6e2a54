"""The best pairs of a session, level after level."""

import itertools
from collections.abc import Callable
from random import Random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from academy.mentoring.pairing.figures import LEVELS, Figures, Level, Policy, measure
from academy.mentoring.pairing.limits import Limit
from academy.mentoring.pairing.pool import Orders, Pair, Participant, Pool, Wishes
from academy.mentoring.pairing.solver import propose
from academy.mentoring.pairing.table import tabulate
from bench.pairing import small
from tests.rules.pools import pool, strict

POPULAR = pool(
    {1: "11 12 13", 2: "11 12 13", 3: "11 !12 !13"},
    {11: "1 2 3", 12: "1 2 3", 13: "1 2 3"},
)
"""The third mentor can only have whom both others and she herself like better."""


@pytest.mark.parametrize("tenth", range(10))
def test_trying_everything_finds_nothing_better_at_any_level(tenth: int) -> None:
    for seed in range(30 * tenth, 30 * tenth + 30):
        assert small.disagreements(small.case(seed), seed) == []


def test_what_is_proven_of_one_answer_is_not_said_of_another_with_the_same_worst_rank() -> None:
    """A stable choice known before the search had the best worst rank, not the smallest sum."""
    found = propose(
        strict(
            {1: "14=11=12=13", 2: "13 11 14 12", 3: "13 11 14 12", 4: "11 13 12=14"},
            {11: "4=3=2=1", 12: "3 4=2=1", 13: "3=4 2 1", 14: "1 3 2=4"},
        )
    )

    assert found.figures == Figures(4, 0, 3, 12, 0, 0)
    assert found.optimal


def test_everybody_is_paired_though_two_are_tempted() -> None:
    found = propose(POPULAR)

    assert found.pairs == {(1, 12), (2, 13), (3, 11)}
    assert found.figures == Figures(3, 2, 3, 12, 0, 0)
    assert found.optimal
    assert found.doubtful is None


def test_a_mentor_may_take_several() -> None:
    found = propose(pool({1: "11 12 13", 2: ""}, {11: "1", 12: "1", 13: "1"}, {1: 2}))

    assert found.figures.pairs == 3
    assert found.partners(1) == (11, 12)


def test_nobody_badly_served_spares_the_last_at_the_price_of_temptation() -> None:
    mentors = {1: "11 12 13", 2: "12 11 13", 3: "12 13 11"}
    mentees = {11: "2 1 3", 12: "1 2 3", 13: "1 2 3"}
    stable = propose(pool(mentors, mentees))
    mild = propose(pool(mentors, mentees), policy=Policy.NOBODY_BADLY_SERVED)

    assert mild.figures.worst <= stable.figures.worst
    assert stable.figures.blocking <= mild.figures.blocking
    assert mild.sought[1] is Level.WORST


def test_best_on_average_has_the_smallest_sum() -> None:
    found = {policy: propose(POPULAR, policy=policy).figures for policy in small.SESSIONS}

    assert min(each.total for each in found.values()) == found[Policy.BEST_ON_AVERAGE].total


def test_fit_decides_between_equals() -> None:
    equal = pool({1: "", 2: ""}, {11: "", 12: ""}, fit={(1, 12): 3, (1, 11): 2})

    assert propose(equal).pairs == {(1, 12), (2, 11)}


def test_a_large_fit_does_not_count_before_the_ranks() -> None:
    fit = {(1, 12): 1000, (2, 11): 1000}
    liked = pool({1: "11 12", 2: "12 11"}, {11: "1 2", 12: "2 1"}, fit=fit)

    assert propose(liked).pairs == {(1, 11), (2, 12)}


def test_levels_too_wide_for_one_sum_are_settled_one_after_the_other() -> None:
    ours, theirs = range(1, 31), range(101, 131)
    fit = {(one, other): 1000 - abs(one + 100 - other) for one in ours for other in theirs}
    fit[30, 101] = -1000
    halves = ("=".join(map(str, side)) for side in (theirs[:15], ours[:15]))
    mentors, mentees = (
        dict.fromkeys(side, each) for side, each in zip((ours, theirs), halves, strict=True)
    )
    alike = pool(mentors, mentees, fit=fit)
    before = frozenset({(1, 101), (2, 103), (3, 102)})

    found = propose(alike, earlier=before)

    assert found.optimal
    assert found.figures == Figures(30, 0, 16, 15 * 34, 30_000, 1)


def test_what_was_not_told_apart_is_not_called_proven() -> None:
    """Hundreds of people and fit of a thousand points: the pairs kept do not enter the sum."""
    size = range(800)
    met = frozenset((one, 800 + (one + step) % 800) for one in size for step in (0, 1))
    fit = {(one, 800 + one): (-1) ** one * 1000 for one in size}
    large = pool(dict.fromkeys(size, ""), {800 + one: "" for one in size}, met=met, fit=fit)

    found = propose(large, policy=Policy.BEST_ON_AVERAGE, earlier=frozenset({(0, 801)}))

    assert found.figures.pairs == 800
    assert found.doubtful is Level.KEPT
    assert found.bound is None


def test_between_equals_the_earlier_pairs_are_kept() -> None:
    equal = pool({1: "", 2: "", 3: ""}, {11: "", 12: "", 13: ""})
    for before in itertools.permutations((11, 12, 13)):
        earlier = frozenset(zip((1, 2, 3), before, strict=True))

        assert propose(equal, earlier=earlier).pairs == earlier


def test_earlier_pairs_can_come_first() -> None:
    earlier = frozenset({(1, 11), (2, 12), (3, 13), (9, 99)})
    found = propose(POPULAR, earlier=earlier, keep_first=True)

    assert found.pairs == {(1, 11), (2, 12)}
    assert found.figures.kept == 2
    assert found.sought[0] is Level.KEPT


def test_pins_are_made_and_forbidden_pairs_are_not() -> None:
    orders = Orders(pinned=frozenset({(1, 13)}), forbidden=frozenset({(2, 12)}))
    found = propose(POPULAR, orders)

    assert (1, 13) in found.pairs
    assert (2, 12) not in found.pairs
    assert found.optimal


@pytest.mark.parametrize("mentees", [{}, {11: "!1"}])
def test_nobody_to_pair_is_an_answer(mentees: dict[int, str]) -> None:
    found = propose(pool({1: ""}, mentees))

    assert found.pairs == frozenset()
    assert found.figures == Figures(0, 0, 0, 0, 0, 0)
    assert found.optimal


def test_the_seed_decides_between_equals_and_nothing_else() -> None:
    equal = pool(dict.fromkeys(range(1, 6), ""), dict.fromkeys(range(11, 16), ""))

    found = {propose(equal, seed=seed).pairs for seed in range(8)}

    assert len(found) > 1
    assert all(len(pairs) == 5 for pairs in found)
    assert propose(POPULAR, seed=1).pairs == propose(POPULAR, seed=2).pairs


@settings(max_examples=40, deadline=None)
@given(st.integers(0, 10_000), st.randoms(use_true_random=False))
def test_the_same_wishes_in_another_order_give_the_same_pairs(seed: int, order: Random) -> None:
    first = small.case(seed).pool
    turned = Pool(
        tuple(order.sample(first.mentors, len(first.mentors))),
        tuple(order.sample(first.mentees, len(first.mentees))),
        first.met,
        first.barred,
        first.fit,
        first.unlisted,
    )

    assert propose(turned, seed=seed) == propose(first, seed=seed)


def session(size: int, seed: int) -> Pool:
    """Some people are more popular than others, a tenth is vetoed."""
    dice = Random(seed)  # noqa: S311  # make-believe people
    sides = (range(1, size + 1), range(101, size + 101))
    charm = {key: dice.gauss(0, 1.5) for side in sides for key in side}

    def person(key: int, others: range) -> Participant:
        liked = sorted(others, key=lambda other: charm[other] + dice.gauss(0, 1))
        cut = len(liked) // 10
        return Participant(
            key, Wishes(tuple((each,) for each in liked[cut:]), frozenset(liked[:cut]))
        )

    return Pool(
        tuple(person(key, sides[1]) for key in sides[0]),
        tuple(person(key, sides[0]) for key in sides[1]),
    )


def test_a_session_of_ten_is_solved_whole() -> None:
    found = propose(session(10, 3))

    assert found.figures.pairs == 10
    assert found.optimal
    assert found.bound is None


def ticking(calls: int) -> Callable[[], float]:
    """A stopwatch on which time is up after so many looks."""
    ticks = itertools.count()
    return lambda: 0.0 if next(ticks) <= calls else 1e9


@pytest.mark.parametrize("policy", [Policy.STABLE_FOR_ALL, Policy.NOBODY_BADLY_SERVED])
def test_when_time_is_up_what_is_proven_is_said_and_nothing_more(policy: Policy) -> None:
    crowd = session(10, 14)
    best = propose(crowd, policy=policy)
    told = []
    for calls in range(8):
        found = propose(crowd, policy=policy, limit=Limit(stopwatch=ticking(calls)))
        sure = len(found.proven)
        told.append(sure)
        assert found.figures.pairs == best.figures.pairs
        assert found.proven == LEVELS[policy][:sure]
        assert found.figures.vector(found.proven) == best.figures.vector(found.proven)
        assert found.optimal == (found.doubtful is None)
        if found.doubtful and found.bound is not None:
            assert (
                found.bound <= best.figures.of(found.doubtful) <= found.figures.of(found.doubtful)
            )

    assert told == sorted(told)
    assert told[0] < told[-1] == len(LEVELS[policy])


def test_two_who_would_both_rather_are_counted_once_each() -> None:
    mutual = strict({1: "11 12", 2: "11 12"}, {11: "1 2", 12: "1 2"})
    table = tabulate(mutual)
    crossed: frozenset[Pair] = frozenset({(1, 12), (2, 11)})

    assert measure(table, table.chosen(crossed)) == Figures(2, 1, 2, 6, 0, 0)
