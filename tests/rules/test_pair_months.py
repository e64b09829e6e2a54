"""The months of a pair: one after the other, none missing, none twice; what is due; what silence is."""

from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from academy.mentoring.pairs.handbook import AFTER, THEMES, theme_of
from academy.mentoring.pairs.rules import (
    REMINDED_AFTER,
    TOLD_AFTER,
    Condition,
    Course,
    Life,
    condition,
    due,
    silent,
)

NOON = datetime(2026, 6, 1, 12, tzinfo=UTC)
days = st.dates(date(2020, 1, 1), date(2032, 12, 31))
courses = st.builds(Course, days, st.integers(1, 12))


@given(courses)
def test_months_follow_one_another_and_the_first_begins_with_the_second_signature(
    course: Course,
) -> None:
    assert course.first(1) == course.began_on
    assert course.last(course.months) == course.ends_on
    for month in range(1, course.months + 1):
        assert 28 <= (course.last(month) - course.first(month)).days + 1 <= 31
        assert course.last(month) + timedelta(days=1) == course.first(month + 1)


@given(courses, st.integers(-40, 500))
def test_every_day_is_in_one_month(course: Course, later: int) -> None:
    day = course.began_on + timedelta(days=later)
    month = course.month_of(day)

    assert 1 <= month <= course.months
    if course.began_on <= day <= course.ends_on:
        assert course.first(month) <= day <= course.last(month)


@given(courses, st.lists(st.integers(0, 400), max_size=20))
def test_no_more_months_are_kept_than_there_are_and_due_only_grows(
    course: Course, later: list[int]
) -> None:
    held = [course.began_on + timedelta(days=each) for each in later]

    assert course.kept(held) <= set(range(1, course.months + 1))
    dues = [course.due(course.began_on + timedelta(days=each)) for each in range(0, 420, 7)]
    assert dues == sorted(dues)
    assert (dues[0], dues[-1]) == (0, course.months)


def test_a_month_that_begins_on_the_31st_ends_before_the_next_begins() -> None:
    course = Course(date(2026, 1, 31), 4)

    assert [course.first(month) for month in (1, 2, 3, 4)] == [
        date(2026, 1, 31),
        date(2026, 3, 1),
        date(2026, 3, 31),
        date(2026, 5, 1),
    ]
    assert course.ends_on == date(2026, 5, 30)


def test_a_meeting_is_due_once_its_month_is_over() -> None:
    course = Course(date(2026, 3, 2), 4)

    assert course.due(date(2026, 4, 1)) == 0
    assert course.due(date(2026, 4, 2)) == 1
    assert course.due(date(2027, 4, 2)) == 4


def test_a_pair_closes_from_its_last_month_on() -> None:
    course = Course(date(2026, 3, 2), 4)

    assert not course.may_close(date(2026, 6, 1))
    assert course.may_close(date(2026, 6, 2))
    assert course.over(date(2026, 7, 2))
    assert not course.over(date(2026, 7, 1))


@pytest.mark.parametrize(
    ("state", "asks", "began_on", "wrote", "found"),
    [
        ("new", False, None, None, Condition.NEW),
        ("new", True, None, None, Condition.ASKS),
        ("live", False, date(2026, 5, 20), None, Condition.ON_TRACK),
        ("live", False, date(2026, 4, 20), None, Condition.SILENT),
        ("live", False, date(2026, 3, 20), NOON - timedelta(days=34), Condition.ON_TRACK),
        ("live", False, date(2026, 3, 20), NOON - timedelta(days=35), Condition.SILENT),
        ("live", True, date(2026, 3, 20), NOON - timedelta(days=35), Condition.ASKS),
        ("live", False, date(2025, 9, 20), None, Condition.ON_TRACK),
        ("closed", True, date(2025, 9, 20), None, Condition.CLOSED),
        ("parted", True, None, None, Condition.PARTED),
    ],
)
def test_how_a_pair_is(
    state: str, asks: bool, began_on: date | None, wrote: datetime | None, found: Condition
) -> None:
    course = Course(began_on, 4) if began_on else None

    assert condition(Life(state, asks, course, 0, wrote), NOON) is found


def test_the_two_hear_of_their_silence_before_anybody_else() -> None:
    life = Life("live", False, Course(date(2026, 3, 20), 4), 1, NOON - timedelta(weeks=4))

    assert silent(life, NOON, REMINDED_AFTER)
    assert not silent(life, NOON, TOLD_AFTER)


def test_nothing_is_due_before_both_have_signed() -> None:
    assert due(Life("new", False, None, 0, None), NOON.date()) == 0
    assert due(Life("live", False, Course(date(2026, 3, 20), 4), 0, None), NOON.date()) == 2


def test_each_of_four_months_has_its_theme_and_later_ones_a_common_one() -> None:
    assert [theme_of(month) for month in (1, 2, 3, 4)] == list(THEMES)
    assert theme_of(5) == theme_of(12) == AFTER
    for theme in (*THEMES, AFTER):
        said = (theme.title, theme.aim, *theme.agenda, *theme.questions)
        assert all(words.fr and words.en and words.fr != words.en for words in said)
