"""The page of what a large group knows: theme by theme, and notion by notion within each."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from statistics import NormalDist

from academy.catalog import releases
from academy.catalog.tree import Catalog
from academy.hr.dashboards import fairness, queries
from academy.hr.dashboards.framing import Frame
from academy.hr.knowledge.models import LEAST, NOTION, THEME
from academy.web.words import language

_Z = NormalDist().inv_cdf(1 - (1 - fairness.SURE) / 2)


@dataclass(frozen=True, slots=True)
class Known:
    """Of all, the share that met it; of those, the share that knows it, between `low` and `high`.

    `share` is None where fewer than twenty met it. Shares are in per cent.
    """

    name: str
    met: float
    share: float | None
    low: float
    high: float


@dataclass(frozen=True, slots=True)
class Theme:
    key: str
    known: Known
    notions: tuple[Known, ...]


@dataclass(frozen=True, slots=True)
class CoveragePage:
    """`day` is the night on which it was counted; None where nothing is told."""

    day: date | None
    people: int
    themes: tuple[Theme, ...]
    least: int = LEAST


def page(frame: Frame) -> CoveragePage:
    """Two statements: the entity, and what was counted of it last, up to that day."""
    whole = queries.of_day_whole([frame.here.id], frame.day)
    people = (whole[0].people or 0) if whole else 0
    day, told = queries.knowledge(frame.here.id, frame.day)
    if day is None or not people:
        return CoveragePage(None, people, ())
    return CoveragePage(day, people, themes_of(releases.current(), told, people))


def themes_of(
    catalog: Catalog, told: Mapping[str, tuple[int, int]], people: int
) -> tuple[Theme, ...]:
    """In the order of the catalogue; notions that are known least come first."""
    found = []
    for theme in sorted(catalog.themes.values(), key=lambda each: each.order):
        subject = f"{THEME}{theme.key}"
        notions = [
            notion
            for notion in catalog.notions.values()
            if catalog.modules[notion.module].theme == theme.key
        ]
        if subject not in told or not notions:
            continue
        lines = (
            known(notion.name.said(language()), *told[f"{NOTION}{notion.key}"], people)
            for notion in notions
            if f"{NOTION}{notion.key}" in told
        )
        whole = known(theme.title.said(language()), *told[subject], people, len(notions))
        found.append(Theme(theme.key, whole, tuple(_least_first(lines))))
    return tuple(found)


def known(name: str, met: int, those: int, people: int, notions: int = 1) -> Known:
    """Of a theme, whose notions are counted person by person, the interval is that of its people."""
    share = 100 * those / met if met >= LEAST else None
    asked = max(1.0, met / notions)  # one person's notions go together: they count as one answer
    low, high = fairness.widened((share or 0) / 100, asked, _Z)
    return Known(name, min(100.0, 100 * met / (people * notions)), share, 100 * low, 100 * high)


def _least_first(lines: Iterable[Known]) -> list[Known]:
    """Those of which nothing is told come last."""
    return sorted(lines, key=lambda line: (line.share is None, line.share or 0, line.name))
