"""What the engine believes of one person, and the one row of bytes that keeps it. Pure.

A `Mind` changes in place: it is unpacked, it learns, it is packed. Every number it holds is one that the row
can hold (`settle` rounds after each answer), so a mind rebuilt from all answers equals the mind that was kept
from row to row. Moments are days since `EPOCH`, in whole seconds.
"""

import struct
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import UTC, datetime
from hashlib import blake2s
from itertools import islice
from typing import Any, NamedTuple
from zlib import crc32

EPOCH = datetime(2020, 1, 1, tzinfo=UTC)
VERSION = 1

ROOM = 8192
"""Bytes of a row above which the oldest details of questions are forgotten; traces stay."""

MOST_NOTIONS = 2000
MOST_SKILLS = 255
MOST_QUESTIONS = 127
"""Of one notion. Above each of these the oldest goes: the row never exceeds 50 KB."""

_SECONDS = 86400
_LATEST = 2**32 - 1
_COUNT = 2**12 - 1
_TIMES = 127
_LARGEST = 65504.0
_KEPT = 256
"""Details that stay however many notions there are."""

_FULL = 254
"""The byte that stands for 1, even so that a half is exact."""

_AT_ONCE = 32
"""How many details are forgotten together: looking for the oldest takes a walk through all."""

_HEAD = struct.Struct("<BI4dIIIHH")
_SKILL = struct.Struct("<I2e")
_TRACE = struct.Struct("<IIHB5eBB")
_ASKED = struct.Struct("<HHB")
_CHECKSUM = struct.Struct("<I")
_SEALED = 1 + _CHECKSUM.size
_HALVES = struct.Struct("<5e")
_PAIR = struct.Struct("<2e")


_made = tuple.__new__  # a third faster than Asked(...), hundreds of times in a row


class UnreadableMind(Exception):
    """The row is damaged, or of a version this engine does not know: rebuild it from the answers."""


class Asked(NamedTuple):
    """One question put to one person: the last day, how many times (127 at most), and how it last went."""

    day: int
    times: int
    last_right: bool


@dataclass(slots=True)
class Trace:
    """One notion in one head.

    `mean`, `variance`: what the person knows of this notion beyond their general ability, in logits.
    `gain`: what practice added, in logits. `kappa`, `stability`: the chance that it is encoded, and in days
    how slowly it fades; a stability of 0 says that the memory layer has no belief yet. `ewma`: recent share
    of right answers, `last`: the moment of the last one.
    """

    mean: float = 0.0
    variance: float = 1.0
    gain: float = 0.0
    kappa: float = 0.0
    stability: float = 0.0
    last: float = 0.0
    answers: int = 0
    right: int = 0
    ewma: float = 0.5
    last_right: bool = False
    asked: dict[int, Asked] = field(default_factory=dict)


@dataclass(slots=True)
class Mind:
    """One person: general ability in logits, counts, averages, the last moment; then skills and notions."""

    theta: float = 0.0
    variance: float = 1.0
    answers: int = 0
    right: int = 0
    fast: float = 0.5
    slow: float = 0.5
    last: float = 0.0
    skills: dict[int, tuple[float, float]] = field(default_factory=dict)
    traces: dict[int, Trace] = field(default_factory=dict)
    details: int = 0
    """How many questions are remembered, over all notions."""


def tag(key: str) -> int:
    """The 32 bits that stand for a notion or a skill in every row, for ever.

    Two keys with one tag would share one trace: with 200 notions, in one catalogue of 200,000.
    `collisions` tells.
    """
    return int.from_bytes(blake2s(key.encode(), digest_size=4).digest(), "little")


def question_tag(key: str) -> int:
    """The 16 bits that stand for a question within its notion.

    Two questions of one notion with one tag are taken for one: asked one, the other counts as asked.
    """
    return int.from_bytes(blake2s(key.encode(), digest_size=2).digest(), "little")


def collisions(tags: Iterable[int]) -> set[int]:
    """The tags that stand for more than one key, to be refused when content is published."""
    seen: set[int] = set()
    twice: set[int] = set()
    for each in tags:
        (twice if each in seen else seen).add(each)
    return twice


def moment(at: datetime) -> float:
    """Days since EPOCH, as a mind keeps them."""
    return settled_moment((at - EPOCH).total_seconds() / _SECONDS)


def settled_moment(days: float) -> float:
    """To the whole second, and never before EPOCH."""
    return min(_LATEST, max(0, round(days * _SECONDS))) / _SECONDS


def note(mind: Mind, trace: Trace, question: int, day: int, right: bool) -> None:
    """Remember that the question was asked that day, and forget the oldest details when the row is full."""
    before = trace.asked.get(question)
    times = min(_TIMES, before.times + 1) if before else 1
    trace.asked[question] = Asked(min(0xFFFF, max(0, day)), times, right)
    if before is None:
        mind.details += 1
        _forget_where_full(mind, trace)


def settle(trace: Trace) -> None:
    """Round to what the row holds: halves for the beliefs, whole seconds, counts up to 4095."""
    (trace.mean, trace.variance, trace.gain, trace.kappa, trace.stability) = _HALVES.unpack(
        _HALVES.pack(
            _half(trace.mean),
            _half(trace.variance),
            _half(trace.gain),
            _half(trace.kappa),
            _half(trace.stability),
        )
    )
    trace.last = settled_moment(trace.last)
    trace.ewma = _byte(trace.ewma) / _FULL
    if trace.answers > _COUNT:
        trace.answers, trace.right = trace.answers // 2, trace.right // 2


