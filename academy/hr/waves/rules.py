"""What a wave may become, and what those who wait are told. Pure."""

from collections.abc import Mapping
from datetime import date
from enum import StrEnum
from typing import Final

AIM: Final = 50
"""Of a hundred people of open waves, so many are to take part in a week."""
MOST_WAVES: Final = 24


class State(StrEnum):
    PLANNED = "planned"
    OPEN = "open"
    PAUSED = "paused"


class Move(StrEnum):
    """What human resources do to a wave, as it stands in the address."""

    OPEN = "open"
    PAUSE = "pause"
    RESUME = "resume"


class Verdict(StrEnum):
    """What was decided of a wave that is planned."""

    GO = "go"
    WAIT = "wait"


FROM: Final[Mapping[Move, State]] = {
    Move.OPEN: State.PLANNED,
    Move.PAUSE: State.OPEN,
    Move.RESUME: State.PAUSED,
}
TO: Final[Mapping[Move, State]] = {
    Move.OPEN: State.OPEN,
    Move.PAUSE: State.PAUSED,
    Move.RESUME: State.OPEN,
}


def moves_from(state: State) -> tuple[Move, ...]:
    return tuple(move for move in Move if FROM[move] is state)


def is_done(state: State, move: Move, was_opened: bool) -> bool:
    """Has this button been pressed already? A paused wave was opened; to open it again is to resume it."""
    return was_opened if move is Move.OPEN else TO[move] is state


def day_told(state: State, opens_on: date | None, today: date) -> date | None:
    """The day on which those who wait for a wave may count; None when it is not known, or no longer."""
    if state is not State.PLANNED or opens_on is None or opens_on < today:
        return None
    return opens_on
