"""Maps and forecasts: areas as the sizes, nothing outside the box, no pace out of nothing."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from academy.hr.dashboards.charts import path, tiles
from academy.hr.dashboards.forecasting import forecast

SIZES = st.lists(st.floats(0, 5_000).filter(lambda size: size == 0 or size > 0.5), max_size=40)
SUNDAY = date(2026, 3, 1)


@given(SIZES)
def test_areas_are_as_the_sizes_and_fill_the_box(sizes: list[float]) -> None:
    found = tiles(sizes, 640, 300)

    total = sum(sizes)
    assert {tile.index for tile in found} == {index for index, size in enumerate(sizes) if size}
    for tile in found:
        assert tile.width * tile.height == pytest.approx(
            sizes[tile.index] / total * 640 * 300, rel=1e-6
        )
        assert tile.x >= 0
        assert tile.y >= 0
        assert tile.x + tile.width <= 640 + 1e-6
        assert tile.y + tile.height <= 300 + 1e-6


@given(SIZES)
def test_no_two_areas_lie_on_one_another(sizes: list[float]) -> None:
    found = tiles(sizes, 640, 300)

    for one in found:
        for other in found:
            if one is not other:
                apart = (
                    one.x + one.width <= other.x + 1e-6
                    or other.x + other.width <= one.x + 1e-6
                    or one.y + one.height <= other.y + 1e-6
                    or other.y + other.height <= one.y + 1e-6
                )
                assert apart


def test_equal_sizes_make_areas_near_a_square() -> None:
    assert all(0.6 <= tile.width / tile.height <= 1.8 for tile in tiles([1] * 8, 640, 300))


def test_a_line_goes_from_its_first_point() -> None:
    assert path([(0, 200), (10.26, 5)]) == "M0.0 200.0 L10.3 5.0"
    assert path([]) == ""


def weeks(*shares: float) -> list[tuple[date, float]]:
    return [(SUNDAY + timedelta(weeks=number), share) for number, share in enumerate(shares)]


def test_at_a_steady_pace_it_goes_on() -> None:
    found = forecast(weeks(10, 12, 14, 16), SUNDAY + timedelta(weeks=8))

    assert found is not None
    assert (found.share, found.low, found.high) == (26, 26, 26)


def test_nobody_is_told_more_than_everybody_or_less_than_today() -> None:
    fast = forecast(weeks(10, 40, 70), SUNDAY + timedelta(weeks=40))
    falling = forecast(weeks(30, 20, 10), SUNDAY + timedelta(weeks=40))

    assert fast is not None
    assert falling is not None
    assert fast.share == 100
    assert falling.share == 10


def test_only_the_last_eight_weeks_count() -> None:
    found = forecast(weeks(0, 50, 50, 50, 50, 50, 50, 50, 50, 50), SUNDAY + timedelta(weeks=20))

    assert found is not None
    assert found.share == 50


@pytest.mark.parametrize("shares", [(), (10,), (10, 20)])
def test_too_few_weeks_say_nothing(shares: tuple[float, ...]) -> None:
    assert forecast(weeks(*shares), SUNDAY + timedelta(weeks=20)) is None
