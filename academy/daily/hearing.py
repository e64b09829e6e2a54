"""What people say of a notion, and what comes of it. Pure.

"I know this already" is asked once, at the next minute, and believed when the answers say so. "Not for
my job" is never asked in the minute again.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

from academy.mastery.mind import Trace


class Word(StrEnum):
    KNOWN = "known"
    NOT_MINE = "not_mine"


class Verdict(StrEnum):
    """What the answers since make of "I know this already"."""

    WAITING = "waiting"
    CONFIRMED = "confirmed"
    DENIED = "denied"


@dataclass(frozen=True, slots=True)
class Heard:
    """A word, and how many answers, right ones among them, had been given when it was said."""

    word: Word
    answers: int = 0
    right: int = 0


Heards = Mapping[str, Heard]


def verdict(heard: Heard, trace: Trace | None) -> Verdict:
    """Confirmed when at least half of what was answered since was right."""
    since = (trace.answers if trace else 0) - heard.answers
    right = (trace.right if trace else 0) - heard.right
    if since <= 0:
        return Verdict.WAITING
    return Verdict.CONFIRMED if 2 * right >= since else Verdict.DENIED


def waits(notion: str, trace: Trace | None, heard: Heards) -> bool:
    """Did they say they know it, and was it not asked since?"""
    said = heard.get(notion)
    return said is not None and said.word is Word.KNOWN and verdict(said, trace) is Verdict.WAITING


def is_dropped(notion: str, heard: Heards) -> bool:
    """Did they say it is not for their job?"""
    said = heard.get(notion)
    return said is not None and said.word is Word.NOT_MINE
