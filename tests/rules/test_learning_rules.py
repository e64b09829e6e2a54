"""When a quiz is passed and when it may be sat again, and marking a whole sitting."""

from datetime import UTC, date, datetime, timedelta
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from academy.catalog.marking import Reason
from academy.learning.rules import (
    TRIES_A_DAY,
    may_try,
    per_cent,
    still_on_the_table,
    tries_left,
)
from academy.learning.sitting import fields_of, mark_all, prefix
from tests.rules.questions import NUMERIC, SHORT, SINGLE, right_form

TODAY = date(2026, 3, 2)


@given(st.integers(0, 40), st.integers(1, 40))
def test_a_score_is_rounded_down_to_whole_per_cent(right: int, questions: int) -> None:
    right = min(right, questions)

    assert per_cent([1.0] * right + [0.0] * (questions - right)) == 100 * right // questions


@given(st.lists(st.fractions(0, 1, max_denominator=6), min_size=1, max_size=12))
def test_parts_of_points_add_up_as_fractions_do(scores: list[Fraction]) -> None:
    exact = int(100 * sum(scores) / len(scores))

    assert per_cent([float(score) for score in scores]) == exact


@pytest.mark.parametrize(
    ("scores", "shown"),
    [
        ([], 0),
        ([1.0] * 7 + [0.0] * 3, 70),  # seven of ten is exactly seventy
        ([1.0] * 699 + [0.0] * 301, 69),  # 69.9 does not pass at seventy
        ([0.1] * 3 + [1.0] * 7, 73),  # not 72 for what binary fractions lose
        ([1.0], 100),
    ],
)
def test_rounding_neither_gives_nor_takes_a_pass(scores: list[float], shown: int) -> None:
    assert per_cent(scores) == shown


def test_a_quiz_may_be_sat_three_times_a_day() -> None:
    assert [may_try(TODAY, tries, TODAY) for tries in range(5)] == [True, True, True, False, False]
    assert [tries_left(TODAY, tries, TODAY) for tries in range(4)] == [3, 2, 1, 0]


def test_the_next_day_starts_afresh() -> None:
    tomorrow = TODAY + timedelta(days=1)

    assert may_try(TODAY, TRIES_A_DAY, tomorrow)
    assert tries_left(TODAY, TRIES_A_DAY, tomorrow) == TRIES_A_DAY


def test_a_quiz_never_sat_may_be_sat() -> None:
    assert may_try(None, 0, TODAY)
    assert tries_left(None, 0, TODAY) == TRIES_A_DAY


def test_one_bad_answer_does_not_hide_the_others() -> None:
    questions = [SINGLE, NUMERIC, SHORT]
    fields = {prefix(1) + name: values for name, values in right_form(SINGLE, "fr", 1).items()}
    fields[prefix(2) + "number"] = ["beaucoup"]

    marked = mark_all(questions, "fr", 1, fields)

    assert marked.marks[1].right
    assert marked.refused == {2: Reason.NOT_A_NUMBER, 3: Reason.NO_ANSWER}


def test_the_fields_of_the_tenth_question_are_not_those_of_the_first() -> None:
    fields = {"q1-choice": ["0"], "q10-choice": ["1"], "csrf_token": ["x"]}

    assert fields_of(1, fields) == {"choice": ["0"]}
    assert fields_of(10, fields) == {"choice": ["1"]}


def test_a_sheet_of_an_earlier_release_lies_on_the_table_for_a_day() -> None:
    opened = datetime(2026, 3, 2, 10, tzinfo=UTC)

    assert still_on_the_table(opened, opened + timedelta(hours=23, minutes=59))
    assert not still_on_the_table(opened, opened + timedelta(hours=24))
