"""Where a link stands."""

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from academy.passport.links.rules import ALL, Choice, Span, State, ends, state

NOW = datetime(2026, 3, 2, 10, 0, tzinfo=UTC)
SECONDS = st.integers(0, 10**9).map(lambda n: timedelta(seconds=n))


@given(later=SECONDS)
def test_what_has_no_end_stays_open_until_it_is_withdrawn(later: timedelta) -> None:
    assert state(ends(Span.OPEN, NOW), None, NOW + later) is State.LIVE
    assert state(None, NOW, NOW + later) is State.WITHDRAWN


@pytest.mark.parametrize(("span", "days"), [(Span.WEEK, 7), (Span.MONTH, 31), (Span.YEAR, 366)])
def test_it_ends_at_its_very_moment(span: Span, days: int) -> None:
    end = ends(span, NOW)

    assert end == NOW + timedelta(days=days)
    assert state(end, None, end - timedelta(seconds=1)) is State.LIVE
    assert state(end, None, end) is State.ENDED


@given(at=SECONDS, later=SECONDS)
def test_whatever_its_end_a_withdrawn_link_is_withdrawn(at: timedelta, later: timedelta) -> None:
    assert state(NOW + at, NOW, NOW + later) is State.WITHDRAWN


def test_everything_is_shown_unless_something_is_hidden() -> None:
    assert ALL.is_all
    assert not Choice(visas=False).is_all
