"""seasons.yaml: which lessons appear when."""

from datetime import date
from typing import Final

from academy.catalog.bonds import exists
from academy.catalog.draft import Draft
from academy.catalog.record import Record
from academy.catalog.timetable import Rhythm, Season

FILE: Final = "seasons.yaml"
FURTHEST: Final = 520
"""Weeks after the opening: ten years."""
MOST_AT_ONCE: Final = 100


def read_seasons(draft: Draft) -> None:
    """Adds every season to the draft; lessons have been read, so that they can be looked up."""
    if FILE not in draft.files:
        return
    for row in draft.rows(FILE):
        season = _season(draft, row)
        draft.add("season", draft.seasons, season, row)
    _refuse_repeats(draft)
    _refuse_disorder(draft)
    _refuse_early(draft)


def _season(draft: Draft, row: Record) -> Season:
    row.allow(("key", "fr", "en", "starts", "week", "rhythm", "at_a_time", "lessons"))
    both = row.both("title", "summary")
    starts, week = _start(row)
    lessons = row.texts("lessons", 1)
    return Season(
        key=row.key(),
        title=both.plain("title"),
        summary=both.plain("summary"),
        starts=starts,
        week=week,
        rhythm=(row.member("rhythm", Rhythm) or Rhythm.WEEKLY)
        if row.has("rhythm")
        else Rhythm.WEEKLY,
        at_a_time=row.whole("at_a_time", 1, MOST_AT_ONCE) if row.has("at_a_time") else 1,
        lessons=tuple(key for key in lessons if exists(row, "lessons", key, draft.lessons)),
    )


def _start(row: Record) -> tuple[date | None, int]:
    if row.has("starts") == row.has("week"):
        row.note(
            "A season starts once",
            "Write `starts:` and a day, or `week:` and how many weeks after the academy opened",
        )
        return None, 0
    if row.has("starts"):
        return row.day("starts"), 0
    return None, row.whole("week", 0, FURTHEST)


def _refuse_repeats(draft: Draft) -> None:
    """A lesson appears once."""
    seen: dict[str, str] = {}
    for season in draft.seasons.values():
        for lesson in season.lessons:
            if lesson in seen:
                draft.places["season", season.key].note(
                    f"`{lesson}` appears already in `{seen[lesson]}`", "Keep it once", "lessons"
                )
            seen[lesson] = season.key


def _refuse_disorder(draft: Draft) -> None:
    """Seasons are written in the order in which they start, as far as their starts can be compared."""
    day, week = date.min, 0
    for season in draft.seasons.values():
        early = season.starts < day if season.starts else season.week < week
        if early:
            draft.places["season", season.key].note(
                "This season starts before the one above it",
                "Write the seasons in the order in which they start",
                "starts" if season.starts else "week",
            )
        day, week = (season.starts, week) if season.starts else (day, season.week)


def _refuse_early(draft: Draft) -> None:
    """No lesson appears before one that teaches what it takes for granted."""
    order = [lesson for season in draft.seasons.values() for lesson in season.lessons]
    place = {lesson: number for number, lesson in enumerate(order, 1)}
    for notion in draft.notions.values():
        for required in notion.requires:
            before = draft.notions[required].lesson if required in draft.notions else ""
            if place.get(before, 0) > place.get(notion.lesson, 0):
                _place_of(draft, before).note(
                    f"`{before}` appears after `{notion.lesson}`, whose notion "
                    f"`{notion.key}` requires `{required}`",
                    "Let it appear before, or remove the requirement",
                    "lessons",
                )


def _place_of(draft: Draft, lesson: str) -> Record:
    key = next(each.key for each in draft.seasons.values() if lesson in each.lessons)
    return draft.places["season", key]
