"""Which awards go on the figure, when there are more than places. Pure."""

from collections.abc import Iterable, Sequence
from enum import StrEnum


class Paper(StrEnum):
    A4 = "a4"
    LETTER = "letter"


PRECIOUS = {"passport": 0, "gold": 1, "visa": 2, "level": 3, "silver": 3, "badge": 4, "bronze": 5}
"""The most precious first; whatever is worth the same keeps its order."""


def rank(kind: str, metal: str) -> int:
    return PRECIOUS.get(metal or kind, len(PRECIOUS))


def carried(held: Iterable[tuple[str, int]], chosen: Sequence[str], places: int) -> tuple[str, ...]:
    """The awards that find a place: those chosen that are still held, or else the most precious.

    `held` are keys with their rank.
    """
    ordered = [key for key, _rank in sorted(held, key=lambda each: each[1])]
    wanted = [key for key in ordered if key in chosen] or ordered
    return tuple(wanted[:places])
