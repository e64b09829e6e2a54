"""Weekdays as one number, and patterns that follow one another."""

from datetime import date

from hypothesis import given
from hypothesis import strategies as st

from academy.people.calendar import MONDAY_TO_FRIDAY, Calendar
from academy.people.workdays.patterns import Dated, bits, changes, weekdays

APRIL = date(2026, 4, 1)
MAY = date(2026, 5, 1)
FOUR_FIFTHS = frozenset({0, 1, 3, 4})


@given(st.frozensets(st.integers(0, 6)))
def test_weekdays_survive_being_a_number(worked: frozenset[int]) -> None:
    assert weekdays(bits(worked)) == worked
    assert 0 <= bits(worked) <= 127


def test_before_between_and_after_patterns_it_is_monday_to_friday() -> None:
    calendar = Calendar(changes=changes([Dated(APRIL, date(2026, 4, 30), bits(FOUR_FIFTHS))]))

    assert calendar.pattern_on(date(2026, 3, 31)) == MONDAY_TO_FRIDAY
    assert calendar.pattern_on(APRIL) == FOUR_FIFTHS
    assert calendar.pattern_on(date(2026, 4, 30)) == FOUR_FIFTHS
    assert calendar.pattern_on(MAY) == MONDAY_TO_FRIDAY


def test_a_pattern_that_follows_at_once_leaves_no_gap() -> None:
    calendar = Calendar(
        changes=changes(
            [Dated(APRIL, date(2026, 4, 30), bits(FOUR_FIFTHS)), Dated(MAY, None, bits({2}))]
        )
    )

    assert calendar.pattern_on(MAY) == {2}
    assert calendar.pattern_on(date(2030, 1, 1)) == {2}


def test_of_two_patterns_that_begin_together_the_later_set_is_right() -> None:
    calendar = Calendar(
        changes=changes([Dated(APRIL, None, bits({0})), Dated(APRIL, None, bits({1}))])
    )

    assert calendar.pattern_on(APRIL) == {1}


def test_a_pattern_may_last_to_the_end_of_time() -> None:
    assert changes([Dated(APRIL, date.max, bits({0}))])[-1].on == APRIL
