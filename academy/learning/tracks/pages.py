"""What the pages of tracks show, put together from queries and content."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date

from flask import url_for

from academy.catalog import releases, seasons, shelf
from academy.catalog.tracks import Step, StepKind, Track
from academy.catalog.tree import Catalog, Module, Words
from academy.learning import queries as learning
from academy.learning.queries import Standings
from academy.rewards import badges, shown
from academy.rewards.queries import Granted
from academy.rewards.shown import VisaView
from academy.tracks import rules, words
from academy.tracks.queries import Situation, claims
from academy.tracks.rules import Claim, State, Whose

DEFAULT_INK = "culture"


@dataclass(frozen=True, slots=True)
class StepRow:
    """One step. An announced one has `appears_on`, and no address yet."""

    kind: str
    key: str
    title: Words
    place: Words
    ink: str
    minutes: int
    state: str
    new: bool
    appears_on: date | None
    url: str | None


@dataclass(frozen=True, slots=True)
class TrackCard:
    """`minutes` are those of the steps that are left; `mine` is false for a track only offered."""

    key: str
    ink: str
    title: Words
    summary: Words
    mine: bool
    why: str
    done: int
    of: int
    minutes: int
    walked: bool
    visa: VisaView | None


@dataclass(frozen=True, slots=True)
class TracksPage:
    mine: tuple[TrackCard, ...]
    others: tuple[TrackCard, ...]


@dataclass(frozen=True, slots=True)
class TrackPage:
    """`waits_for` is the day of the next step when all that has appeared is done."""

    card: TrackCard
    steps: tuple[StepRow, ...]
    next: StepRow | None
    waits_for: date | None
    follow_url: str | None
    leave_url: str | None


@dataclass(frozen=True, slots=True)
class Onward:
    """The next step of somebody's track, for their home page."""

    track: str
    title: Words
    why: str
    done: int
    of: int
    step: StepRow


def tracks_page(
    found: Situation, known: Standings, granted: Mapping[str, Granted], today: date
) -> TracksPage:
    cards = [
        card(track, claim, found, rows(track, known, today), granted)
        for track, claim in _claimed(found, granted)
    ]
    cards.sort(key=lambda each: each.walked)
    return TracksPage(
        mine=tuple(each for each in cards if each.mine),
        others=tuple(each for each in cards if not each.mine),
    )


def track_page(
    track: Track,
    claim: Claim,
    found: Situation,
    known: Standings,
    granted: Mapping[str, Granted],
    today: date,
) -> TrackPage:
    steps = rows(track, known, today)
    following = next((row for row in steps if row.state == State.NEXT), None)
    followed = track.key in found.followed
    waiting = [row.appears_on for row in steps if row.appears_on is not None]
    return TrackPage(
        card=card(track, claim, found, steps, granted),
        steps=steps,
        next=following,
        waits_for=None if following else min(waiting, default=None),
        follow_url=url_for("tracks.follow", track=track.key) if not claim.mine else None,
        leave_url=url_for("tracks.leave", track=track.key)
        if followed and claim.whose is Whose.CHOSEN
        else None,
    )


def onward(found: Situation, known: Standings, today: date) -> Onward | None:
    """The next step of the first track of theirs that has one: those meant for them before those chosen."""
    mine = [
        (track, claim) for track, claim in _claimed(found, ()) if claim.whose is not Whose.OFFERED
    ]
    mine.sort(key=lambda each: each[1].whose is Whose.CHOSEN)
    for track, claim in mine:
        steps = rows(track, known, today)
        for row in steps:
            if row.state == State.NEXT:
                done = sum(each.state == State.DONE for each in steps)
                why = words.why(claim, found.facts)
                return Onward(track.key, track.title, why, done, len(steps), row)
    return None


def card(
    track: Track,
    claim: Claim,
    found: Situation,
    steps: tuple[StepRow, ...],
    granted: Mapping[str, Granted],
) -> TrackCard:
    done = sum(row.state == State.DONE for row in steps)
    award = badges.current().get(track.visa or "")
    return TrackCard(
        key=track.key,
        ink=award.ink if award else DEFAULT_INK,
        title=track.title,
        summary=track.summary,
        mine=claim.mine,
        why=words.why(claim, found.facts),
        done=done,
        of=len(steps),
        minutes=sum(row.minutes for row in steps if row.state != State.DONE),
        walked=done == len(steps),
        visa=shown.track_visa(track.key, granted, done, len(steps)) if track.visa else None,
    )


def rows(track: Track, known: Standings, today: date) -> tuple[StepRow, ...]:
    """The steps of a track as this person finds them."""
    catalog = releases.current()
    done = {step for step in track.steps if _is_done(step, known)}
    there = {step for step in track.steps if _opens_on(catalog, step, today) is None}
    early = {step for step in there if _is_early(catalog, step, today)}
    return tuple(
        _row(catalog, step, state, today)
        for step, state in zip(
            track.steps, rules.states(track.steps, done, there, early), strict=True
        )
    )


def _claimed(found: Situation, held: Collection[str]) -> list[tuple[Track, Claim]]:
    known = releases.current().tracks
    return [(known[key], claim) for key, claim in claims(found, held).items()]


def _row(catalog: Catalog, step: Step, state: State, today: date) -> StepRow:
    lesson = catalog.lessons[step.key] if step.kind is StepKind.LESSON else None
    module = _module(catalog, step)
    theme = catalog.themes[module.theme]
    return StepRow(
        kind=step.kind,
        key=step.key,
        title=lesson.title if lesson else module.title,
        place=theme.title,
        ink=theme.ink,
        minutes=shelf.minutes_of(catalog, step),
        state=state,
        new=lesson is not None and seasons.timetable(catalog).is_new(lesson.key, today),
        appears_on=_opens_on(catalog, step, today) if state is State.ANNOUNCED else None,
        url=None if state is State.ANNOUNCED else _address(step),
    )


def _address(step: Step) -> str:
    if step.kind is StepKind.LESSON:
        return url_for("learning.lesson", lesson=step.key)
    return url_for("learning.quiz", module=step.key)


def _module(catalog: Catalog, step: Step) -> Module:
    key = catalog.lessons[step.key].module if step.kind is StepKind.LESSON else step.key
    return catalog.modules[key]


def _is_done(step: Step, known: Standings) -> bool:
    if step.kind is StepKind.LESSON:
        return learning.is_done(known, step.key)
    return learning.is_passed(known, step.key)


def _is_early(catalog: Catalog, step: Step, today: date) -> bool:
    """A quiz some lessons of which are still to appear."""
    if step.kind is StepKind.LESSON:
        return False
    module = catalog.modules[step.key]
    return len(seasons.lessons_there(catalog, module, today)) < len(module.lessons)


def _opens_on(catalog: Catalog, step: Step, today: date) -> date | None:
    """The day a step appears, while it is still to come."""
    if step.kind is StepKind.LESSON:
        day = seasons.timetable(catalog).appears_on(step.key)
    else:
        day = seasons.opens_on(catalog, catalog.modules[step.key])
    return day if day is not None and day > today else None
