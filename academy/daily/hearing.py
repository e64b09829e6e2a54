"""What people say of a notion, and what the minute makes of it. Pure.

"I know this already" is asked once, at the next minute, and believed when the answers say so. "Not for
my job" is never asked in the minute again.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum

from academy.mastery.engine import Candidate, Choice, Memory, Reason


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


def verdict(heard: Heard, memory: Memory | None) -> Verdict:
    """Confirmed when at least half of what was answered since was right."""
    since = (memory.answers if memory else 0) - heard.answers
    right = (memory.right if memory else 0) - heard.right
    if since <= 0:
        return Verdict.WAITING
    return Verdict.CONFIRMED if 2 * right >= since else Verdict.DENIED


def turn(candidates: Sequence[Candidate], heard: Heards) -> list[Candidate]:
    """Whose turn it is: what waits to be confirmed, else everything but what is not for this job."""
    mine = [each for each in candidates if not _said(each.notion, heard, Word.NOT_MINE)]
    waiting = [each for each in mine if each.questions and waits(each.notion, each.memory, heard)]
    return waiting or mine


def told(choice: Choice | None, known: Mapping[str, Memory], heard: Heards) -> Choice | None:
    """The choice with its true reason: it is asked because the person said so."""
    if choice is None or not waits(choice.notion, known.get(choice.notion), heard):
        return choice
    return replace(choice, reason=Reason.CLAIMED)


def waits(notion: str, memory: Memory | None, heard: Heards) -> bool:
    """Did they say they know it, and was it not asked since?"""
    return _said(notion, heard, Word.KNOWN) and verdict(heard[notion], memory) is Verdict.WAITING


def _said(notion: str, heard: Heards, word: Word) -> bool:
    return notion in heard and heard[notion].word is word
