"""Who may take part in a mentoring programme, and what may follow what."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from academy.mentoring.programmes.rules import (
    Colleague,
    Move,
    Side,
    State,
    Terms,
    expected,
    foremost,
    moved,
    moves_from,
    sides,
    takes_volunteers,
)

TODAY = date(2026, 3, 2)
TERMS = Terms(2, frozenset({"apprenticeship"}), 5, True)


def test_who_joined_lately_may_mentor_and_who_has_been_there_long_may_learn() -> None:
    assert sides(TERMS, Colleague(date(2024, 3, 3), "sales"), TODAY) == (Side.MENTOR,)
    assert sides(TERMS, Colleague(date(2024, 3, 2), "sales"), TODAY) == ()
    assert sides(TERMS, Colleague(date(2021, 3, 2), "sales"), TODAY) == (Side.MENTEE,)


def test_apprentices_are_mentors_by_default_however_long_they_have_been_there() -> None:
    old_hand = Colleague(date(2015, 1, 1), "apprenticeship")

    assert expected(TERMS, old_hand)
    assert sides(TERMS, old_hand, TODAY) == (Side.MENTOR, Side.MENTEE, Side.BOTH)
    assert not expected(TERMS, Colleague(date(2026, 1, 1), None))


@given(st.dates(date(1990, 1, 1), TODAY), st.booleans())
def test_without_conditions_everybody_may_take_either_side(joined: date, both: bool) -> None:
    found = sides(Terms(0, frozenset(), 0, both), Colleague(joined, None), TODAY)

    assert {Side.MENTOR, Side.MENTEE} <= set(found)
    assert (Side.BOTH in found) == both


@pytest.mark.parametrize(
    ("state", "moves"),
    [
        (State.DRAFT, {Move.OPEN}),
        (State.OPEN, {Move.CLOSE}),
        (State.CLOSED, {Move.OPEN, Move.END}),
        (State.ENDED, set()),
    ],
)
def test_only_legal_moves_are_offered(state: State, moves: set[Move]) -> None:
    assert set(moves_from(state)) == moves
    assert all(moved(state, move) is None for move in set(Move) - moves)


def test_both_days_of_a_call_count() -> None:
    first, last = date(2026, 3, 1), TODAY

    assert takes_volunteers(State.OPEN, first, last, TODAY)
    assert takes_volunteers(State.OPEN, first, last, first)
    assert not takes_volunteers(State.OPEN, first, last, date(2026, 3, 3))
    assert not takes_volunteers(State.CLOSED, first, last, TODAY)


def test_three_topics_at_most_are_proposed_the_weightiest_first() -> None:
    weights = {"a": 1, "b": 3, "c": 2, "d": 1, "e": 0, "unknown": 9}

    assert foremost(weights, "abcde") == ("b", "c", "a")
    assert foremost({}, "abc") == ()
