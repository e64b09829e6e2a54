"""What the pages of waves show, put together."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from academy.hr.campaigns import queries as campaigns
from academy.hr.campaigns import words as campaign_words
from academy.hr.waves import queries
from academy.hr.waves.counting import INVITED, OPENED, PASSPORT, WEEK
from academy.hr.waves.models import Wave, WaveDecision
from academy.hr.waves.queries import Decided, Declared
from academy.hr.waves.rules import AIM, Move, State, moves_from


@dataclass(frozen=True, slots=True)
class Line:
    """A wave that was opened; figures are None where nothing is told, shares are of a hundred."""

    wave: Wave
    people: int | None
    invited: int | None
    opened: int | None
    week: int | None
    share: float | None
    passport: int | None

    @property
    def reaches(self) -> bool | None:
        return None if self.share is None else self.share >= AIM


@dataclass(frozen=True, slots=True)
class Panel:
    """What one needs to know to go on or to wait."""

    lines: tuple[Line, ...]
    problems: int

    @property
    def counted_at(self) -> object:
        return max(
            (each.wave.counted_at for each in self.lines if each.wave.counted_at), default=None
        )


@dataclass(frozen=True, slots=True)
class WavesPage:
    waves: tuple[Declared, ...]
    verdicts: Mapping[int, WaveDecision]
    panel: Panel


@dataclass(frozen=True, slots=True)
class WavePage:
    wave: Wave
    state: State
    whom: list[str]
    decisions: tuple[Decided, ...]
    may_open: bool
    moves: tuple[Move, ...]
    panel: Panel


def waves() -> WavesPage:
    found = queries.declared()
    return WavesPage(tuple(found), queries.verdicts() if found else {}, _panel(found))


def wave(number: int) -> WavePage | None:
    declared = queries.declared()
    found = next((each for each in declared if each.wave.id == number), None)
    if found is None:
        return None
    decisions = tuple(queries.decisions(number))
    go = bool(decisions) and decisions[0].decision.verdict == "go"
    names = campaigns.names(found.whom.entities) if found.whom.entities else {}
    return WavePage(
        wave=found.wave,
        state=found.state,
        whom=campaign_words.whom(found.whom, names),
        decisions=decisions,
        may_open=found.state is State.PLANNED and go,
        moves=tuple(each for each in moves_from(found.state) if each is not Move.OPEN),
        panel=_panel(declared),
    )


def _panel(found: Sequence[Declared]) -> Panel:
    opened = queries.in_order(found, State.OPEN, State.PAUSED)
    return Panel(tuple(_line(each.wave) for each in opened), queries.problems() if opened else 0)


def _line(wave: Wave) -> Line:
    told = wave.figures if wave.people else {}
    week = told.get(WEEK)
    share = None if week is None or not wave.people else 100 * week / wave.people
    return Line(
        wave, wave.people, told.get(INVITED), told.get(OPENED), week, share, told.get(PASSPORT)
    )
