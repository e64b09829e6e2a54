"""What is said about the figures, on the page and on paper."""

from dataclasses import dataclass

from flask_babel import gettext as _
from flask_babel import lazy_gettext, ngettext

from academy.passport.toy.choosing import Paper
from academy.passport.toy.crew.people import Character
from academy.passport.toy.figures import Figure
from academy.passport.toy.palette import Colour
from academy.passport.toy.queries import Won
from academy.rewards.metals import Metal
from academy.web.words import language

NAMES = {
    Character.ARMEL: "Armel",
    Character.OHM: "Ohm",
    Character.PIXEL: "Pixel",
    Character.NOCTUA: "Noctua",
}
WHO = {
    Character.ARMEL: lazy_gettext(
        "Keeps the lighthouse. Has seen every update come in, and never once raised his voice."
    ),
    Character.OHM: lazy_gettext("A robot. Knows two answers, 0 and 1, and doubts both."),
    Character.PIXEL: lazy_gettext("A cat. Attends every meeting, lying on the keyboard."),
    Character.NOCTUA: lazy_gettext(
        "An owl. Says “I don’t know” with great authority. The quickest to build."
    ),
}
COLOURS = {
    Colour.SEA: lazy_gettext("Sea blue"),
    Colour.PINE: lazy_gettext("Pine green"),
    Colour.PLUM: lazy_gettext("Plum"),
    Colour.BRICK: lazy_gettext("Brick red"),
    Colour.OCHRE: lazy_gettext("Ochre"),
}
PAPERS = {
    Paper.A4: lazy_gettext("A4 (210 × 297 mm)"),
    Paper.LETTER: lazy_gettext("Letter (8.5 × 11 in)"),
}


@dataclass(frozen=True, slots=True)
class Step:
    words: str
    minutes: str


METALS = {
    Metal.GOLD: lazy_gettext("Gold medal"),
    Metal.SILVER: lazy_gettext("Silver medal"),
    Metal.BRONZE: lazy_gettext("Bronze medal"),
}


def title(won: Won) -> str:
    """What an award is called; medals of one badge are told apart."""
    said = won.award.title.said(language())
    return f"{said} ({METALS[Metal(won.medal)]})" if won.medal else said


def steps(figure: Figure) -> tuple[Step, ...]:
    """Six, each with the minutes it takes a pair of patient hands."""
    blocks = len(figure.blocks)
    return (
        _step(2, _(
            "Print the first page at its actual size, without “fit to page”, on card of 160 to "
            "200 g/m². The line at its foot then measures 50 mm."
        )),
        _step(4, _(
            "Score every broken line with a ruler and a pen that has run dry: it then folds by itself."
        )),
        _step(6 + 2 * blocks, _(
            "Cut along the solid lines. The grey tabs belong to the pieces: they are what you glue."
        )),
        _step(2, _("Fold the dashes away from you, and the dashes with dots towards you.")),
        _step(3 + 3 * blocks, _(
            "Close each block: glue its tabs inside, in the order of their numbers, the lid last."
        )),
        _step(6, _(
            "Fold ears, arms or wings double and glue them back to back. "
            "Then glue each letter on its letter, the feet last."
        )),
    )  # fmt: skip


def _step(count: int, said: str) -> Step:
    return Step(said, minutes(count))


def minutes(count: int) -> str:
    return ngettext("about %(num)d minute", "about %(num)d minutes", count)


def total(figure: Figure) -> int:
    """Of the steps, together."""
    return 23 + 5 * len(figure.blocks)


def without_scissors() -> str:
    return _(
        "Scissors are not for everybody, nor for every day. Take the picture of the figure already "
        "built: it looks as well in a message as on a desk. Or print the sheet, and ask for a pair "
        "of hands."
    )
