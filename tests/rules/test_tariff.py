"""What deeds pay: a star for taking part, a key for knowing, points for everything."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from academy.deeds.verbs import COUNTED, Verb
from academy.rewards.tariff import Currency, Pay, pay

pays = st.builds(Pay, st.integers(0, 500), st.integers(0, 9), st.integers(0, 9))


@pytest.mark.parametrize("verb", COUNTED)
def test_every_deed_pays_points(verb: Verb) -> None:
    assert pay(verb, {}).points > 0


@given(st.integers(0, 2), st.integers(0, 2))
def test_a_round_pays_one_star_however_it_went(right: int, dont_know: int) -> None:
    assert pay(Verb.ROUND_DONE, {"right": right, "dont_know": dont_know}).stars == 1


@pytest.mark.parametrize(
    ("right", "paid"),
    [(0, Pay(5, 1, 0)), (1, Pay(7, 1, 1)), (2, Pay(9, 1, 2))],
)
def test_a_round_pays_a_key_and_two_points_for_each_right_answer(right: int, paid: Pay) -> None:
    assert pay(Verb.ROUND_DONE, {"right": right}) == paid


def test_saying_i_dont_know_costs_nothing() -> None:
    assert pay(Verb.ROUND_DONE, {"dont_know": 2}) == pay(Verb.ROUND_DONE, {})


@pytest.mark.parametrize("verb", [Verb.LESSON_DONE, Verb.QUIZ_PASSED, Verb.QUIZ_FLAWLESS])
def test_only_rounds_pay_by_the_answer(verb: Verb) -> None:
    assert pay(verb, {"right": 8}) == pay(verb, {})


def test_an_award_pays_the_points_its_file_says() -> None:
    assert pay(Verb.AWARD_EARNED, {"points": 40}) == Pay(points=40)
    assert pay(Verb.AWARD_EARNED, {}) == Pay()


@given(pays, pays)
def test_pays_add_up_currency_by_currency(one: Pay, other: Pay) -> None:
    total = (one + other).amounts()

    assert one + Pay() == one
    for currency in Currency:
        parts = one.amounts().get(currency, 0) + other.amounts().get(currency, 0)
        assert total.get(currency, 0) == parts


@given(pays)
def test_amounts_name_only_what_is_paid(paid: Pay) -> None:
    assert all(amount > 0 for amount in paid.amounts().values())
