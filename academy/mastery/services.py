"""Taking answers: kept once, and learnt from once."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import cache
from itertools import chain
from typing import Any, Final

from sqlalchemy import bindparam

from academy.catalog.marking import Mark
from academy.database import insert, table
from academy.folio import services as folio
from academy.folio.queries import Page
from academy.mastery import minds, numbers
from academy.mastery.mind import Mind
from academy.mastery.models import Answer, Context
from academy.mastery.numbers import Numbers
from academy.mastery.opening import Lesson
from academy.prepared import Prepared

LONGEST: Final = 600.0
"""Seconds: whoever took longer was somewhere else meanwhile."""


@dataclass(frozen=True, slots=True)
class Sitting:
    """The round, check or quiz in which answers are given."""

    person_id: int
    context: Context
    context_id: int
    release: str


@dataclass(frozen=True, slots=True)
class Marked:
    """One answer, marked, about to be kept. `seconds` is how long it took, when that is known."""

    slot: int
    question: str
    notion: str
    mark: Mark
    seconds: float | None = None


def take(sitting: Sitting, answers: Sequence[Marked], at: datetime) -> Mind | None:
    """Keep the answers and what they teach the engine; gives the mind after, None when nothing was new.

    An answer that was already kept (a double click, another tab) is neither kept nor learnt again. The mind
    is as much of it as the last answer touched (see `opening.Lesson`).
    """
    if not answers:  # a check whose every question is unfair to this person
        return None
    page = folio.open_page(sitting.person_id)
    mind = take_on(page, sitting, answers, at)
    if mind is not None:
        folio.keep(page)
    return mind


def take_on(page: Page, sitting: Sitting, answers: Sequence[Marked], at: datetime) -> Mind | None:
    """The same on a page in hand, which the caller keeps: one statement, however many answers."""
    by, start = numbers.in_force(), minds.begun(page)
    lessons = _lessons(page, sitting, answers, at, by)
    rows = [
        _row(sitting, answer, at, lesson.predicted.probability, by.version)
        for answer, lesson in zip(answers, lessons, strict=True)
    ]
    rows[0]["start"] = start
    new = _keep(rows)
    if not new:
        return None
    if len(new) < len(answers):  # some were there: only the others are learnt
        fresh = [answer for answer in answers if answer.slot in new]
        lessons = _lessons(page, sitting, fresh, at, by)
    page.mind = lessons[-1].row
    return lessons[-1].mind


def _lessons(
    page: Page, sitting: Sitting, answers: Sequence[Marked], at: datetime, by: Numbers
) -> list[Lesson]:
    """What each of these answers teaches, and the chance of its being right, seen just before it."""
    given = [
        (
            minds.item_of(answer.question, answer.notion, sitting.release, by),
            minds.outcome(answer.mark.right, answer.mark.dont_know),
        )
        for answer in answers
    ]
    return minds.lessons(page, given, at, by)


def _keep(rows: Sequence[dict[str, Any]]) -> set[int]:
    """Write the answers not yet there; gives their slots."""
    names, values = _names(tuple(rows[0]), len(rows)), map(dict.values, rows)
    written = dict(zip(names, chain.from_iterable(values), strict=True))
    return {slot for (slot,) in _inserting(len(rows)).rows(written)}


@cache
def _names(columns: tuple[str, ...], count: int) -> tuple[str, ...]:
    """What `_inserting` calls the values of so many rows of these columns, in their order."""
    return tuple(f"{name}_{place}" for place in range(count) for name in columns)


@cache
def _inserting(count: int) -> Prepared:
    """So many answers at once."""
    answer = table(Answer)
    rows = [
        {
            column.name: bindparam(f"{column.name}_{place}", type_=column.type)
            for column in answer.c
            if column.name != "id"
        }
        for place in range(count)
    ]
    return Prepared(
        lambda: (
            insert(answer)
            .values(rows)
            .on_conflict_do_nothing(
                index_elements=[answer.c.context, answer.c.context_id, answer.c.slot]
            )
            .returning(answer.c.slot)
        )
    )


def _row(
    sitting: Sitting, answer: Marked, at: datetime, chance: float, version: int
) -> dict[str, Any]:
    return {
        "person_id": sitting.person_id,
        "context": sitting.context.value,
        "context_id": sitting.context_id,
        "slot": answer.slot,
        "question": answer.question,
        "notion": answer.notion,
        "release": sitting.release,
        "given": dict(answer.mark.given),
        "right": answer.mark.right,
        "score": answer.mark.score,
        "dont_know": answer.mark.dont_know,
        "at": at,
        "predicted": chance,
        "numbers": version,
        "seconds": answer.seconds,
        "start": None,
    }
