"""The colours of a figure: one ink of the academy, its pale sister, and those every figure shares. Pure."""

from dataclasses import dataclass
from enum import StrEnum


class Colour(StrEnum):
    SEA = "sea"
    PINE = "pine"
    PLUM = "plum"
    BRICK = "brick"
    OCHRE = "ochre"


@dataclass(frozen=True, slots=True)
class Palette:
    """`deep` is the coat, `pale` what goes with it."""

    deep: str
    pale: str


INK, PAPER, CARD, GOLD, ROSE = "#1D2433", "#FBF7EF", "#FFFFFF", "#F2C14E", "#E39A8B"
FUR, FUR_DARK, SKIN, WOOL = "#F4E4C4", "#B98445", "#EDBE93", "#F7F3EA"
GREY = "#DDDCD7"

PALETTES = {
    Colour.SEA: Palette("#1F4E9E", "#D3E1F7"),
    Colour.PINE: Palette("#0B6E5B", "#CDE9E0"),
    Colour.PLUM: Palette("#8A2E7A", "#F1D8EC"),
    Colour.BRICK: Palette("#9B2C1F", "#F7D8D0"),
    Colour.OCHRE: Palette("#7A5200", "#F3E2BD"),
}
