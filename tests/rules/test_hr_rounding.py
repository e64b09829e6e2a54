"""Rounding: right on average, always the same for the same people, and silent about any one of them."""

from statistics import mean

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy.optimize import linprog

from academy.hr.rollup.rounding import BASE, SMALLEST, Cell, hidden, rounded

SALT = b"salt"
SIZES = st.dictionaries(st.integers(0, 30), st.integers(0, 40), max_size=12)


def published(people: list[int], counted: set[int], name: str = "passport") -> int:
    mine = [each for each in people if each in counted]
    return rounded(Cell(len(mine), sum(mine)), Cell(len(people), sum(people)), name, SALT)


@given(st.integers(0, 10_000), st.integers(0, 10**9), st.text(max_size=8))
def test_it_is_a_multiple_of_five_less_than_five_away(count: int, who: int, name: str) -> None:
    told = rounded(Cell(count, who), Cell(count + 3, who + 7), name, SALT)

    assert told % BASE == 0
    assert abs(told - count) < BASE
    assert (told == count) or count % BASE


@pytest.mark.parametrize("count", [1, 2, 3, 4, 12, 18])
def test_it_is_right_on_average(count: int) -> None:
    told = [rounded(Cell(count, who), Cell(50, 99), "week", SALT) for who in range(4_000)]

    assert mean(told) == pytest.approx(count, abs=0.15)


@pytest.mark.parametrize("size", [5, 6, 11, 12, 13, 14, 19])
def test_it_never_says_that_everybody_in_a_group_is_counted(size: int) -> None:
    """Twelve of twelve may be told as ten, never as fifteen: then eleven or twelve would be sure."""
    people = list(range(size))
    told = {published(people, set(people), f"figure {each}") for each in range(200)}

    assert told == {size // BASE * BASE}


def test_the_same_people_are_told_the_same_whenever_one_asks() -> None:
    people = list(range(100, 130))

    assert published(people, {101, 103, 107}) == published(people[::-1], {107, 101, 103})


def test_other_dice_are_thrown_for_other_people_another_figure_and_another_company() -> None:
    cells = [
        (Cell(12, who), Cell(40, 900), name, salt)
        for who, name, salt in [(who, "week", b"a") for who in range(40)]
        + [(7, f"week-{each}", b"a") for each in range(40)]
        + [(7, "week", bytes([each + 1])) for each in range(40)]
    ]
    told = [rounded(*cell) for cell in cells]

    assert {*told[:40]} == {*told[40:80]} == {*told[80:]} == {10, 15}


@given(SIZES)
def test_what_is_not_told_holds_five_people_or_nobody(sizes: dict[int, int]) -> None:
    secret = hidden(sizes)

    untold = sum(sizes[part] for part in secret)
    assert all(sizes[part] >= SMALLEST or not sizes[part] for part in sizes.keys() - secret)
    assert untold == 0 or untold >= SMALLEST or secret == {k for k in sizes if sizes[k]}


@given(SIZES)
def test_no_more_than_needed_is_hidden(sizes: dict[int, int]) -> None:
    secret = hidden(sizes)

    large = [part for part in secret if sizes[part] >= SMALLEST]
    assert len(large) <= 1
    assert not large or 0 < sum(sizes[part] for part in secret if part not in large) < SMALLEST


def test_nobody_can_be_worked_out_from_all_that_is_published_week_after_week() -> None:
    """An attacker who knows who works where, every week, and all figures, solves for each person.

    What is published bounds the true counts: less than five away. Somebody is found out if every set of
    answers that fits gives them the same one; a linear program looks for the least and the most each may be.
    """
    dice = np.random.default_rng(20261127)
    people = list(range(1, 61))
    holds = {each for each in people if dice.random() < 0.5}
    team = {each: int(dice.integers(0, 5)) for each in people}
    rows, bounds = [], []
    for _week in range(12):
        mover = int(dice.choice(people))
        team[mover] = int(dice.integers(0, 5))
        groups = [[each for each in people if team[each] == one] for one in range(5)]
        groups += [groups[0] + groups[1], people, [each for each in people if each % 3 == 0]]
        for group in groups:
            if len(group) >= SMALLEST:
                told = published(group, holds)
                rows.append([1.0 if each in group else 0.0 for each in people])
                bounds.append((told - BASE + 1, told + BASE - 1))
    known = np.array(rows)
    low, high = np.array(bounds).T
    both, limits = np.vstack([known, -known]), np.concatenate([high, -low])

    for person in range(len(people)):
        aim = np.zeros(len(people))
        aim[person] = 1
        least = linprog(aim, A_ub=both, b_ub=limits, bounds=(0, 1)).fun
        most = -linprog(-aim, A_ub=both, b_ub=limits, bounds=(0, 1)).fun
        assert (round(least, 6), round(most, 6)) == (0, 1), people[person]


def test_without_rounding_the_same_attack_finds_people_out() -> None:
    """What the test above guards against is real: exact figures before and after one move."""
    before, after = list(range(1, 21)), list(range(1, 22))
    holds = {3, 5, 21}

    exact = len(holds & {*after}) - len(holds & {*before})

    assert exact == 1  # number 21 holds it: an exact figure says so
    assert published(after, holds) - published(before, holds) in (-5, 0, 5)
