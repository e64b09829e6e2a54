"""What the engine is told before it chooses for somebody: what may be asked, and what speaks for it."""

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Final

from academy.catalog import seasons
from academy.catalog.shelf import set_apart
from academy.catalog.tracks import StepKind
from academy.catalog.tree import Catalog
from academy.daily.hearing import Heards, is_dropped, waits
from academy.learning.services import Learner
from academy.mastery import numbers, shelves
from academy.mastery.mind import Mind, moment
from academy.mastery.shelf import Shelf
from academy.mastery.taste import Chooser, Leaning, Situation, Taste

TASTE: Final = Taste()
IN_SEASON: Final = 1.25
"""Weight of a notion whose lesson has just appeared."""
ON_TRACK: Final = 1.25
"""Weight of a notion of a lesson on one of the person's tracks."""


@dataclass(frozen=True, slots=True)
class Facts:
    """Of one person: the lessons done, what they said of notions, the tracks that are theirs, their trade."""

    read: Collection[str] = frozenset()
    heard: Heards = field(default_factory=dict)
    tracks: Collection[str] = frozenset()
    trade: str | None = None


def chooser(
    learner: Learner, catalog: Catalog, mind: Mind, facts: Facts, at: datetime, seed: int
) -> Chooser:
    """Everything a choice is made from, at the moment `at`."""
    by, there = numbers.in_force(), seasons.appeared(catalog, learner.today)
    shelf = shelves.shelf_of(catalog, by, learner.needs, there)
    said = leanings(shelf, catalog, mind, facts, learner.today)
    return Chooser(mind, shelf, said, Situation(moment(at), seed), by.model.memory, TASTE)


def leanings(
    shelf: Shelf, catalog: Catalog, mind: Mind, facts: Facts, today: date
) -> dict[str, Leaning]:
    """What speaks for and against each notion; neutral ones are left out.

    While something waits to be confirmed, nothing else is asked. What is meant for the people of a track
    is asked of nobody else.
    """
    table, on_track = seasons.timetable(catalog), _lessons_of(catalog, facts.tracks)
    others = set(_notions_apart(catalog, facts.tracks))
    waiting = _waiting(shelf, mind, facts.heard) - others
    found = {}
    for notion in shelf.notions:
        lesson = catalog.notions[notion.key].lesson
        claimed = notion.key in waiting
        leaning = Leaning(
            season=IN_SEASON if table.is_new(lesson, today) else 1.0,
            track=ON_TRACK if lesson in on_track else 1.0,
            read=lesson in facts.read,
            claimed=claimed,
            excluded=notion.key in others
            or is_dropped(notion.key, facts.heard)
            or bool(waiting and not claimed),
        )
        if leaning != _NEUTRAL:
            found[notion.key] = leaning
    return found


_NEUTRAL: Final = Leaning()


def _notions_apart(catalog: Catalog, tracks: Collection[str]) -> Iterator[str]:
    for module in set_apart(catalog, tracks):
        yield from catalog.modules[module].notions


def _waiting(shelf: Shelf, mind: Mind, heard: Heards) -> set[str]:
    """What they say they know, may be asked, and was not asked since."""
    return {
        notion.key
        for notion in shelf.notions
        if notion.questions and waits(notion.key, mind.traces.get(notion.tag), heard)
    }


def _lessons_of(catalog: Catalog, tracks: Collection[str]) -> set[str]:
    return {
        step.key
        for key in tracks
        if (track := catalog.tracks.get(key))
        for step in track.steps
        if step.kind is StepKind.LESSON
    }


def without(leanings: Mapping[str, Leaning], notions: Collection[str]) -> dict[str, Leaning]:
    """The same, but these are not asked."""
    apart = {key: leanings.get(key, _NEUTRAL)._replace(excluded=True) for key in notions}
    return {**leanings, **apart}
