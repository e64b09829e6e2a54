"""When a mail may leave: not in quiet hours, not on days off, not before it was written."""

from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from academy.notices.quiet import UNCHOSEN, Quiet, may_leave, not_before, strikes
from academy.people.calendar import Calendar, Span

PARIS = "Europe/Paris"
USUAL = UNCHOSEN
WEEK = Calendar()
EASTER_MONDAY = date(2026, 4, 6)


def paris(day: int, hour: int, minute: int = 0, month: int = 3) -> datetime:
    return datetime(2026, month, day, hour, minute, tzinfo=ZoneInfo(PARIS)).astimezone(UTC)


@pytest.mark.parametrize(
    ("at", "leaves_at"),
    [
        (paris(2, 10), paris(2, 10)),  # a Monday morning
        (paris(2, 19, 59), paris(2, 19, 59)),
        (paris(2, 20), paris(3, 7, 30)),
        (paris(2, 7, 29), paris(2, 7, 30)),
        (paris(2, 7, 30), paris(2, 7, 30)),
        (paris(6, 21), paris(9, 7, 30)),  # Friday evening: Monday
        (paris(7, 12), paris(9, 7, 30)),  # Saturday noon
    ],
)
def test_mail_waits_for_the_morning_of_the_next_working_day(
    at: datetime, leaves_at: datetime
) -> None:
    assert may_leave(at, PARIS, USUAL, WEEK) == leaves_at


def test_public_holidays_closures_and_leave_are_quiet_too() -> None:
    calendar = Calendar(
        holidays=frozenset({EASTER_MONDAY}),
        closures=(Span(date(2026, 4, 7), date(2026, 4, 7)),),
        leave=(Span(date(2026, 4, 8), date(2026, 4, 9)),),
    )

    assert may_leave(paris(6, 10, month=4), PARIS, USUAL, calendar) == paris(10, 7, 30, month=4)


def test_the_same_time_twice_means_never_quiet_but_for_days_off() -> None:
    never = Quiet(time(9), time(9))

    assert may_leave(paris(2, 3), PARIS, never, WEEK) == paris(2, 3)
    assert may_leave(paris(7, 12), PARIS, never, WEEK) == paris(9, 0)


def test_quiet_hours_may_lie_within_a_day() -> None:
    lunch = Quiet(time(12), time(14))

    assert may_leave(paris(2, 12, 30), PARIS, lunch, WEEK) == paris(2, 14)
    assert may_leave(paris(7, 12, 30), PARIS, lunch, WEEK) == paris(9, 0)


def test_a_night_that_begins_at_midnight_ends_in_the_morning_all_the_same() -> None:
    small_hours = Quiet(time(0), time(7, 30))

    assert may_leave(paris(7, 12), PARIS, small_hours, WEEK) == paris(9, 7, 30)


def test_who_never_works_gets_no_mail() -> None:
    assert may_leave(paris(2, 10), PARIS, USUAL, Calendar(pattern=frozenset())) is None


def test_an_hour_that_the_clocks_skip_strikes_an_hour_later() -> None:
    assert strikes(date(2026, 3, 29), time(2, 30), PARIS) == paris(29, 3, 30)


def test_of_an_hour_that_strikes_twice_the_one_to_come_is_meant() -> None:
    first = strikes(date(2026, 10, 25), time(2, 30), PARIS)
    between = first + timedelta(minutes=20)

    assert not_before(between, date(2026, 10, 25), time(2, 30), PARIS) == first + timedelta(hours=1)


MOMENTS = st.integers(0, 2 * 366 * 24 * 60).map(
    lambda minutes: datetime(2026, 1, 1, tzinfo=UTC) + timedelta(minutes=minutes)
)
HALVES = st.builds(time, st.integers(0, 23), st.sampled_from([0, 30]))
ZONES = st.sampled_from([PARIS, "America/Toronto", "Asia/Kolkata", "Australia/Lord_Howe"])


@given(MOMENTS, ZONES, HALVES, HALVES, st.sets(st.integers(0, 6), min_size=1))
def test_whatever_the_hours_it_leaves_later_outside_them_on_a_working_day(
    at: datetime, zone: str, begins: time, ends: time, weekdays: set[int]
) -> None:
    quiet, calendar = Quiet(begins, ends), Calendar(pattern=frozenset(weekdays))

    leaves_at = may_leave(at, zone, quiet, calendar)

    assert leaves_at is not None
    assert leaves_at >= at
    assert calendar.is_working(leaves_at.astimezone(ZoneInfo(zone)).date())
    assert may_leave(leaves_at, zone, quiet, calendar) == leaves_at
