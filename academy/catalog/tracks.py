"""A track: lessons and quizzes in an order, for some people."""

from dataclasses import dataclass
from enum import StrEnum
from typing import Final

from academy.catalog.audience import Audience
from academy.catalog.said import Words

VISA: Final = "visa-track-"
"""What the key of a track's visa starts with; the key of the track follows."""


class StepKind(StrEnum):
    LESSON = "lesson"
    QUIZ = "quiz"


@dataclass(frozen=True, slots=True)
class Step:
    """A lesson to read, or the quiz of a module to pass; `key` is that of the lesson or the module."""

    kind: StepKind
    key: str


@dataclass(frozen=True, slots=True)
class Track:
    """Without an audience nobody is given it; an `open` one may be followed by whoever wishes."""

    key: str
    order: int
    title: Words
    summary: Words
    audience: Audience | None
    open: bool
    steps: tuple[Step, ...]
    visa: str | None
