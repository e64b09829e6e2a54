"""Working days: what holds for every calendar, and a few days anybody can check."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from academy.people.calendar import A_DAY, LONGEST_WAIT, MONDAY_TO_FRIDAY, Calendar, Change, Span

MONDAY = date(2026, 3, 2)
FRIDAY = date(2026, 3, 6)
NEVER = Calendar(pattern=frozenset())

days = st.dates(date(2025, 1, 1), date(2027, 12, 31))
any_day = st.dates()
spans = st.builds(
    lambda first, length: Span(first, first + timedelta(days=length)), days, st.integers(0, 40)
)
patterns = st.frozensets(st.integers(0, 6))
calendars = st.builds(
    Calendar,
    country=st.none(),
    holidays=st.frozensets(days, max_size=12),
    closures=st.lists(spans, max_size=3).map(tuple),
    pattern=patterns,
    leave=st.lists(spans, max_size=3).map(tuple),
    changes=st.lists(st.builds(Change, days, patterns), max_size=3).map(
        lambda found: tuple(sorted(found, key=lambda change: change.on))
    ),
)


@given(calendars, days)
def test_the_next_working_day_is_worked_and_none_comes_before_it(
    calendar: Calendar, day: date
) -> None:
    found = calendar.next_working_day(day)

    until = found or day + (LONGEST_WAIT + 1) * A_DAY
    between = [day + n * A_DAY for n in range(1, (until - day).days)]
    assert not any(calendar.is_working(each) for each in between)
    assert found is None or (found > day and calendar.is_working(found))


@given(calendars, days)
def test_the_previous_working_day_is_the_next_one_backwards(calendar: Calendar, day: date) -> None:
    found = calendar.previous_working_day(day)

    if found is not None:
        assert found < day
        assert calendar.is_working(found)
        after = calendar.next_working_day(found)
        assert after is None or after >= day or not calendar.is_working(day)
        assert calendar.working_days_between(found, day) == int(calendar.is_working(day))


@given(calendars, days, st.integers(1, 30))
def test_as_many_days_lie_between_as_were_added(calendar: Calendar, day: date, n: int) -> None:
    found = calendar.add_working_days(day, n)

    if found is not None:
        assert calendar.working_days_between(day, found) == n
        assert calendar.is_working(found)


@given(calendars, days, st.integers(1, 15))
def test_days_added_can_be_taken_back(calendar: Calendar, day: date, n: int) -> None:
    if not calendar.is_working(day):
        return
    there = calendar.add_working_days(day, n)

    if there is not None:
        assert calendar.add_working_days(there, -n) == day


@given(calendars, days, days, days)
def test_days_between_add_up(calendar: Calendar, a: date, b: date, c: date) -> None:
    first, middle, last = sorted((a, b, c))

    whole = calendar.working_days_between(first, last)

    assert whole == calendar.working_days_between(first, middle) + calendar.working_days_between(
        middle, last
    )
    assert 0 <= whole <= (last - first).days
    assert calendar.working_days_between(last, first) == 0


@given(calendars, any_day, st.integers(-3, 3))
def test_every_question_has_an_answer_even_at_the_ends_of_time(
    calendar: Calendar, day: date, n: int
) -> None:
    assert isinstance(calendar.is_working(day), bool)
    for found in (
        calendar.next_working_day(day),
        calendar.previous_working_day(day),
        calendar.add_working_days(day, n),
    ):
        assert found is None or isinstance(found, date)


@given(calendars, days, spans)
def test_leave_only_takes_working_days_away(calendar: Calendar, day: date, away: Span) -> None:
    with_leave = Calendar(
        calendar.country,
        calendar.holidays,
        calendar.closures,
        calendar.pattern,
        (*calendar.leave, away),
        calendar.changes,
    )

    assert with_leave.is_working(day) == (calendar.is_working(day) and not away.holds(day))


def test_a_plain_week_goes_from_monday_to_friday() -> None:
    calendar = Calendar()

    assert calendar.pattern == MONDAY_TO_FRIDAY
    assert calendar.next_working_day(FRIDAY) == date(2026, 3, 9)
    assert calendar.previous_working_day(MONDAY) == date(2026, 2, 27)
    assert calendar.working_days_between(MONDAY, FRIDAY) == 4
    assert calendar.add_working_days(FRIDAY, 1) == date(2026, 3, 9)
    assert calendar.add_working_days(FRIDAY, 0) == FRIDAY


def test_holidays_closures_and_leave_are_passed_over() -> None:
    calendar = Calendar(
        holidays=frozenset({date(2026, 3, 3)}),
        closures=(Span(date(2026, 3, 4), date(2026, 3, 5)),),
        leave=(Span(date(2026, 3, 6), date(2026, 3, 10)),),
    )

    assert calendar.next_working_day(MONDAY) == date(2026, 3, 11)


def test_part_time_may_change() -> None:
    calendar = Calendar(
        changes=(
            Change(date(2026, 3, 4), frozenset({0, 1})),
            Change(date(2026, 3, 11), frozenset({4})),
        )
    )

    worked = [day for n in range(14) if calendar.is_working(day := MONDAY + n * A_DAY)]

    assert worked == [
        date(2026, 3, 2),
        date(2026, 3, 3),
        date(2026, 3, 9),
        date(2026, 3, 10),
        date(2026, 3, 13),
    ]


def test_who_never_works_has_no_next_day() -> None:
    assert NEVER.next_working_day(MONDAY) is None
    assert NEVER.previous_working_day(MONDAY) is None
    assert NEVER.add_working_days(MONDAY, 3) is None
    assert NEVER.working_days_between(MONDAY, MONDAY + timedelta(days=400)) == 0


@pytest.mark.parametrize(("away", "found"), [(366, None), (365, date(2027, 3, 3))])
def test_a_year_is_scanned_and_no_more(away: int, found: date | None) -> None:
    calendar = Calendar(
        pattern=frozenset(range(7)), leave=(Span(MONDAY + A_DAY, MONDAY + away * A_DAY),)
    )

    assert calendar.next_working_day(MONDAY) == found
