"""Differences between groups: told only where chance and rounding cannot explain them."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from academy.hr.dashboards.fairness import LARGE, Group, interval, spread, widened

Z = 1.959964
GROUPS = st.lists(
    st.tuples(st.integers(5, 2_000), st.floats(0, 1)).map(
        lambda each: Group("group", each[0], round(each[0] * each[1] / 5) * 5)
    ),
    max_size=9,
)


def test_wilsons_interval_is_that_of_the_books() -> None:
    """Newcombe (1998), table I: 81 of 263, and 0 of 20."""
    assert interval(81, 263, Z) == pytest.approx((0.2553, 0.3662), abs=5e-5)
    assert interval(0, 20, Z) == pytest.approx((0, 0.1611), abs=5e-5)


def test_the_widest_difference_is_told_with_its_range() -> None:
    found = spread([Group("day", 200, 120), Group("night", 200, 60), Group("week-end", 100, 45)])

    assert found is not None
    assert (found.best.name, found.least.name) == ("day", "night")
    assert found.points == pytest.approx(30)
    assert 0 < found.low < 30 < found.high < 60
    assert found.means_something


def test_a_small_difference_may_be_chance() -> None:
    found = spread([Group("day", 60, 30), Group("night", 60, 25)])

    assert found is not None
    assert not found.means_something


def test_small_groups_are_not_compared() -> None:
    assert spread([Group("day", 200, 120), Group("night", LARGE - 1, 0)]) is None
    assert spread([]) is None


@given(GROUPS)
def test_the_difference_lies_in_its_range(groups: list[Group]) -> None:
    found = spread(groups)

    if found is not None:
        assert -100 <= found.low <= found.points + 1e-9
        assert found.points <= found.high + 1e-9 <= 100 + 1e-6
        assert found.best.people >= LARGE <= found.least.people


@given(GROUPS, st.integers(30, 500))
def test_more_groups_make_it_harder_to_be_sure(groups: list[Group], people: int) -> None:
    two = [Group("best", people, people), Group("least", people, 0)]
    middle = [
        Group("middle", each.people, each.people // 2) for each in groups if each.people >= LARGE
    ]

    alone, among = spread(two), spread([*two, *middle])

    assert alone is not None
    assert among is not None
    assert among.low <= alone.low + 1e-9


def test_rounding_widens_the_range_of_small_groups() -> None:
    assert widened(0.5, 30, Z)[0] < interval(15, 30, Z)[0] - 0.02
    assert widened(0.5, 30_000, Z)[0] == pytest.approx(interval(15_000, 30_000, Z)[0], abs=1e-4)


def test_where_everybody_is_served_alike_it_hardly_ever_cries_wolf() -> None:
    """Eight groups of the same chance, counted and rounded a thousand times: wrong at most 5 times in 100."""
    dice = np.random.default_rng(8)
    wrong = 0
    for _time in range(1_000):
        groups = []
        for size in (40, 60, 80, 120, 200, 300, 90, 45):
            count = sum(dice.random() < 0.4 for _person in range(size))
            below, rest = divmod(count, 5)
            groups.append(Group("group", size, 5 * (below + (dice.random() * 5 < rest))))
        found = spread(groups)
        wrong += found is not None and found.means_something
    assert wrong <= 50
