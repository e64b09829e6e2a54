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


def state_of(now: float, in_a_month: float, ever_right: bool, confirmed: bool) -> State:
    """Of a notion that was asked: mastered when it will hold for a month, or was known already."""
    if not ever_right:
        return State.MET
    if now < HOLDS:
        return State.FADING
    return State.MASTERED if in_a_month >= HOLDS or confirmed else State.MET
