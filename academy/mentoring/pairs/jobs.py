"""What the worker sees to every hour: nobody waits for a colleague who left, silence is noticed kindly."""

from collections.abc import Callable, Iterator
from datetime import datetime

from flask import Flask

from academy.database import db
from academy.mentoring.pairs import due, queries, rooms, services, silence
from academy.mentoring.pairs.models import MentoringPair
from academy.mentoring.pairs.rules import CLOSED_AFTER, REMINDED_AFTER, TOLD_AFTER
from academy.post import jobs


def init_app(app: Flask) -> None:
    jobs.every(app, look_after_pairs, minute="35")


def look_after_pairs(at: datetime) -> None:
    """One commit for each pair: killed in the middle, or run twice at once, nothing is told twice."""
    for number in _all(due.without_one):
        services.part_from_leaver(number, at)
        db.session.commit()
    for number in _all(due.without_room):
        rooms.open_rooms(queries.locked(number), at)
        db.session.commit()
    for number in _all(lambda after: due.live_since((at - CLOSED_AFTER).date(), after)):
        silence.close_if_over(number, at)
        db.session.commit()
    _notice_silence(at)


def _notice_silence(at: datetime) -> None:
    """The two first, a week later their organisers."""
    reminded, told = MentoringPair.silence_reminded_at, MentoringPair.silence_told_at
    for number in _all(lambda after: due.silent(at - REMINDED_AFTER, reminded, after)):
        silence.remind(number, at)
        db.session.commit()
    for number in _all(lambda after: due.silent(at - TOLD_AFTER, told, after)):
        silence.tell_organisers(number, at)
        db.session.commit()


def _all(some: Callable[[int], list[int]]) -> Iterator[int]:
    """Batch after batch, by number."""
    after = 0
    while numbers := some(after):
        yield from numbers
        after = numbers[-1]
