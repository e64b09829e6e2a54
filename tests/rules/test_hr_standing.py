"""When somebody was seen: in any portions, counted twice or once, it comes to the same."""

from datetime import date, timedelta

from hypothesis import given
from hypothesis import strategies as st

from academy.hr.rollup.standing import Seen, Standing, after, monday

FIRST = date(2026, 3, 2)
DAYS = st.integers(0, 60).map(lambda ahead: FIRST + timedelta(days=ahead))
LIVES = st.lists(st.builds(Seen, DAYS, st.booleans()), max_size=30)


@given(LIVES, st.integers(0, 30))
def test_read_in_portions_it_is_the_same(life: list[Seen], cut: int) -> None:
    life.sort(key=lambda seen: seen.day)

    assert after(after(None, life[:cut]), life[cut:]) == after(None, life)


@given(LIVES)
def test_read_twice_it_is_the_same(life: list[Seen]) -> None:
    once = after(None, life)

    assert after(once, life) == once


@given(LIVES)
def test_it_says_the_first_day_the_last_and_the_last_before_this_week(life: list[Seen]) -> None:
    found, days = after(None, life), sorted({seen.day for seen in life})
    if not days:
        assert found is None
        return
    earlier = [day for day in days if monday(day) < monday(days[-1])]
    rounds = [seen.day for seen in life if seen.round]

    assert found == Standing(
        days[0], days[-1], max(earlier, default=None), max(rounds, default=None)
    )
