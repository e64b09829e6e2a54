"""What a level is called, how sure that is, and which of four travellers somebody resembles. Pure."""

from collections.abc import Mapping
from enum import StrEnum
from math import erf, sqrt
from statistics import mean

from academy.surveys.placing import Level

LOW, HIGH = -0.4, 0.6
"""Below, above: a question of middle difficulty is answered four times in ten, nearly two in three."""
SURE, PROBABLE = 0.8, 0.55


class Band(StrEnum):
    """Where somebody stands in a theme."""

    TO_DISCOVER = "to_discover"
    ON_THE_WAY = "on_the_way"
    AT_EASE = "at_ease"


class Trust(StrEnum):
    """How likely it is that the band is the right one."""

    SURE = "sure"
    PROBABLE = "probable"
    UNSURE = "unsure"


class Profile(StrEnum):
    """Four travellers: a light-hearted start, not a verdict."""

    BEGINNER = "beginner"
    TECHNOPHILE = "technophile"
    COLLABORATIVE = "collaborative"
    SAVVY = "savvy"


MACHINES = frozenset({"culture", "ai"})
PEOPLE = frozenset({"together", "identity", "security", "healthy"})
"""Themes by their ink: what machines do; what people do with, for and to one another."""


def band(level: Level) -> Band:
    if level.mean < LOW:
        return Band.TO_DISCOVER
    return Band.AT_EASE if level.mean >= HIGH else Band.ON_THE_WAY


def trust(level: Level) -> Trust:
    """The chance that the true level lies in the band it is given."""
    low, high = {
        Band.TO_DISCOVER: (float("-inf"), LOW),
        Band.ON_THE_WAY: (LOW, HIGH),
        Band.AT_EASE: (HIGH, float("inf")),
    }[band(level)]
    chance = _below(high, level) - _below(low, level)
    if chance >= SURE:
        return Trust.SURE
    return Trust.PROBABLE if chance >= PROBABLE else Trust.UNSURE


def profile(levels: Mapping[str, Level]) -> Profile:
    """From levels by ink: low all round, high all round, else the side one leans to.

    Machines win ties: a company without people themes cannot call anybody unsociable.
    """
    if not levels:
        return Profile.BEGINNER
    overall = mean(level.mean for level in levels.values())
    if overall < LOW:
        return Profile.BEGINNER
    if overall >= HIGH:
        return Profile.SAVVY
    machines = _side(levels, MACHINES, overall)
    people = _side(levels, PEOPLE, overall)
    return Profile.COLLABORATIVE if people > machines else Profile.TECHNOPHILE


def _side(levels: Mapping[str, Level], inks: frozenset[str], otherwise: float) -> float:
    means = [level.mean for ink, level in levels.items() if ink in inks]
    return mean(means) if means else otherwise


def _below(limit: float, level: Level) -> float:
    return 0.5 * (1 + erf((limit - level.mean) / (level.sd * sqrt(2))))
