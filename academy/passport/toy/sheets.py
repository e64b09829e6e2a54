"""The sheets of one person: what is drawn on them, and what they say."""

from collections.abc import Mapping
from dataclasses import asdict, dataclass
from datetime import datetime
from functools import lru_cache

from flask_babel import gettext as _

from academy.passport.toy import drawing, printing, words
from academy.passport.toy.crew.people import Character, figure
from academy.passport.toy.figures import HEIGHT, WIDTH, Figure, Place
from academy.passport.toy.palette import Colour
from academy.passport.toy.queries import Choice, Won
from academy.passport.toy.standing import standing
from academy.passport.toy.stickers import sticker
from academy.web.qr import qr_svg
from academy.web.words import day, language


@dataclass(frozen=True, slots=True)
class Wearer:
    """Whose it is: a name, and the public address of a passport that shows something."""

    name: str
    address: str | None


def drawn_sheet(choice: Choice, worn: tuple[Won, ...], wearer: Wearer) -> str:
    """The sheet to cut, as SVG."""
    made = figure(choice.character, choice.colour)
    code = qr_svg(wearer.address) if wearer.address else None
    return drawing.sheet(made, pictures(made, worn), code, (WIDTH, HEIGHT))


def drawn_standing(choice: Choice, worn: tuple[Won, ...]) -> str:
    """The figure as it will stand, as SVG."""
    made = figure(choice.character, choice.colour)
    return standing(made, pictures(made, worn))


@lru_cache(maxsize=32)
def bare(character: Character, colour: Colour) -> str:
    """The figure standing, without any award: for choosing."""
    return standing(figure(character, colour), {}, "bare")


def pictures(made: Figure, worn: tuple[Won, ...]) -> dict[Place, str]:
    """The most precious award in the first place, and so on."""
    return {
        place: won.award.picture.decode("utf-8-sig")
        for place, won in zip(made.places, worn, strict=False)
    }


def figure_pdf(choice: Choice, worn: tuple[Won, ...], wearer: Wearer, at: datetime) -> bytes:
    """Two pages: the sheet to cut, and how to build it."""
    drawings = {
        "sheet": drawn_sheet(choice, worn, wearer),
        "standing": drawn_standing(choice, worn),
    }
    return printing.pdf("figure", _figure_words(choice, worn, wearer), drawings, at)


def stickers_pdf(
    number: int, worn: tuple[Won, ...], choice: Choice, holder: str, at: datetime
) -> bytes:
    drawings = {
        f"sticker-{place}": sticker(won.award.picture.decode("utf-8-sig"))
        for place, won in enumerate(worn)
    }
    return printing.pdf("stickers", _sticker_words(number, worn, choice, holder), drawings, at)


def _lines(choice: Choice) -> dict[str, str]:
    return {
        "lang": language(),
        "paper": printing.PAPERS[choice.paper],
        "cut": _("Cut"),
        "mountain": _("Fold away from you"),
        "valley": _("Fold towards you"),
        "tab": _("Glue, in order"),
        "scale": _("50 mm when printed at its actual size"),
    }


def _figure_words(choice: Choice, worn: tuple[Won, ...], wearer: Wearer) -> Mapping[str, object]:
    made, name = figure(choice.character, choice.colour), words.NAMES[choice.character]
    return _lines(choice) | {
        "title": _("%(name)s, the Paper Toy of %(holder)s", name=name, holder=wearer.name),
        "heading": name,
        "holder": wearer.name,
        "sheet_alt": _("The pieces of the figure, to cut out, fold and glue."),
        "standing_alt": _("The figure once it is built."),
        "build": _("How to build %(name)s", name=name),
        "lead": _("Six steps, %(minutes)s in all. No hurry: it does not run away before step six.",
                  minutes=words.minutes(words.total(made))),
        "steps": [asdict(step) for step in words.steps(made)],
        "parts": [
            {"title": _("What it wears"), "said": [_worn(made, worn)]},
            {"title": _("The code on its back"), "said": [_code(wearer)]},
            {"title": _("If you would rather not cut"), "said": [words.without_scissors()]},
        ],
    }  # fmt: skip


def _worn(made: Figure, worn: tuple[Won, ...]) -> str:
    if not worn:
        return _("Nothing yet: its octagons wait for the stickers of what you win.")
    titles = ", ".join(words.title(won) for won in worn)
    if len(worn) == len(made.places):
        return _("%(awards)s.", awards=titles)
    return _("%(awards)s. The empty octagons wait for stickers.", awards=titles)


def _code(wearer: Wearer) -> str:
    if wearer.address is None:
        return _(
            "None: you have no passport yet, or its code is closed. The square is free for a drawing."
        )
    return _("It leads to your passport: %(address)s", address=wearer.address)


def _sticker_words(
    number: int, worn: tuple[Won, ...], choice: Choice, holder: str
) -> Mapping[str, object]:
    return _lines(choice) | {
        "title": _("Stickers, sheet %(number)d, of %(holder)s", number=number, holder=holder),
        "heading": _("Stickers, sheet %(number)d", number=number),
        "holder": holder,
        "lead": _(
            "The small ones fit the octagons of your Paper Toy; the large ones, a notebook or a laptop."
        ),
        "stickers": [
            {
                "title": words.title(won),
                "on": day(won.on),
                "alt": _("Two stickers: %(title)s", title=words.title(won)),
            }
            for won in worn
        ],
    }
