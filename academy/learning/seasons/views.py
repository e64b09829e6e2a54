"""What the page of seasons shows, and the page."""

from dataclasses import dataclass
from datetime import date

from flask import Blueprint, render_template
from flask.typing import ResponseReturnValue

from academy import clock
from academy.catalog import releases, seasons
from academy.catalog.timetable import A_WEEK, Season
from academy.catalog.tree import Words
from academy.learning import queries
from academy.learning.cards import LessonCard, LessonRow
from academy.learning.queries import Standings
from academy.people.sessions import me
from academy.web.guards import signed_in

bp = Blueprint("seasons", __name__, template_folder="templates")


@dataclass(frozen=True, slots=True)
class Coming:
    """One lesson, or several on the same day."""

    day: date
    lessons: tuple[LessonRow, ...]


@dataclass(frozen=True, slots=True)
class SeasonView:
    """`appeared` of its `lessons` are there; `starts_on` is set while none is."""

    key: str
    title: Words
    summary: Words
    lessons: tuple[LessonRow, ...]
    appeared: int
    done: int
    starts_on: date | None


@dataclass(frozen=True, slots=True)
class SeasonsPage:
    this_week: tuple[LessonCard, ...]
    coming: tuple[Coming, ...]
    seasons: tuple[SeasonView, ...]


@bp.get("/seasons")
@signed_in
def show() -> ResponseReturnValue:
    today = clock.day_in(me().zone, clock.now())
    page = seasons_page(queries.standings(me().id), today)
    return render_template("seasons/seasons.html", page=page)


def seasons_page(known: Standings, today: date) -> SeasonsPage:
    catalog = releases.current()
    days = seasons.timetable(catalog).days
    fresh = [key for key, day in days.items() if day <= today < day + A_WEEK]
    coming = sorted({day for day in days.values() if day > today})
    return SeasonsPage(
        this_week=tuple(queries.lesson_card(catalog.lessons[key], known, today) for key in fresh),
        coming=tuple(
            Coming(day, tuple(_row(key, known, today) for key in days if days[key] == day))
            for day in coming
        ),
        seasons=tuple(_season(season, known, today) for season in catalog.seasons.values()),
    )


def _season(season: Season, known: Standings, today: date) -> SeasonView:
    rows = tuple(_row(key, known, today) for key in season.lessons)
    there = [row for row in rows if row.appears_on is None]
    return SeasonView(
        key=season.key,
        title=season.title,
        summary=season.summary,
        lessons=rows,
        appeared=len(there),
        done=sum(row.done for row in rows),
        starts_on=None if there else min(row.appears_on for row in rows if row.appears_on),
    )


def _row(key: str, known: Standings, today: date) -> LessonRow:
    return queries.lesson_row(releases.current().lessons[key], known, today)
