"""What a manager may know of a team: nothing that points at anybody."""

from datetime import UTC, date, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from academy.notices.digest.calendar import next_digest, next_look, week_before
from academy.notices.digest.figures import FEWEST, Counts, Share, told
from academy.people.calendar import Calendar, Span

MONDAY = date(2026, 3, 2)


@pytest.mark.parametrize("people", range(FEWEST))
def test_a_team_of_fewer_than_five_has_no_figures(people: int) -> None:
    assert told(Counts(people, people, 9, 9, 9)) is None


@pytest.mark.parametrize(
    ("took_part", "share", "per_cent"),
    [(0, Share.FEW, 10), (1, Share.FEW, 10), (5, Share.SOME, 50), (10, Share.MANY, 90)],
)
def test_neither_all_nor_none_is_ever_said(took_part: int, share: Share, per_cent: int) -> None:
    figures = told(Counts(10, took_part, 1, 2, 3))

    assert figures is not None
    assert (figures.share, figures.per_cent) == (share, per_cent)
    assert (figures.minutes, figures.lessons, figures.awards) == (1, 2, 3)


@given(st.integers(FEWEST, 500), st.data())
def test_nobody_is_told_apart_at_the_ends(people: int, data: st.DataObject) -> None:
    few = data.draw(st.integers(0, people // 20))

    quiet, nobody = told(Counts(people, few, 0, 0, 0)), told(Counts(people, 0, 0, 0, 0))
    most, all_ = (told(Counts(people, people - gone, 0, 0, 0)) for gone in (few, 0))

    assert quiet == nobody
    assert most == all_


def test_the_week_told_is_the_one_before() -> None:
    week = Span(date(2026, 2, 23), date(2026, 3, 1))

    assert {week_before(MONDAY.replace(day=day)) for day in range(2, 9)} == {week}


def test_it_comes_on_monday_morning() -> None:
    assert next_digest("Europe/Paris", MONDAY) == datetime(2026, 3, 9, 7, 30, tzinfo=UTC)


def test_on_a_day_off_it_waits_for_the_next_working_day() -> None:
    off = Calendar(leave=(Span(MONDAY, MONDAY.replace(day=3)),))
    away = Calendar(pattern=frozenset())

    assert next_look("Europe/Paris", MONDAY, off) == datetime(2026, 3, 4, 7, 30, tzinfo=UTC)
    assert next_look("Europe/Paris", MONDAY, away) == datetime(2026, 3, 9, 7, 30, tzinfo=UTC)
