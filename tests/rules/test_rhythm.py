"""The rhythm of somebody's working days: rows, weeks, and until when a row waits."""

from dataclasses import replace
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from academy.people.calendar import Calendar, Span
from academy.rewards.regularity import services
from academy.rewards.regularity.rhythm import WEEKS, Row, State, longest, rhythm

MONDAY = date(2026, 3, 2)
LONG_AGO = date(2020, 1, 1)
CALENDAR = Calendar()


def days(*numbers: int) -> set[date]:
    return {MONDAY + timedelta(number) for number in numbers}


numbers = st.sets(st.integers(-40, 0)).map(lambda found: days(*found))
spans = st.builds(
    lambda first, length: Span(MONDAY + timedelta(first), MONDAY + timedelta(first + length)),
    st.integers(-60, 20),
    st.integers(0, 30),
)


def state(day: date, calendar: Calendar = CALENDAR, today: date = MONDAY) -> State:
    mine = rhythm(days(-3), calendar, today, date(2026, 2, 4))
    return next(each.state for week in mine.weeks for each in week if each.on == day)


@pytest.mark.parametrize(
    ("number", "expected"),
    [
        (-3, State.DONE),
        (-4, State.OPEN),
        (-2, State.OFF),
        (0, State.WAITING),
        (1, State.AHEAD),
        (-27, State.BEFORE),
    ],
)
def test_each_day_has_a_word(number: int, expected: State) -> None:
    assert state(MONDAY + timedelta(number)) == expected


def test_leave_and_closures_are_told_apart() -> None:
    away = Calendar(
        leave=(Span(MONDAY - timedelta(6), MONDAY - timedelta(4)),),
        closures=(Span(MONDAY - timedelta(5), MONDAY - timedelta(5)),),
    )

    assert state(MONDAY - timedelta(6), away) == State.AWAY
    assert state(MONDAY - timedelta(5), away) == State.OFF
    assert state(MONDAY - timedelta(3), away) == State.DONE


def test_five_weeks_from_monday_to_sunday_the_last_is_this_one() -> None:
    mine = rhythm(set(), CALENDAR, MONDAY + timedelta(3), LONG_AGO)

    assert len(mine.weeks) == WEEKS
    assert {len(week) for week in mine.weeks} == {7}
    assert mine.weeks[-1][0].on == MONDAY


def test_a_row_waits_until_the_second_working_day_after_it() -> None:
    thursday = rhythm(days(-4, -5), CALENDAR, MONDAY, LONG_AGO)
    friday = rhythm(days(-3), CALENDAR, MONDAY, LONG_AGO)
    over = rhythm(days(-5), CALENDAR, MONDAY, LONG_AGO)

    assert (thursday.current, thursday.waits_until) == (2, MONDAY)
    assert (friday.current, friday.waits_until) == (1, MONDAY + timedelta(1))
    assert (over.current, over.waits_until) == (0, None)


def test_a_row_waits_through_leave() -> None:
    away = Calendar(leave=(Span(MONDAY, MONDAY + timedelta(18)),))

    mine = rhythm(days(-3), away, MONDAY + timedelta(10), LONG_AGO)

    assert mine.current == 1
    assert mine.today == State.AWAY
    assert mine.next_day == MONDAY + timedelta(21)
    assert mine.waits_until == MONDAY + timedelta(22)


def test_who_never_works_is_expected_nowhere() -> None:
    mine = rhythm(days(-3), Calendar(pattern=frozenset()), MONDAY, LONG_AGO)

    assert (mine.current, mine.longest, mine.next_day) == (0, None, None)
    assert mine.today == State.OFF


def test_the_longest_of_two_equal_rows_is_the_later_one() -> None:
    found = longest(days(-28, -27, -7, -6), CALENDAR)

    assert found == Row(2, MONDAY - timedelta(6))
    assert longest((), CALENDAR) is None


def test_days_of_this_month_are_counted_whatever_day_they_are() -> None:
    sunday = MONDAY + timedelta(6)

    assert rhythm(days(-3, 0, 6), CALENDAR, sunday, LONG_AGO).this_month == 2


@given(numbers, spans)
def test_leave_takes_nothing_away(done: set[date], more: Span) -> None:
    before = rhythm(done, CALENDAR, MONDAY, LONG_AGO)
    after = rhythm(done, replace(CALENDAR, leave=(more,)), MONDAY, LONG_AGO)

    assert after.current >= before.current
    assert (after.longest.length if after.longest else 0) >= (
        before.longest.length if before.longest else 0
    )
    assert after.this_month == before.this_month


@given(numbers)
def test_the_row_of_today_is_never_longer_than_the_longest(done: set[date]) -> None:
    mine = rhythm(done, CALENDAR, MONDAY, LONG_AGO)

    assert mine.current <= (mine.longest.length if mine.longest else 0)
    assert (mine.waits_until is None) == (mine.current == 0)


def test_the_row_kept_gives_way_to_a_longer_one_only() -> None:
    five, six = Row(5, MONDAY), Row(6, MONDAY)

    assert services.longer(five, six) == services.longer(six, five) == six
    assert services.longer(Row(5, LONG_AGO), five) == five
    assert services.longer(None, five) == services.longer(five, None) == five
    assert services.longer(None, None) is None
