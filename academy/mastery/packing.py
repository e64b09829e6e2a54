"""The one row of bytes that keeps a mind, and what it rounds. Pure.

A row is a head with its version and check sum, then modules, notions, and the questions asked of each notion.
`settle` rounds after each answer to what the row can hold: nothing is lost between two answers.
"""

import struct
from collections.abc import Iterator
from itertools import islice
from typing import Any
from zlib import crc32

from academy.mastery.mind import DAY, Asked, Mind, Trace, seconds, settled_moment

VERSION = 3

MOST_QUESTIONS = 127
"""Of one notion."""

MOST_TIMES = 127
"""That one question is counted."""

MOST_FAILURES = 255
"""In a row."""

_COUNT = 2**12 - 1
_LARGEST = 65504.0
_FULL = 254
"""The byte that stands for 1, even so that a half is exact."""

HEAD = struct.Struct("<BI4dIIIBHH")
SKILL = struct.Struct("<I2e")
TRACE = struct.Struct("<IIHB5eBB")
"""Its last byte: how many questions, and how the last answer went."""
ASKED = struct.Struct("<HHB")
_CHECKSUM = struct.Struct("<I")
_SEALED = 1 + _CHECKSUM.size
_HALVES = struct.Struct("<5e")
_PAIR = struct.Struct("<2e")


_made = tuple.__new__  # a third faster than Asked(...), hundreds of times in a row


class UnreadableMind(Exception):
    """The row is damaged, or of a version this engine does not know: rebuild it from the answers."""


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
        HEAD.size
        + len(mind.skills) * SKILL.size
        + len(mind.traces) * TRACE.size
        + mind.details * ASKED.size
    )


def pack(mind: Mind) -> bytes:
    """The row. Never fails on a mind that learnt through the engine; the same mind gives the same bytes."""
    parts = [SKILL.pack(key, *mind.skills[key]) for key in sorted(mind.skills)]
    keys = sorted(mind.traces)
    parts += [packed_trace(key, mind.traces[key]) for key in keys]
    parts += [packed_questions(mind.traces[key]) for key in keys]
    return sealed(mind, len(mind.skills), len(mind.traces), b"".join(parts))


def sealed(mind: Mind, skills: int, notions: int, body: bytes) -> bytes:
    """The row: the head of this mind before the body, which holds so many skills and notions."""
    head = HEAD.pack(
        VERSION,
        0,
        mind.theta,
        mind.variance,
        mind.fast,
        mind.slow,
        seconds(mind.last),
        mind.answers,
        mind.right,
        mind.failures,
        skills,
        notions,
    )
    checksum = crc32(body, crc32(head[_SEALED:]))
    return b"".join([head[:1], _CHECKSUM.pack(checksum), head[_SEALED:], body])


def unpack(row: bytes) -> Mind:
    """The mind that was packed, exactly; UnreadableMind for anything else."""
    mind, skills, traces = unpacked_head(row)
    end_of_skills = HEAD.size + skills * SKILL.size
    end_of_traces = end_of_skills + traces * TRACE.size
    for key, mean, variance in SKILL.iter_unpack(row[HEAD.size : end_of_skills]):
        mind.skills[key] = mean, variance
    questions = ASKED.iter_unpack(row[end_of_traces:])
    for record in TRACE.iter_unpack(row[end_of_skills:end_of_traces]):
        mind.traces[record[0]] = unpacked_trace(record, questions)
    return mind


def unpacked_head(row: bytes) -> tuple[Mind, int, int]:
    """A mind of nothing but its head, and how many skills and notions the row holds; or UnreadableMind."""
    if len(row) < HEAD.size:
        raise UnreadableMind("The row is too short.")
    version, checksum, *person, answers, right, failures, skills, traces = HEAD.unpack_from(row)
    if version != VERSION:
        raise UnreadableMind(f"The row is of version {version}, where {VERSION} is known.")
    if checksum != crc32(row[_SEALED:]):
        raise UnreadableMind("The row is damaged.")
    known = HEAD.size + skills * SKILL.size + traces * TRACE.size
    details, rest = divmod(len(row) - known, ASKED.size)
    if details < 0 or rest:
        raise UnreadableMind("The row has not the length it tells.")
    theta, variance, fast, slow, last = person
    mind = Mind(theta, variance, answers, right, failures, fast, slow, last / DAY, details=details)
    return mind, skills, traces


def unpacked_trace(record: tuple[Any, ...], questions: Iterator[tuple[int, int, int]]) -> Trace:
    """The trace of a TRACE record, and the questions asked of it: the next so many of these."""
    _key, last, low, high, mean, variance, gain, kappa, stability, ewma, flags = record
    counts = low | high << 16
    asked = {
        question: _made(Asked, (day, bits & MOST_TIMES, bits > MOST_TIMES))
        for question, day, bits in islice(questions, flags & MOST_QUESTIONS)
    }
    return Trace(
        mean,
        variance,
        gain,
        kappa,
        stability,
        last / DAY,
        counts & _COUNT,
        counts >> 12,
        ewma / _FULL,
        flags > MOST_QUESTIONS,
        asked,
    )


def packed_trace(key: int, trace: Trace) -> bytes:
    counts = trace.answers | trace.right << 12
    return TRACE.pack(
        key,
        seconds(trace.last),
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


def packed_questions(trace: Trace) -> bytes:
    return b"".join(
        [
            ASKED.pack(question, day, times | (MOST_TIMES + 1 if right else 0))
            for question, (day, times, right) in sorted(trace.asked.items())
        ]
    )


def _half(value: float) -> float:
    return min(_LARGEST, max(-_LARGEST, value))


def _byte(share: float) -> int:
    return min(_FULL, max(0, round(share * _FULL)))
