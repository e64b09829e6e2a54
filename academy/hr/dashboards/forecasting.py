"""Where a share is going, at the pace of these last weeks. Pure."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from statistics import linear_regression

WEEKS = 8
FEWEST = 3


@dataclass(frozen=True, slots=True)
class Forecast:
    """`share` in per cent on `day`, if things go on as in the last weeks; between `low` and `high`."""

    day: date
    share: int
    low: int
    high: int


def forecast(weekly: Sequence[tuple[date, float]], day: date) -> Forecast | None:
    """A straight line through the last eight weeks; nothing from fewer than three.

    The range takes the slowest and the fastest pace between two of those weeks instead.
    """
    lately = weekly[-WEEKS:]
    if len(lately) < FEWEST or day <= lately[-1][0]:
        return None
    days = [one.toordinal() for one, _share in lately]
    shares = [share for _one, share in lately]
    slope = max(0.0, linear_regression(days, shares).slope)
    paces = [
        max(0.0, (after - before) / (later - sooner))
        for (sooner, before), (later, after) in zip(
            zip(days, shares, strict=True), list(zip(days, shares, strict=True))[1:], strict=False
        )
    ]
    ahead = day.toordinal() - days[-1]
    said = [_share(shares[-1] + pace * ahead) for pace in (slope, min(paces), max(paces))]
    return Forecast(day, said[0], min(said), max(said))


def _share(value: float) -> int:
    return round(min(100.0, max(0.0, value)))
