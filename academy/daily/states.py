"""Where a notion stands in one head, from what the engine believes. Pure."""

from enum import StrEnum
from typing import Final

HOLDS: Final = 0.75
"""A chance of remembering below this is fading: it no longer comes three times in four."""


class State(StrEnum):
    MASTERED = "mastered"
    FADING = "fading"
    MET = "met"
    TO_COME = "to_come"


class Went(StrEnum):
    """How the answers to a notion went."""

    NEVER = "never right"
    MISSED = "right once, missed last"
    RIGHT = "right last"


def state_of(now: float, in_a_month: float, went: Went, confirmed: bool) -> State:
    """Of a notion that was asked: mastered when it came last time and will hold for a month, or was known."""
    if went is Went.NEVER:
        return State.MET
    if now < HOLDS:
        return State.FADING
    holds = went is Went.RIGHT and in_a_month >= HOLDS
    return State.MASTERED if holds or confirmed else State.MET
