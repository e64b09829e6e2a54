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

    The range is that of the lines through the first and through the last half of them, and of standing still
    where the share went down.
    """
    lately = weekly[-WEEKS:]
    if len(lately) < FEWEST or day <= lately[-1][0]:
        return None
    half = len(lately) // 2
    ahead = day.toordinal() - lately[-1][0].toordinal()
    paces = [_pace(part) for part in (lately, lately[: half + 1], lately[half:])]
    said = [_share(lately[-1][1] + pace * ahead) for pace in paces]
    return Forecast(day, said[0], min(said), max(said))


def _pace(weekly: Sequence[tuple[date, float]]) -> float:
    """Hundredths a day; a share that fell is taken to stand still."""
    days = [one.toordinal() for one, _share_then in weekly]
    return max(0.0, linear_regression(days, [share for _one, share in weekly]).slope)


def _share(value: float) -> int:
    return round(min(100.0, max(0.0, value)))
