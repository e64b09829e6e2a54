"""What may be reported, why, and what may come of it. Pure."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum
from typing import Final

THANKED_A_MONTH: Final = 5
"""So many mended problems pay their reporter in a month: enough to thank, too few to live on."""
_TICKET: Final = re.compile(r"([1-9][0-9]{0,17})\.([1-9][0-9]{0,8})", re.ASCII)


class Kind(StrEnum):
    LESSON = "lesson"
    QUESTION = "question"


class Trouble(StrEnum):
    WRONG = "wrong"
    UNCLEAR = "unclear"
    OUTDATED = "outdated"
    LANGUAGE = "language"
    ACCESS = "access"
    OTHER = "other"


class Outcome(StrEnum):
    MENDED = "mended"
    DISMISSED = "dismissed"


@dataclass(frozen=True, slots=True)
class About:
    """One lesson or one question, by its key."""

    kind: Kind
    key: str

    def __str__(self) -> str:
        return f"{self.kind}:{self.key}"


@dataclass(frozen=True, slots=True)
class Ticket:
    """A report as it was read: somebody may have changed it since."""

    report: int
    edition: int

    def __str__(self) -> str:
        return f"{self.report}.{self.edition}"


def tickets(posted: Iterable[str]) -> frozenset[Ticket]:
    """Those that were ticked; what is no ticket is left out."""
    found = (_TICKET.fullmatch(each) for each in posted)
    return frozenset(Ticket(int(one[1]), int(one[2])) for one in found if one)
