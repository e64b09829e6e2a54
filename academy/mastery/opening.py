"""A mind's row opened only where one answer needs it. Pure.

An answer reads and changes one notion and one skill, and reads what the notion builds on; a row may hold
hundreds. `learnt` finds those few (records of one size, in the order of their tags), and puts back only what
changed. Its promise: the row, to the byte, that `packing.unpack`, `tutor.learn` and `packing.pack` make. When
something must be forgotten, which needs the whole, it goes that way itself.
"""

from bisect import bisect_left
from collections.abc import Iterable
from struct import Struct
from typing import NamedTuple

from academy.mastery import forgetting, tutor
from academy.mastery.mind import Mind, Trace
from academy.mastery.packing import (
    ASKED,
    HEAD,
    MOST_QUESTIONS,
    SKILL,
    TRACE,
    pack,
    packed_questions,
    packed_trace,
    sealed,
    unpack,
    unpacked_head,
    unpacked_trace,
)
from academy.mastery.tutor import Item, Model, Outcome, Prediction

_TAG = Struct("<I")
_NOBODY = Trace()
_COUNTS = bytes(each & MOST_QUESTIONS for each in range(256))
"""From the last byte of a notion's record to how many questions are kept of it."""


class Lesson(NamedTuple):
    """One answer learnt: the row after it, what was predicted just before, and the mind after.

    That mind knows the person, the answered notion and its skill, and what the notion builds on; as a rule
    nothing else.
    """

    row: bytes
    predicted: Prediction
    mind: Mind


class _Span(NamedTuple):
    """Where a record stands in the row, or would stand; then `end` is `start`."""

    start: int
    end: int

    @property
    def is_there(self) -> bool:
        return self.end > self.start


class _Places(NamedTuple):
    """Where an answer changes the row."""

    skill: _Span | None
    trace: _Span
    asked: _Span


class _Ajar(NamedTuple):
    """A row, what is known of it so far, and where its parts begin."""

    row: bytes
    mind: Mind
    skills: int
    notions: int
    traces_at: int
    asked_at: int

    def skill(self, tag: int) -> _Span:
        return _span(self.row, HEAD.size, SKILL.size, self.skills, tag)

    def trace(self, tag: int) -> _Span:
        return _span(self.row, self.traces_at, TRACE.size, self.notions, tag)

    def asked(self, trace: _Span) -> _Span:
        """The questions of the notion at that place: they stand after those of all notions before it."""
        flags = self.row[self.traces_at + TRACE.size - 1 : trace.start : TRACE.size]
        start = self.asked_at + sum(flags.translate(_COUNTS)) * ASKED.size
        kept = _COUNTS[self.row[trace.end - 1]] if trace.is_there else 0
        return _Span(start, start + kept * ASKED.size)


def learnt(row: bytes, item: Item, outcome: Outcome, at: float, model: Model) -> Lesson:
    """What one answer makes of a row; UnreadableMind when it cannot be read."""
    ajar = _ajar(row)
    places = _look_up(ajar, item)
    whole = not _has_room(ajar, item)
    mind = unpack(row) if whole else ajar.mind
    predicted = tutor.predict(mind, item, at, model)
    tutor.learn(mind, item, outcome, at, model)
    return Lesson(pack(mind) if whole else _closed(ajar, item, places), predicted, mind)


def _ajar(row: bytes) -> _Ajar:
    mind, skills, notions = unpacked_head(row)
    traces_at = HEAD.size + skills * SKILL.size
    return _Ajar(row, mind, skills, notions, traces_at, traces_at + notions * TRACE.size)


def _look_up(ajar: _Ajar, item: Item) -> _Places:
    """Bring into the mind what answering this reads; gives where what it changes stands."""
    for each in item.requires:
        if each.notion != item.notion:
            _bring_trace(ajar, each.notion)
        if each.skill is not None and each.skill != item.skill:
            _bring_skill(ajar, each.skill)
    skill = None if item.skill is None else _bring_skill(ajar, item.skill)
    return _Places(skill, *_bring_trace(ajar, item.notion))


def _bring_skill(ajar: _Ajar, tag: int) -> _Span:
    place = ajar.skill(tag)
    if place.is_there:
        _tag, mean, variance = SKILL.unpack_from(ajar.row, place.start)
        ajar.mind.skills[tag] = mean, variance
    return place


def _bring_trace(ajar: _Ajar, tag: int) -> tuple[_Span, _Span]:
    place = ajar.trace(tag)
    asked = ajar.asked(place)
    if place.is_there:
        record = TRACE.unpack_from(ajar.row, place.start)
        questions = ASKED.iter_unpack(ajar.row[asked.start : asked.end])
        ajar.mind.traces[tag] = unpacked_trace(record, questions)
    return place, asked


def _has_room(ajar: _Ajar, item: Item) -> bool:
    """Will nothing be forgotten but, perhaps, the oldest question of this very notion?"""
    mind = ajar.mind
    asked = mind.traces.get(item.notion, _NOBODY).asked
    if item.question in asked:
        return True
    notions = int(item.notion not in mind.traces)
    skills = int(item.skill is not None and item.skill not in mind.skills)
    details = int(len(asked) < MOST_QUESTIONS)
    row = len(ajar.row) + notions * TRACE.size + skills * SKILL.size + details * ASKED.size
    return forgetting.has_room(
        row, mind.details + details, ajar.skills + skills, ajar.notions + notions
    )


def _closed(ajar: _Ajar, item: Item, places: _Places) -> bytes:
    """The row with the notion and the skill of this item as the mind has them now."""
    mind, trace = ajar.mind, ajar.mind.traces[item.notion]
    parts = [
        (places.trace, packed_trace(item.notion, trace)),
        (places.asked, packed_questions(trace)),
    ]
    skills, notions = ajar.skills, ajar.notions + (not places.trace.is_there)
    if item.skill is not None and places.skill is not None:
        parts.insert(0, (places.skill, SKILL.pack(item.skill, *mind.skills[item.skill])))
        skills += not places.skill.is_there
    return sealed(mind, skills, notions, _spliced(ajar.row, parts))


def _spliced(row: bytes, parts: Iterable[tuple[_Span, bytes]]) -> bytes:
    """What follows the head, with other bytes in these places, which come in the row's order."""
    pieces, at = [], HEAD.size
    for (start, end), new in parts:
        pieces += [row[at:start], new]
        at = end
    return b"".join([*pieces, row[at:]])


def _span(row: bytes, first: int, size: int, count: int, tag: int) -> _Span:
    """Where the record of this tag is among so many of one size, sorted by their tags."""

    def at(place: int) -> int:
        found: int = _TAG.unpack_from(row, first + place * size)[0]
        return found

    place = bisect_left(range(count), tag, key=at)
    start = first + place * size
    there = place < count and at(place) == tag
    return _Span(start, start + size if there else start)
