"""What the engine believes of one person, packed in their folio. Only this module knows how.

A version, a check sum, then each notion with its memory. What cannot be read (another version, a damaged row,
none yet) is made anew from the person's answers: rebuilt equals kept.
"""

import logging
import struct
from collections.abc import Collection, Iterator, Mapping
from datetime import UTC, date, datetime, timedelta
from typing import Any, Final
from zlib import crc32

from sqlalchemy import select

from academy.database import db
from academy.folio.queries import Page
from academy.mastery import engine
from academy.mastery.engine import Memory
from academy.mastery.models import Answer

log = logging.getLogger(__name__)

VERSION: Final = 1
HEAD: Final = struct.Struct("<BI")  # version, check sum
NOTION: Final = struct.Struct("<BH")  # bytes of the key, bytes of the memory
FIGURES: Final = struct.Struct("<ddqqHH")  # stability, difficulty, last, fades, answers, right
ASKED: Final = struct.Struct("<BI")  # bytes of the key, day
EPOCH: Final = datetime(1970, 1, 1, tzinfo=UTC)
MOMENT: Final = timedelta(microseconds=1)
MOST: Final = 0xFFFF


class Unreadable(ValueError):
    """Not the bytes of a mind of this version."""


class Mind:
    """The memories of one person. Each stays packed until it is asked for: a round needs one of them."""

    def __init__(self, packed: Mapping[str, bytes] | None = None) -> None:
        self._packed = dict(packed or {})

    def memory(self, notion: str) -> Memory | None:
        packed = self._packed.get(notion)
        return None if packed is None else _memory(packed)

    def memories(self, notions: Collection[str] | None = None) -> dict[str, Memory]:
        wanted = (
            self._packed if notions is None else [key for key in notions if key in self._packed]
        )
        return {key: _memory(self._packed[key]) for key in wanted}

    def learn(self, notion: str, question: str, right: bool, at: datetime) -> Memory:
        """What one answer changes. Its day is that of the moment in UTC, as the answers alone can tell."""
        after = engine.learn(self.memory(notion), question, right, at, at.date())
        self._packed[notion] = _packed(after)
        return after

    def pack(self) -> bytes:
        body = b"".join(_pieces(self._packed))
        return HEAD.pack(VERSION, crc32(body)) + body


def unpack(packed: bytes) -> Mind:
    """Raises Unreadable."""
    if len(packed) < HEAD.size:
        raise Unreadable("too short")
    version, check = HEAD.unpack_from(packed)
    if version != VERSION:
        raise Unreadable(f"version {version}")
    if crc32(packed[HEAD.size :]) != check:
        raise Unreadable("damaged")
    return Mind(dict(_notions(packed)))


def of(page: Page) -> Mind:
    """The mind on somebody's page; made from their answers when it is not there or cannot be read."""
    if page.mind is not None:
        try:
            return unpack(page.mind)
        except Unreadable as reason:
            log.warning("a mind is made anew from the answers: %s", reason)
    return rebuilt(page.person_id)


def rebuilt(person_id: int) -> Mind:
    """The mind that the person's answers make, learnt again in their order."""
    mind = Mind()
    given = (
        select(Answer.notion, Answer.question, Answer.right, Answer.at)
        .where(Answer.person_id == person_id)
        .order_by(Answer.id)
    )
    for notion, question, right, at in db.session.execute(given):
        mind.learn(notion, question, right, at)
    return mind


def told(packed: bytes | None) -> Any:
    """A mind in plain values, for the person it is about."""
    try:
        mind = unpack(packed or b"")
    except Unreadable:
        return None
    return {
        notion: {
            "stability": memory.stability,
            "difficulty": memory.difficulty,
            "last_at": memory.last_at.isoformat(),
            "fades_at": memory.fades_at.isoformat(),
            "answers": memory.answers,
            "right": memory.right,
            "asked": {question: day.isoformat() for question, day in memory.asked.items()},
        }
        for notion, memory in mind.memories().items()
    }


def _pieces(packed: Mapping[str, bytes]) -> Iterator[bytes]:
    for notion, memory in packed.items():
        key = notion.encode()
        yield NOTION.pack(len(key), len(memory))
        yield key
        yield memory


def _notions(packed: bytes) -> Iterator[tuple[str, bytes]]:
    place, end = HEAD.size, len(packed)
    while place < end:
        key, memory = NOTION.unpack_from(packed, place)
        place += NOTION.size
        yield packed[place : place + key].decode(), packed[place + key : place + key + memory]
        place += key + memory


def _packed(memory: Memory) -> bytes:
    figures = FIGURES.pack(
        memory.stability,
        memory.difficulty,
        (memory.last_at - EPOCH) // MOMENT,
        (memory.fades_at - EPOCH) // MOMENT,
        min(memory.answers, MOST),
        min(memory.right, MOST),
    )
    asked = (
        ASKED.pack(len(key), day.toordinal()) + key
        for key, day in ((question.encode(), day) for question, day in memory.asked.items())
    )
    return figures + b"".join(asked)


def _memory(packed: bytes) -> Memory:
    stability, difficulty, last, fades, answers, right = FIGURES.unpack_from(packed)
    return Memory(
        stability=stability,
        difficulty=difficulty,
        last_at=EPOCH + last * MOMENT,
        fades_at=EPOCH + fades * MOMENT,
        answers=answers,
        right=right,
        asked=dict(_asked(packed)),
    )


def _asked(packed: bytes) -> Iterator[tuple[str, date]]:
    place, end = FIGURES.size, len(packed)
    while place < end:
        key, day = ASKED.unpack_from(packed, place)
        place += ASKED.size
        yield packed[place : place + key].decode(), date.fromordinal(day)
        place += key
