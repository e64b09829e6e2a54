"""When lessons appear: days of the calendar, weeks after the opening, one after the other."""

from datetime import date, timedelta

from hypothesis import given
from hypothesis import strategies as st

from academy.catalog.said import Words
from academy.catalog.timetable import A_WEEK, Rhythm, Season, timetable

W = Words("mots", "words")
THURSDAY = date(2026, 11, 26)
MONDAY = date(2026, 11, 23)
days = st.dates(date(2000, 1, 1), date(2100, 1, 1))


def season(
    *lessons: str,
    starts: date | None = None,
    week: int = 0,
    rhythm: Rhythm = Rhythm.WEEKLY,
    at_a_time: int = 1,
) -> Season:
    return Season("one", W, W, starts, week, rhythm, at_a_time, lessons)


def test_a_season_that_starts_on_a_day_goes_on_week_after_week() -> None:
    table = timetable([season("a", "b", "c", starts=THURSDAY, at_a_time=2)], None)

    assert table.days == {"a": THURSDAY, "b": THURSDAY, "c": THURSDAY + A_WEEK}


def test_weeks_are_counted_from_the_monday_of_the_opening() -> None:
    table = timetable([season("a", "b", week=8)], THURSDAY)

    assert table.days == {"a": MONDAY + 8 * A_WEEK, "b": MONDAY + 9 * A_WEEK}


def test_what_opens_with_the_academy_has_no_day_and_what_follows_has_one() -> None:
    table = timetable([season("a", "b", week=0, rhythm=Rhythm.FORTNIGHTLY)], THURSDAY)

    assert table.days == {"b": MONDAY + 2 * A_WEEK}
    assert table.has_appeared("a", date(1999, 1, 1))


def test_all_at_once_is_one_day() -> None:
    table = timetable([season("a", "b", week=1, rhythm=Rhythm.ONCE)], THURSDAY)

    assert set(table.days.values()) == {MONDAY + A_WEEK}


def test_an_academy_that_has_not_opened_hides_nothing_that_waits_for_it() -> None:
    seasons = [season("a", week=8), season("b", starts=THURSDAY)]

    assert timetable(seasons, None).days == {"b": THURSDAY}


def test_a_lesson_is_new_for_fourteen_days() -> None:
    table = timetable([season("a", starts=THURSDAY)], None)
    new = [
        number for number in range(-3, 30) if table.is_new("a", THURSDAY + timedelta(days=number))
    ]

    assert new == list(range(14))
    assert not table.is_new("always-there", THURSDAY)


def test_the_next_day_is_the_nearest_to_come() -> None:
    table = timetable([season("a", "b", starts=THURSDAY)], None)

    assert table.next_day(THURSDAY) == THURSDAY + A_WEEK
    assert table.next_day(THURSDAY + A_WEEK) is None


@given(days, st.integers(0, 60), st.sampled_from(Rhythm), st.integers(1, 4), days, days)
def test_what_has_appeared_never_goes_away(
    opened: date, week: int, rhythm: Rhythm, at_a_time: int, one: date, two: date
) -> None:
    lessons = ("a", "b", "c", "d", "e")
    table = timetable([season(*lessons, week=week, rhythm=rhythm, at_a_time=at_a_time)], opened)
    earlier, later = sorted((one, two))

    there = {lesson for lesson in lessons if table.has_appeared(lesson, earlier)}
    then = {lesson for lesson in lessons if table.has_appeared(lesson, later)}

    assert there <= then
    assert there == set(lessons[: len(there)])


@given(days, days)
def test_days_to_come_are_those_that_have_not_appeared(opened: date, today: date) -> None:
    table = timetable([season("a", "b", "c", week=1)], opened)
    coming = [day for lesson, day in table.days.items() if not table.has_appeared(lesson, today)]

    assert table.next_day(today) == min(coming, default=None)
