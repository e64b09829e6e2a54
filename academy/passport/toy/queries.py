"""What somebody chose, holds and has on paper."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import select

from academy.database import db
from academy.passport.toy.choosing import Paper, rank
from academy.passport.toy.crew.people import Character
from academy.passport.toy.models import PaperToy, PrintedAward
from academy.passport.toy.palette import Colour
from academy.rewards import badges
from academy.rewards import queries as rewards
from academy.rewards.badges import Award


@dataclass(frozen=True, slots=True)
class Choice:
    """A figure as somebody wants it."""

    character: Character
    colour: Colour
    paper: Paper
    awards: tuple[str, ...] = ()


FIRST = Choice(Character.ARMEL, Colour.SEA, Paper.A4)


@dataclass(frozen=True, slots=True)
class Won:
    """An award that is held."""

    award: Award
    on: date

    @property
    def medal(self) -> str:
        return self.award.metal

    @property
    def rank(self) -> int:
        return rank(self.award.kind, self.award.metal)


@dataclass(frozen=True, slots=True)
class OnPaper:
    sheet: int
    at: datetime


def choice(person_id: int) -> Choice:
    """What was chosen last; what there is no longer is what everybody begins with."""
    row = db.session.get(PaperToy, person_id)
    if row is None:
        return FIRST
    return Choice(
        Character(row.character) if row.character in set(Character) else FIRST.character,
        Colour(row.colour) if row.colour in set(Colour) else FIRST.colour,
        Paper(row.paper) if row.paper in set(Paper) else FIRST.paper,
        tuple(row.awards),
    )


def held(person_id: int) -> tuple[Won, ...]:
    """The awards held, the most precious first. One statement."""
    shelf = badges.current()
    mine = rewards.grants(person_id)
    found = [Won(award, mine[key].on) for key, award in shelf.items() if key in mine]
    return tuple(sorted(found, key=lambda won: won.rank))


def to_wear(held: Sequence[Won]) -> tuple[Won, ...]:
    """The same, with the highest level only: it tells of those below."""
    levels = badges.ladder(won.award for won in held)
    return tuple(won for won in held if won.award.key not in levels[:-1])


def on_paper(person_id: int) -> dict[str, OnPaper]:
    """The awards that were ever printed, and where first: at most as many as there are awards."""
    rows = db.session.execute(
        select(PrintedAward.award, PrintedAward.sheet, PrintedAward.printed_at)
        .where(PrintedAward.person_id == person_id)
        .order_by(PrintedAward.award)
    )
    return {award: OnPaper(sheet, at) for award, sheet, at in rows}
