"""How keys are written, and the closed lists an author chooses from."""

import re
from enum import StrEnum
from typing import Final

LONGEST_KEY: Final = 60
_KEY: Final = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*")


def is_key(word: str) -> bool:
    """Lower-case words joined by hyphens, at most 60 characters."""
    return len(word) <= LONGEST_KEY and _KEY.fullmatch(word) is not None


DIGCOMP: Final = frozenset(
    f"{area}.{number}"
    for area, count in ((1, 3), (2, 6), (3, 4), (4, 4), (5, 4))
    for number in range(1, count + 1)
)
"""Competences of DigComp 2.2."""

PIX: Final = frozenset(
    f"{area}.{number}"
    for area, count in ((1, 3), (2, 4), (3, 4), (4, 3), (5, 2))
    for number in range(1, count + 1)
)
"""Competences of the Pix reference framework."""


class Ink(StrEnum):
    """The colour of a theme."""

    CULTURE = "culture"
    TOGETHER = "together"
    IDENTITY = "identity"
    SECURITY = "security"
    AI = "ai"
    HEALTHY = "healthy"


ADMONITIONS: Final = frozenset(("tip", "note", "warning", "example"))
