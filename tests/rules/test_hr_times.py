"""The median of times that are counted in steps, and the season a day falls in."""

from datetime import date, timedelta
from statistics import median as exact

from hypothesis import given
from hypothesis import strategies as st

from academy.catalog.said import Words
from academy.catalog.timetable import Rhythm, Season, spans
from academy.hr.dashboards.adoption import told_time
from academy.hr.dashboards.seasonal import counted_until
from academy.hr.rollup.spans import EDGES, FEWEST, TOOK, median

MONDAY = date(2026, 3, 2)


def in_steps(times: list[int]) -> dict[str, int]:
    counted = dict.fromkeys(TOOK, 0)
    for time in times:
        place = next((number for number, edge in enumerate(EDGES) if time < edge), len(EDGES))
        counted[TOOK[place]] += 1
    return counted


@given(st.lists(st.integers(0, 600), min_size=FEWEST, max_size=200))
def test_it_lies_in_the_step_of_the_true_one(times: list[int]) -> None:
    found, true = median(in_steps(times)), exact(times)
    edges = (0, *EDGES)
    below = max(edge for edge in edges if edge <= true)
    above = min((edge for edge in edges if edge > true), default=EDGES[-1])

    assert found is not None
    assert found <= EDGES[-1]
    if true in times and times.count(int(true)) > 2:
        assert min(below, EDGES[-1]) <= found <= above


def test_of_few_minutes_nothing_is_told() -> None:
    assert median({"took-60": FEWEST - 5}) is None
    assert median({}) is None


def test_half_way_through_a_step_is_half_way_through_its_seconds() -> None:
    assert median({"took-45": 25, "took-60": 50, "took-90": 25}) == 50
    assert median({"took-more": 100}) == 300


def test_times_are_told_in_minutes_and_seconds() -> None:
    assert [told_time(each) for each in (None, 45, 90, 120, 300)] == [
        "",
        "45 s",
        "1 min 30 s",
        "2 min 0 s",
        "5 min or more",
    ]


def season(key: str, week: int, starts: date | None = None) -> Season:
    return Season(key, Words("", ""), Words("", ""), starts, week, Rhythm.WEEKLY, 1, ())


def test_seasons_that_begin_together_are_one_span_and_end_where_the_next_begins() -> None:
    found = spans(
        [season("a", 0), season("b", 5), season("c", 5), season("d", 0, date(2026, 5, 20))],
        MONDAY + timedelta(days=3),
    )

    assert [(each.first, each.last, [one.key for one in each.seasons]) for each in found] == [
        (MONDAY, date(2026, 4, 5), ["a"]),
        (date(2026, 4, 6), date(2026, 5, 19), ["b", "c"]),
        (date(2026, 5, 20), None, ["d"]),
    ]
    assert spans([season("a", 0)], None) == ()


def test_a_season_that_is_over_is_counted_on_a_day_that_is_kept() -> None:
    first, second, third = spans(
        [season("a", 0), season("b", 5), season("d", 0, date(2026, 5, 20))], MONDAY
    )

    late = date(2027, 1, 1)
    assert counted_until(first, late) == date(2026, 4, 5)
    assert counted_until(second, late) == date(2026, 5, 17)
    assert counted_until(third, late) == late
    assert counted_until(second, date(2026, 4, 30)) == date(2026, 4, 30)
