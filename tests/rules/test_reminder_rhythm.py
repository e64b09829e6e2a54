"""The rhythm of reminders: one a day at most, none in vain, and peace for those whom they do not help."""

from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from academy.notices.reminders.rhythm import (
    EVERY_DAY,
    LATE,
    PATIENCE,
    Course,
    Today,
    Tone,
    decide,
    is_in_time,
    next_moment,
)
from academy.notices.reminders.words import DAILY, WEEKLY, words
from academy.people.calendar import MONDAY_TO_FRIDAY, Calendar

MONDAY = date(2026, 3, 2)
A_DAY = timedelta(days=1)
PARIS, HALF_PAST_NINE = "Europe/Paris", time(9, 30)
TODAY = Today(MONDAY, working=True, in_time=True, done_on=None)


def test_somebody_who_has_not_done_the_minute_is_reminded_once_that_day() -> None:
    tone, course = decide(Course(), TODAY)

    assert (tone, course) == (Tone.DAILY, Course(MONDAY, 1))
    assert decide(course, TODAY) == (None, course)


@pytest.mark.parametrize(
    "today",
    [
        replace(TODAY, working=False),
        replace(TODAY, in_time=False),
        replace(TODAY, done_on=MONDAY),
    ],
    ids=["on a day off", "too early or too late", "when it is done"],
)
def test_nobody_is_reminded(today: Today) -> None:
    assert decide(Course(), today) == (None, Course())


def live(course: Course, days: int, since: date, done: frozenset[date] = frozenset()) -> list[str]:
    """Day after day, Monday to Friday: what is written, with the state carried along."""
    said = []
    for number in range(days):
        day = since + number * A_DAY
        done_on = max((each for each in done if each < day), default=None)
        working = day.weekday() in MONDAY_TO_FRIDAY
        tone, course = decide(course, Today(day, working, True, done_on))
        said.append(str(tone or "-"))
    return said


def test_after_ten_reminders_that_changed_nothing_it_says_so_and_comes_once_a_week() -> None:
    said = [each for each in live(Course(), 42, MONDAY) if each != "-"]

    assert said == ["daily"] * PATIENCE + ["calmer"] + ["weekly"] * 3


def test_it_comes_daily_again_as_soon_as_the_person_is_back() -> None:
    weekly = Course(MONDAY, PATIENCE + 1, weekly=True)
    wednesday, thursday = MONDAY + 2 * A_DAY, MONDAY + 3 * A_DAY

    assert decide(weekly, Today(wednesday, True, True, None)) == (None, weekly)
    tone, course = decide(weekly, Today(thursday, True, True, wednesday))

    assert (tone, course) == (Tone.DAILY, Course(thursday, 1))


def test_a_minute_done_on_the_day_of_the_reminder_counts_as_having_come() -> None:
    _tone, course = decide(Course(MONDAY, 9), Today(MONDAY + A_DAY, True, True, MONDAY))

    assert course.ignored == 1


@given(st.lists(st.booleans(), min_size=20, max_size=120), st.integers(0, 6))
def test_whatever_people_do_reminders_keep_their_promises(comes: list[bool], first: int) -> None:
    course, last_round = Course(), None
    in_vain, reminded = 0, list[date]()
    for number, came in enumerate(comes):
        day = MONDAY + (first + number) * A_DAY
        working = day.weekday() in MONDAY_TO_FRIDAY
        tone, course = decide(course, Today(day, working, True, last_round))
        if tone is not None:
            assert working
            assert in_vain < PATIENCE or tone is not Tone.DAILY
            assert tone is not Tone.WEEKLY or day - reminded[-1] >= timedelta(days=7)
            reminded.append(day)
            in_vain += 1
        if came:
            last_round, in_vain = day, 0
    assert len(reminded) == len(set(reminded))


MOMENTS = st.integers(0, 2 * 366 * 24 * 60).map(
    lambda minutes: datetime(2026, 1, 1, tzinfo=UTC) + timedelta(minutes=minutes)
)
HOURS = st.builds(time, st.integers(0, 23), st.sampled_from([0, 15, 30, 45]))
ZONES = st.sampled_from([PARIS, "America/Toronto", "Asia/Kolkata", "Pacific/Auckland"])


@given(MOMENTS, ZONES, HOURS, st.sets(st.integers(0, 6)), st.one_of(st.none(), st.integers(-3, 3)))
def test_the_next_look_is_always_ahead_and_never_far(
    at: datetime, zone: str, hour: time, weekdays: set[int], last: int | None
) -> None:
    today = at.astimezone(ZoneInfo(zone)).date()
    last_on = today + last * A_DAY if last is not None else None
    calendar = Calendar(pattern=frozenset(weekdays))

    found = next_moment(hour, zone, today, at, last_on, calendar)

    assert at < found <= at + timedelta(days=9)


@pytest.mark.parametrize(
    ("eve", "utc_hour"),
    [(date(2026, 3, 27), 7), (date(2026, 10, 23), 8)],
    ids=["spring", "autumn"],
)
def test_half_past_nine_stays_half_past_nine_when_the_clocks_change(
    eve: date, utc_hour: int
) -> None:
    """Friday and the Monday after: the clocks change on the Sunday between."""
    at = datetime.combine(eve, time(12), UTC)

    found = next_moment(HALF_PAST_NINE, PARIS, eve, at, eve, Calendar())

    assert found == datetime.combine(eve + 3 * A_DAY, time(utc_hour, 30), UTC)
    assert found.astimezone(ZoneInfo(PARIS)).time() == HALF_PAST_NINE


def test_an_hour_that_strikes_twice_reminds_once() -> None:
    twice = date(2026, 10, 25)
    first = datetime(2026, 10, 25, 0, 30, tzinfo=UTC)

    found = next_moment(time(2, 30), PARIS, twice, first, twice, EVERY_DAY)

    assert found == datetime(2026, 10, 26, 1, 30, tzinfo=UTC)


def test_a_reminder_is_in_time_for_four_hours() -> None:
    struck = datetime(2026, 3, 2, 8, 30, tzinfo=UTC)

    moments = [struck - timedelta(minutes=1), struck, struck + LATE]

    assert [is_in_time(HALF_PAST_NINE, PARIS, MONDAY, at) for at in moments] == [
        False,
        True,
        False,
    ]


def test_the_words_change_every_day_and_come_round() -> None:
    week = [words(Tone.DAILY, 7, MONDAY + number * A_DAY) for number in range(len(DAILY))]

    assert {str(each.subject) for each in week} == {str(each.subject) for each in DAILY}
    assert words(Tone.DAILY, 7, MONDAY) == words(Tone.DAILY, 7, MONDAY)


def test_the_weekly_words_change_every_week() -> None:
    said = {words(Tone.WEEKLY, 7, MONDAY + number * 7 * A_DAY) for number in range(len(WEEKLY))}

    assert len(said) == len(WEEKLY)
