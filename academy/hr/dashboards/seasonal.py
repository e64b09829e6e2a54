"""Season by season: who came in each, and who earned something in it."""

from dataclasses import dataclass
from datetime import date, timedelta

from academy.catalog import releases, seasons
from academy.catalog.timetable import Span
from academy.hr.dashboards import queries
from academy.hr.dashboards.framing import Frame
from academy.hr.dashboards.queries import Told
from academy.hr.rollup.counting import is_kept_for_good
from academy.hr.rollup.spans import CAME, PASSPORT, VISAS
from academy.web.words import language

MOST = 12


@dataclass(frozen=True, slots=True)
class Season:
    """`day` is the last that was counted of it. Shares are in per cent; None is not told, or not counted."""

    name: str
    first: date
    day: date
    people: int | None
    came: float | None
    visas: float | None
    passport: float | None
    under_way: bool


def page(frame: Frame) -> tuple[Season, ...]:
    """The latest first. One statement."""
    begun = [each for each in seasons.spans(releases.current()) if each.first <= frame.day]
    ends = {counted_until(each, frame.day): each for each in begun[-MOST:]}
    told = {each.day: each for each in queries.on_days(frame.here.id, ends)} if ends else {}
    return tuple(
        _season(span, day, told[day], frame.day)
        for day, span in sorted(ends.items(), reverse=True)
        if day in told
    )


def counted_until(span: Span, today: date) -> date:
    """The last day of a season whose figures stay: today, or the last Sunday or end of a month in it."""
    if span.last is None or span.last >= today:
        return today
    day = span.last
    while not is_kept_for_good(day) and day > span.first:
        day -= timedelta(days=1)
    return day


def _season(span: Span, day: date, told: Told, today: date) -> Season:
    counted = CAME in told.figures
    return Season(
        name=" · ".join(each.title.said(language()) for each in span.seasons),
        first=span.first,
        day=day,
        people=told.people,
        came=told.share(CAME) if counted else None,
        visas=told.share(VISAS) if counted else None,
        passport=told.share(PASSPORT) if counted else None,
        under_way=span.last is None or span.last >= today,
    )
