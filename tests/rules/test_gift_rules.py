"""Gifts: what stands in the way, where an order may go, codes that catch slips, figures of nobody."""

from dataclasses import replace
from datetime import date, timedelta
from itertools import product

import pytest
from hypothesis import given
from hypothesis import strategies as st

from academy.rewards.shop import codes
from academy.rewards.shop.folding import FEWEST, NOBODY, Cell, folded
from academy.rewards.shop.rules import (
    LEGAL,
    LIVE,
    REFUNDED,
    Buyer,
    Move,
    Obstacle,
    State,
    Terms,
    moved,
    moves_from,
    obstacle,
)

TODAY = date(2026, 3, 2)
TERMS = Terms(
    on_shelf=True,
    opens_on=TODAY,
    closes_on=TODAY,
    entity=7,
    price=3,
    cost=10,
    left=1,
    per_person=2,
)
BUYER = Buyer(places=frozenset({7, 8}), purse=3, took=1, budget=10)


def test_a_gift_is_theirs_when_everything_just_fits() -> None:
    assert obstacle(TERMS, BUYER, TODAY) is None
    boundless = replace(TERMS, entity=None, left=None, per_person=None, closes_on=None)
    assert obstacle(boundless, replace(BUYER, budget=None, took=99), TODAY) is None


@pytest.mark.parametrize(
    ("terms", "buyer", "why"),
    [
        ({"on_shelf": False}, {}, Obstacle.AWAY),
        ({"entity": 9}, {}, Obstacle.AWAY),
        ({"opens_on": TODAY + timedelta(days=1)}, {}, Obstacle.AWAY),
        ({"closes_on": TODAY - timedelta(days=1)}, {}, Obstacle.AWAY),
        ({"left": 0}, {}, Obstacle.GONE),
        ({}, {"took": 2}, Obstacle.ENOUGH),
        ({}, {"budget": 9}, Obstacle.BUDGET),
        ({}, {"purse": 2}, Obstacle.SHORT),
        ({"left": 0}, {"purse": 0}, Obstacle.GONE),  # saving for it would be in vain
    ],
)
def test_the_first_thing_in_the_way_is_told(
    terms: dict[str, object], buyer: dict[str, object], why: Obstacle
) -> None:
    found = obstacle(replace(TERMS, **terms), replace(BUYER, **buyer), TODAY)  # type: ignore[arg-type]

    assert found is why


def test_every_order_ends_and_what_has_ended_stays_so() -> None:
    for state, how in product(State, Move):
        if state not in LIVE:
            assert moved(state, how) is None
    assert {after for _before, after in LEGAL.values()} >= set(REFUNDED)
    assert all(any(moved(state, how) for how in Move) for state in LIVE)


def test_the_desk_is_offered_what_may_follow_the_usual_first() -> None:
    assert moves_from(State.ORDERED) == (Move.APPROVE, Move.REFUSE)
    assert moves_from(State.APPROVED) == (Move.PREPARE, Move.HAND, Move.REFUSE)
    assert moves_from(State.READY) == (Move.HAND,)
    assert moves_from(State.HANDED) == ()


@given(st.integers(0, 2**50))
def test_a_code_says_its_number_however_it_is_typed(number: int) -> None:
    code = codes.written(number)

    assert codes.read(code) == number
    assert codes.read(f" {code[:3].lower()}-{code[3:]} ") == number
    assert len(code) >= codes.SHORTEST


@given(st.integers(0, 10**7), st.data())
def test_a_single_slip_is_noticed(number: int, data: st.DataObject) -> None:
    code = codes.written(number)
    place = data.draw(st.integers(0, len(code) - 1))
    sign = data.draw(st.sampled_from([sign for sign in codes.ALPHABET if sign != code[place]]))

    assert codes.read(code[:place] + sign + code[place + 1 :]) is None


@pytest.mark.parametrize("typed", ["", "B", "ABCDE", "BBBBBBBBBBBBBBBBBBBB", "ΒΒΒΒΒ", "12345"])
def test_what_is_no_code_is_refused(typed: str) -> None:
    assert codes.read(typed) is None


def cell(place: int, people: int) -> Cell:
    return Cell(place, people, people + 1, 1, 0, people * 3)


def test_places_of_five_stand_alone_and_the_others_are_put_together() -> None:
    shown = folded([cell(1, 9), cell(2, 5), cell(3, 4), cell(4, 2)])

    assert [(each.place, each.people) for each in shown] == [(1, 9), (2, 5), (None, 6)]
    assert shown[-1] == Cell(None, 6, 8, 2, 0, 18)


def test_a_lone_small_place_takes_another_with_it_so_that_nobody_subtracts() -> None:
    shown = folded([cell(1, 9), cell(2, 5), cell(3, 1)])

    assert [(each.place, each.people) for each in shown] == [(1, 9), (None, 6)]


@pytest.mark.parametrize("cells", [[], [cell(1, 4)], [cell(1, 2), cell(2, 2)]])
def test_nothing_is_told_of_fewer_than_five(cells: list[Cell]) -> None:
    assert folded(cells) == []


@given(st.lists(st.integers(1, 12), max_size=12))
def test_no_line_is_of_fewer_than_five_and_nothing_is_lost(people: list[int]) -> None:
    cells = [cell(place, each) for place, each in enumerate(people, 1)]

    shown = folded(cells)

    assert all(each.people >= FEWEST for each in shown)
    assert sum(each.place is None for each in shown) <= 1
    if sum(people) >= FEWEST:
        whole = sum(cells, NOBODY)
        assert sum(shown, NOBODY) == whole
