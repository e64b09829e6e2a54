"""How long a role may be lent."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from academy.people.calendar import Span
from academy.people.roles.rules import Objection, months_later, objection

TODAY = date(2026, 3, 2)


@pytest.mark.parametrize(
    ("first", "last", "held_until", "found"),
    [
        (TODAY, TODAY, None, None),
        (TODAY, date(2026, 9, 1), None, None),
        (TODAY, date(2026, 9, 2), None, Objection.LONG),
        (TODAY, date(2026, 3, 1), None, Objection.BACKWARDS),
        (date(2026, 3, 1), TODAY, None, Objection.PAST),
        (date(2028, 1, 1), date(2028, 1, 2), None, Objection.FAR),
        (date.max, date.max, None, Objection.FAR),
        (TODAY, date(2026, 4, 1), date(2026, 4, 1), None),
        (TODAY, date(2026, 4, 2), date(2026, 4, 1), Objection.OUTLIVES),
    ],
)
def test_what_speaks_against_lending(
    first: date, last: date, held_until: date | None, found: Objection | None
) -> None:
    assert objection(Span(first, last), held_until, TODAY) is found


def test_six_months_after_the_last_of_august_is_the_first_of_march() -> None:
    assert months_later(date(2026, 8, 31), 6) == date(2027, 3, 1)
    assert months_later(date(2026, 8, 28), 6) == date(2027, 2, 28)
    assert months_later(date(2026, 12, 31), 6) == date(2027, 7, 1)


@given(st.dates(date(2000, 1, 1), date(2100, 1, 1)))
def test_six_months_are_about_half_a_year(day: date) -> None:
    assert timedelta(days=181) <= months_later(day, 6) - day <= timedelta(days=184)
