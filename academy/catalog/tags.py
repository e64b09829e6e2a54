"""The closed lists an author chooses from."""

from enum import StrEnum
from typing import Final

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