def settled_pair(mean: float, variance: float) -> tuple[float, float]:
    """A skill's belief as the row holds it."""
    mean, variance = _PAIR.unpack(_PAIR.pack(_half(mean), _half(variance)))
    return mean, variance


def size(mind: Mind) -> int:
    """Bytes of the row."""
    return (
        _HEAD.size
        + len(mind.skills) * _SKILL.size
        + len(mind.traces) * _TRACE.size
        + mind.details * _ASKED.size
    )


def pack(mind: Mind) -> bytes:
    """The row. Never fails on a mind that learnt through the engine; the same mind gives the same bytes."""
    parts = [_SKILL.pack(key, *mind.skills[key]) for key in sorted(mind.skills)]
    keys = sorted(mind.traces)
    parts += [_packed(key, mind.traces[key]) for key in keys]
    for key in keys:
        parts += [
            _ASKED.pack(question, day, times | (_TIMES + 1 if right else 0))
            for question, (day, times, right) in sorted(mind.traces[key].asked.items())
        ]
    body = b"".join(parts)
    head = _HEAD.pack(
        VERSION,
        0,
        mind.theta,
        mind.variance,
        mind.fast,
        mind.slow,
        _seconds(mind.last),
        mind.answers,
        mind.right,
        len(mind.skills),
        len(mind.traces),
    )
    return head[:1] + _CHECKSUM.pack(crc32(head[_SEALED:] + body)) + head[_SEALED:] + body


def unpack(row: bytes) -> Mind:
    """The mind that was packed, exactly; UnreadableMind for anything else."""
    mind, skills, traces = _unpacked_head(row)
    end_of_skills = _HEAD.size + skills * _SKILL.size
    end_of_traces = end_of_skills + traces * _TRACE.size
    mind.details, rest = divmod(len(row) - end_of_traces, _ASKED.size)
    if mind.details < 0 or rest:
        raise UnreadableMind("The row has not the length it tells.")
    for key, mean, variance in _SKILL.iter_unpack(row[_HEAD.size : end_of_skills]):
        mind.skills[key] = mean, variance
    questions = _ASKED.iter_unpack(row[end_of_traces:])
    for record in _TRACE.iter_unpack(row[end_of_skills:end_of_traces]):
        mind.traces[record[0]] = _unpacked(record, questions)
    return mind


def _unpacked_head(row: bytes) -> tuple[Mind, int, int]:
    if len(row) < _HEAD.size:
        raise UnreadableMind("The row is too short.")
    version, checksum, *person, answers, right, skills, traces = _HEAD.unpack_from(row)
    if version != VERSION:
        raise UnreadableMind(f"The row is of version {version}, where {VERSION} is known.")
    if checksum != crc32(row[_SEALED:]):
        raise UnreadableMind("The row is damaged.")
    theta, variance, fast, slow, last = person
    return Mind(theta, variance, answers, right, fast, slow, last / _SECONDS), skills, traces


def _unpacked(record: tuple[Any, ...], questions: Iterator[tuple[int, int, int]]) -> Trace:
    _key, last, low, high, mean, variance, gain, kappa, stability, ewma, flags = record
    counts = low | high << 16
    asked = {
        question: _made(Asked, (day, bits & _TIMES, bits > _TIMES))
        for question, day, bits in islice(questions, flags & MOST_QUESTIONS)
    }
    return Trace(
        mean,
        variance,
        gain,
        kappa,
        stability,
        last / _SECONDS,
        counts & _COUNT,
        counts >> 12,
        ewma / _FULL,
        flags > MOST_QUESTIONS,
        asked,
    )


def _packed(key: int, trace: Trace) -> bytes:
    counts = trace.answers | trace.right << 12
    return _TRACE.pack(
        key,
        _seconds(trace.last),
        counts & 0xFFFF,
        counts >> 16,
        trace.mean,
        trace.variance,
        trace.gain,
        trace.kappa,
        trace.stability,
        _byte(trace.ewma),
        len(trace.asked) | (MOST_QUESTIONS + 1 if trace.last_right else 0),
    )


def _forget_where_full(mind: Mind, trace: Trace) -> None:
    if len(trace.asked) > MOST_QUESTIONS:
        del trace.asked[min(trace.asked, key=lambda each: (trace.asked[each].day, each))]
        mind.details -= 1
    if len(mind.skills) > MOST_SKILLS:
        del mind.skills[max(mind.skills, key=lambda each: (mind.skills[each][1], each))]
    if len(mind.traces) > MOST_NOTIONS:
        oldest = min(
            (key for key, each in mind.traces.items() if each is not trace),
            key=lambda key: (mind.traces[key].last, key),
        )
        mind.details -= len(mind.traces.pop(oldest).asked)
    if size(mind) > ROOM and mind.details > _KEPT:
        _forget_details(mind)


def _forget_details(mind: Mind) -> None:
    details = sorted(
        (asked.day, key, question)
        for key, trace in mind.traces.items()
        for question, asked in trace.asked.items()
    )
    for _day, key, question in details[:_AT_ONCE]:
        del mind.traces[key].asked[question]
    mind.details -= _AT_ONCE


def _half(value: float) -> float:
    return min(_LARGEST, max(-_LARGEST, value))


def _byte(share: float) -> int:
    return min(_FULL, max(0, round(share * _FULL)))


def _seconds(days: float) -> int:
    return min(_LATEST, max(0, round(days * _SECONDS)))
