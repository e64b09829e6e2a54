"""What is known of a question, and what an author should look at. Pure."""

from dataclasses import dataclass
from enum import StrEnum


class Flag(StrEnum):
    """What an author should look at, the most urgent first."""

    KEY_DOUBTFUL = "key_doubtful"
    TWO_RIGHT = "two_right"
    HARDER = "harder"
    FLAT = "flat"
    TOO_HARD = "too_hard"
    TOO_EASY = "too_easy"
    IDLE_OPTION = "idle_option"
    LONG = "long"


@dataclass(frozen=True, slots=True)
class Tally:
    """How often one answer was given.

    `answered` is what was answered in the author's keys (several joined by `+`), `dont_know`, or `other`.
    Over the `expected_of` answers that had an expectation: `expected` is the sum of those chances of being
    right, `squares` the sum of their squares.
    """

    answered: str
    right: bool
    times: int
    expected_of: int = 0
    expected: float = 0.0
    squares: float = 0.0


@dataclass(frozen=True, slots=True)
class Interval:
    """A share and its 95 % interval (Wilson's), all between 0 and 1."""

    share: float
    low: float
    high: float


@dataclass(frozen=True, slots=True)
class OptionUse:
    """One answer among the others. `able` is the mean chance of being right of those who gave it."""

    answered: str
    right: bool
    times: int
    share: float
    able: float | None
    able_error: float | None


@dataclass(frozen=True, slots=True)
class Figures:
    """What is known of a question; `options` most chosen first.

    `expected` is the mean chance the engine had given, `surprise` how many standard deviations the answers
    lie from it (negative: harder than believed). `discrimination` is the correlation of expectation and
    success, with its interval.
    """

    answers: int
    right: Interval
    dont_know: float
    expected: float | None
    surprise: float | None
    discrimination: tuple[float, float, float] | None
    options: tuple[OptionUse, ...]
    seconds: float | None
    flags: tuple[Flag, ...]
