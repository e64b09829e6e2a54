"""What a manager may know of a team: figures that point at nobody. Pure."""

from dataclasses import dataclass
from enum import StrEnum

FEWEST = 5
"""A smaller team has no figures: they would be somebody's."""

TENTHS = 10


class Share(StrEnum):
    """How many took part; the ends are blurred, for “all” and “none” would tell of everybody."""

    FEW = "few"
    SOME = "some"
    MANY = "many"


@dataclass(frozen=True, slots=True)
class Counts:
    """What the log says of a team in a week."""

    people: int
    took_part: int
    minutes: int
    lessons: int
    awards: int


@dataclass(frozen=True, slots=True)
class Figures:
    """What is told: the share in tens of per cent, between ten and ninety."""

    people: int
    share: Share
    per_cent: int
    minutes: int
    lessons: int
    awards: int


def told(counts: Counts) -> Figures | None:
    """None for a team of fewer than five."""
    if counts.people < FEWEST:
        return None
    tenths = round(TENTHS * counts.took_part / counts.people)
    share = Share.FEW if tenths <= 1 else Share.MANY if tenths >= TENTHS - 1 else Share.SOME
    per_cent = TENTHS * min(max(tenths, 1), TENTHS - 1)
    return Figures(counts.people, share, per_cent, counts.minutes, counts.lessons, counts.awards)
