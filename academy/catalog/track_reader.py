"""tracks/<key>.yaml: what is walked, in which order, and by whom."""

import re
from collections.abc import Callable
from typing import Final

from academy.catalog.audience import (
    All,
    AnyOf,
    Audience,
    Country,
    Everyone,
    Holds,
    Joined,
    Manages,
    Not,
    Speaks,
    Within,
    Works,
    reaches_nobody,
)
from academy.catalog.bonds import exists
from academy.catalog.draft import Draft
from academy.catalog.record import Record
from academy.catalog.said import LANGUAGES
from academy.catalog.tags import is_key
from academy.catalog.tracks import VISA, Step, StepKind, Track
from academy.catalog.twins import refuse_twins
from academy.people.role_kinds import Role

FOLDER: Final = "tracks/"
LAST: Final = 9999
LONGEST_WELCOME: Final = 3660
"""Days: nobody is new for longer than ten years."""

_COUNTRY: Final = re.compile("[A-Z]{2}")
_KNOTS: Final = ("all", "any", "not")


def read_tracks(draft: Draft) -> None:
    """Adds every track to the draft; themes have been read, so that steps can be looked up."""
    for path in draft.files:
        if path.startswith(FOLDER):
            _read(draft, path)


def _read(draft: Draft, path: str) -> None:
    key, dot, ending = path.removeprefix(FOLDER).partition(".")
    if (dot + ending) != ".yaml" or not is_key(key):
        draft.findings.note(
            path, 1, "This file is not a track", "Name it `<key>.yaml`, or remove it"
        )
        return
    record = draft.mapping(path)
    if record is None:
        return
    record.allow(("order", "fr", "en", "audience", "open", "steps", "visa"))
    both = record.both("title", "summary")
    track = Track(
        key=key,
        order=record.whole("order", 1, LAST),
        title=both.plain("title"),
        summary=both.plain("summary"),
        audience=_audience_of(record),
        open=record.flag("open", otherwise=False),
        steps=_steps(draft, record),
        visa=_visa(record, key),
    )
    if track.audience is None and not track.open and not record.has("audience"):
        record.note(
            "Nobody can meet this track", "Say for whom it is: `audience:`, or `open: true`"
        )
    draft.add("track", draft.tracks, track, record)


def _visa(record: Record, key: str) -> str | None:
    if not record.has("visa"):
        return None
    said = record.key("visa")
    if said and said != VISA + key:
        record.note(f"The visa cannot be `{said}`", f"Name it `{VISA}{key}`", "visa")
    return said


def _steps(draft: Draft, record: Record) -> tuple[Step, ...]:
    rows = record.records("steps", 1)
    steps = tuple(step for row in rows if (step := _step(draft, row)) is not None)
    for kind in StepKind:
        refuse_twins(record, "steps", (step.key for step in steps if step.kind is kind), kind)
    return steps


def _step(draft: Draft, row: Record) -> Step | None:
    row.allow(list(StepKind))
    said = [kind for kind in StepKind if row.has(kind)]
    if len(said) != 1:
        row.note("A step is one thing", "Write `lesson: KEY`, or `quiz: KEY OF A MODULE`")
        return None
    key = row.key(said[0])
    known = draft.lessons if said[0] is StepKind.LESSON else draft.modules
    return Step(said[0], key) if exists(row, said[0], key, known) else None


def _audience_of(record: Record) -> Audience | None:
    if not record.has("audience"):
        return None
    rule = _node(record.record("audience", (*_KNOTS, *_LEAVES)))
    if rule is not None and reaches_nobody(rule):
        record.note("This audience is nobody", "Say for whom the track is meant", "audience")
    return rule


def _node(record: Record) -> Audience | None:
    """One condition; None after a mistake."""
    said = [name for name in (*_KNOTS, *_LEAVES) if record.has(name)]
    record.allow((*_KNOTS, *_LEAVES))
    if len(said) != 1:
        record.note(
            "A condition says one thing at a time",
            "Write one of " + ", ".join(f"`{name}`" for name in (*_KNOTS, *_LEAVES)),
        )
        return None
    if said[0] == "not":
        part = _node(record.record("not", (*_KNOTS, *_LEAVES)))
        return None if part is None else Not(part)
    if said[0] in _KNOTS:
        found = (_node(row) for row in record.records(said[0], 1))
        parts = tuple(part for part in found if part is not None)
        return (All(parts) if said[0] == "all" else AnyOf(parts)) if parts else None
    return _LEAVES[said[0]](record)


def _country(record: Record) -> Audience:
    said = record.text("country")
    if said and not _COUNTRY.fullmatch(said):
        record.note(f"`{said[:60]}` is not a country", "Write two capitals: FR, BE, CA", "country")
    return Country(said)


def _role(record: Record) -> Audience:
    return Holds(record.member("role", Role) or "")


def _language(record: Record) -> Audience:
    said = record.text("language")
    if said and said not in LANGUAGES:
        record.note(
            f"`{said[:60]}` is not a language of ours",
            "Write " + " or ".join(LANGUAGES),
            "language",
        )
    return Speaks(said)


def _plainly(name: str, leaf: Audience) -> Callable[[Record], Audience]:
    """A condition without a value: `name: true`."""

    def read(record: Record) -> Audience:
        if not record.flag(name) and record.entries.get(name) is False:
            record.note(f"`{name}` cannot be false", f"Write `not: {{{name}: true}}`", name)
        return leaf

    return read


_LEAVES: Final[dict[str, Callable[[Record], Audience]]] = {
    "everyone": _plainly("everyone", Everyone()),
    "job": lambda record: Works(record.key("job")),
    "entity": lambda record: Within(record.key("entity")),
    "country": _country,
    "role": _role,
    "manages_people": _plainly("manages_people", Manages()),
    "joined_within": lambda record: Joined(record.whole("joined_within", 1, LONGEST_WELCOME)),
    "language": _language,
}
