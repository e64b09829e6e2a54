"""What a page of figures shows, put together from what is kept."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from flask_babel import gettext as _

from academy.hr.dashboards import charts, queries
from academy.hr.dashboards.charts import Tile
from academy.hr.dashboards.forecasting import Forecast, forecast
from academy.hr.dashboards.framing import Frame
from academy.hr.dashboards.naming import CUTS, value_name, wave_names
from academy.hr.dashboards.queries import Told
from academy.hr.rollup.cuts import ALL, HERE, WAVE
from academy.rewards import badges
from academy.rewards.badges import AwardKind
from academy.web.words import language

PASSPORT = "passport"
WIDE, HIGH = 640.0, 300.0
LINE_WIDE, LINE_HIGH = 640.0, 200.0
STEPS = 5
ON_A_PAGE = 50
ON_THE_MAP = 60
"""Smaller areas could be neither read nor hit."""
HALF_YEAR = 182


@dataclass(frozen=True, slots=True)
class Line:
    """One row of a table; figures are None where the group is too small to be told of."""

    name: str
    entity_id: int | None
    people: int | None
    passport: float | None
    begun: float | None
    month: float | None


@dataclass(frozen=True, slots=True)
class Area:
    """A part of the map; `step` says how dark it is, from 0 to 4."""

    tile: Tile
    line: Line
    step: int


@dataclass(frozen=True, slots=True)
class Week:
    day: date
    passport: float | None
    month: float | None


@dataclass(frozen=True, slots=True)
class Curve:
    """Lines drawn in a box of 640 by 200, from the first week to the last."""

    passport: str
    month: str
    weeks: tuple[Week, ...]


@dataclass(frozen=True, slots=True)
class Parts:
    """What is under an entity: some lines of it, and the map of the largest."""

    lines: tuple[Line, ...]
    areas: tuple[Area, ...]
    count: int
    page: int = 1

    @property
    def pages(self) -> int:
        return -(-self.count // ON_A_PAGE) or 1


@dataclass(frozen=True, slots=True)
class CompletionPage:
    """`by_wave` says whether people are told apart by wave, so that it is explained."""

    whole: Told | None
    parts: Parts
    visas: tuple[tuple[str, float], ...]
    cuts: tuple[tuple[str, str, tuple[Line, ...]], ...]
    curve: Curve | None
    forecast: Forecast | None

    @property
    def by_wave(self) -> bool:
        return any(cut == WAVE for cut, _title, _lines in self.cuts)


def completion(frame: Frame, part: int | None = 1) -> CompletionPage:
    """The page of an entity, with so many lines of what is under it; with all of them for None."""
    here, day = frame.here.id, frame.day
    below = queries.below(here, day)
    told = {
        (each.entity_id, each.cut, each.value): each
        for each in queries.of_day(here, [each.id for each in below], day)
    }
    weeks = tuple(_week(each) for each in queries.weekly([here], day))
    lines = [
        line(each.name, each.id, told[each.id, ALL, ALL])
        for each in below
        if (each.id, ALL, ALL) in told
    ]
    own = told.get((here, HERE, ALL))
    if own is not None and lines:
        lines.append(line(_("In no entity under it"), None, own))
    whole = told.get((here, ALL, ALL))
    return CompletionPage(
        whole=whole if whole and whole.people else None,
        parts=_parts(lines, part),
        visas=visas(whole),
        cuts=_cuts(here, told.values()),
        curve=curve_of(weeks),
        forecast=None if frame.asked else _forecast(weeks, day),
    )


def _parts(lines: Sequence[Line], part: int | None) -> Parts:
    areas = _areas(lines)
    if part is None:
        return Parts(tuple(lines), areas, len(lines))
    page = min(max(1, part), -(-len(lines) // ON_A_PAGE) or 1)
    return Parts(tuple(lines[(page - 1) * ON_A_PAGE :][:ON_A_PAGE]), areas, len(lines), page)


def line(name: str, entity_id: int | None, told: Told) -> Line:
    shares = (told.share(figure) for figure in (PASSPORT, "begun", "month"))
    return Line(name, entity_id, told.people, *shares)


def _areas(parts: Sequence[Line]) -> tuple[Area, ...]:
    parts = sorted(parts, key=lambda line: -(line.people or 0))[:ON_THE_MAP]
    sizes = [float(line.people or 0) for line in parts]
    return tuple(
        Area(tile, parts[tile.index], _step(parts[tile.index].passport))
        for tile in charts.tiles(sizes, WIDE, HIGH)
    )


def _step(share: float | None) -> int:
    return min(STEPS - 1, int((share or 0) * STEPS / 100))


def visas(whole: Told | None) -> tuple[tuple[str, float], ...]:
    """The share of people who hold each visa of a theme, in showing order."""
    shelf = badges.current()
    return tuple(
        (shelf[key].title.said(language()), whole.share(key) or 0.0)
        for key, _people in visas_of(whole)
        if whole is not None
    )


def visas_of(whole: Told | None) -> tuple[tuple[str, int], ...]:
    """The visas that are told of, in showing order, and how many people hold each."""
    if whole is None or not whole.people:
        return ()
    return tuple(
        (each.key, whole.figures[each.key])
        for each in badges.current().values()
        if each.kind is AwardKind.VISA and each.key in whole.figures
    )


def _cuts(entity_id: int, told: Iterable[Told]) -> tuple[tuple[str, str, tuple[Line, ...]], ...]:
    apart = told_apart(entity_id, told)
    names = wave_names(cut for cut, _groups in apart)
    return tuple(
        (
            cut,
            str(CUTS[cut]),
            tuple(
                line(value_name(cut, each.value, names), None, each)
                for each in in_order(cut, groups, names)
            ),
        )
        for cut, groups in apart
    )


def told_apart(entity_id: int, told: Iterable[Told]) -> tuple[tuple[str, tuple[Told, ...]], ...]:
    """The tables that tell people apart; one where all are alike says nothing and is left out."""
    rows = [each for each in told if each.entity_id == entity_id]
    found = ((cut, tuple(each for each in rows if each.cut == cut)) for cut in CUTS)
    return tuple((cut, groups) for cut, groups in found if len(groups) > 1)


def in_order(cut: str, groups: Sequence[Told], names: Mapping[str, str]) -> Sequence[Told]:
    """Waves as they were planned, and who is in none after them; other groups as they are."""
    if cut != WAVE:
        return groups
    places = {value: place for place, value in enumerate(names)}
    return sorted(groups, key=lambda each: (not each.value, places.get(each.value, len(places))))


def _week(told: Told) -> Week:
    return Week(told.day, told.share(PASSPORT), told.share("month"))


def curve_of(weeks: Sequence[Week]) -> Curve | None:
    known = tuple(week for week in weeks if week.passport is not None)
    if len(known) <= 1:  # a line has two ends
        return None
    held = charts.path(_points(known, [week.passport for week in known]))
    return Curve(held, charts.path(_points(known, [week.month for week in known])), known)


def _points(weeks: Sequence[Week], shares: Sequence[float | None]) -> list[tuple[float, float]]:
    """From the first week to the last along the box, from nought to a hundred up it."""
    first, last = weeks[0].day.toordinal(), weeks[-1].day.toordinal()
    return [
        (
            (week.day.toordinal() - first) / (last - first) * LINE_WIDE,
            (100 - (share or 0)) * LINE_HIGH / 100,
        )
        for week, share in zip(weeks, shares, strict=True)
    ]


def _forecast(weeks: Sequence[Week], day: date) -> Forecast | None:
    """Half a year ahead, from the first of that month."""
    weekly = [(week.day, week.passport) for week in weeks if week.passport is not None]
    ahead = date.fromordinal(day.toordinal() + HALF_YEAR).replace(day=1)
    return forecast(weekly, ahead)
