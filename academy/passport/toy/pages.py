"""What the page of the Paper Toy shows, put together."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime

from flask import current_app, url_for

from academy import clock
from academy.passport.links import queries as links
from academy.passport.links import rules
from academy.passport.links.queries import Shown
from academy.passport.links.rules import State
from academy.passport.toy import queries, services, sheets, words
from academy.passport.toy.crew.people import Character, figure
from academy.passport.toy.models import ON_THE_FIGURE
from academy.passport.toy.palette import PALETTES, Colour
from academy.passport.toy.queries import Choice, Won
from academy.passport.toy.sheets import Wearer
from academy.people.sessions import me


@dataclass(frozen=True, slots=True)
class Candidate:
    """A figure to choose."""

    key: Character
    name: str
    who: object
    svg: str


@dataclass(frozen=True, slots=True)
class Swatch:
    key: Colour
    name: object
    deep: str
    pale: str


@dataclass(frozen=True, slots=True)
class StickerSheet:
    number: int
    printed_at: datetime | None
    awards: tuple[Won, ...]


@dataclass(frozen=True, slots=True)
class ToyPage:
    name: str
    who: object
    svg: str
    candidates: tuple[Candidate, ...]
    swatches: tuple[Swatch, ...]
    held: tuple[Won, ...]
    worn: tuple[Won, ...]
    places: int
    has_passport: bool
    code_is_closed: bool
    steps: tuple[words.Step, ...]
    total: str
    without_scissors: str
    fresh: StickerSheet | None
    earlier: tuple[StickerSheet, ...]

    @property
    def has_choice(self) -> bool:
        """Is there more than finds a place?"""
        return len(self.held) > self.places


def toy(choice: Choice) -> ToyPage:
    """Four statements."""
    held = queries.held(me().id)
    made = figure(choice.character, choice.colour)
    worn = services.on_figure(held, choice)
    shown = links.my_passport(me().id)
    fresh, earlier = _sheets(held)
    return ToyPage(
        name=words.NAMES[choice.character],
        who=words.WHO[choice.character],
        svg=sheets.drawn_standing(choice, worn),
        candidates=tuple(
            Candidate(each, words.NAMES[each], words.WHO[each], sheets.bare(each, choice.colour))
            for each in Character
        ),
        swatches=tuple(
            Swatch(each, words.COLOURS[each], PALETTES[each].deep, PALETTES[each].pale)
            for each in Colour
        ),
        held=queries.to_wear(held),
        worn=worn,
        places=len(made.places),
        has_passport=shown is not None,
        code_is_closed=shown is not None and not _is_live(shown),
        steps=words.steps(made),
        total=words.minutes(words.total(made)),
        without_scissors=words.without_scissors(),
        fresh=fresh,
        earlier=earlier,
    )


def wearer() -> Wearer:
    """Whose figure it is, and where its code leads: nowhere, unless somebody would see something there."""
    shown = links.my_passport(me().id)
    if shown is None or not _is_live(shown):
        return Wearer(me().name, None)
    public: str = current_app.config["SETTINGS"].public_url
    path = url_for("passport.verification", code=shown.certificate.code)
    return Wearer(me().name, public + path)


def _is_live(shown: Shown) -> bool:
    link = shown.link
    return link is None or rules.state(link.ends_at, link.withdrawn_at, clock.now()) is State.LIVE


def _sheets(held: tuple[Won, ...]) -> tuple[StickerSheet | None, tuple[StickerSheet, ...]]:
    """The sheet to make, and those made, the latest first."""
    printed = queries.on_paper(me().id)
    last = max((each.sheet for each in printed.values()), default=ON_THE_FIGURE)
    fresh = tuple(won for won in queries.to_wear(held) if won.award.key not in printed)

    def made() -> Iterator[StickerSheet]:
        for number in range(last, ON_THE_FIGURE, -1):
            on_it = [won for won in held if services.sheet_of(printed, won) == number]
            if on_it:
                yield StickerSheet(number, printed[on_it[0].award.key].at, tuple(on_it))

    return StickerSheet(last + 1, None, fresh) if fresh else None, tuple(made())
