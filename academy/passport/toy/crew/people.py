"""Who there is a figure of, and how each is made. Pure."""

from collections.abc import Callable, Mapping
from enum import StrEnum
from functools import cache

from academy.passport.toy.crew.armel import armel
from academy.passport.toy.crew.noctua import noctua
from academy.passport.toy.crew.ohm import ohm
from academy.passport.toy.crew.pixel import pixel
from academy.passport.toy.figures import Figure
from academy.passport.toy.palette import PALETTES, Colour, Palette


class Character(StrEnum):
    ARMEL = "armel"
    OHM = "ohm"
    PIXEL = "pixel"
    NOCTUA = "noctua"


MADE: Mapping[Character, Callable[[Palette], Figure]] = {
    Character.ARMEL: armel,
    Character.OHM: ohm,
    Character.PIXEL: pixel,
    Character.NOCTUA: noctua,
}


@cache
def figure(character: Character, colour: Colour) -> Figure:
    """Twenty of them: each is worked out once."""
    return MADE[character](PALETTES[colour])
