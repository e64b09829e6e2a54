"""Taking answers: kept once, and learnt from once."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from academy.catalog.marking import Mark
from academy.database import db, insert
from academy.mastery import engine, queries
from academy.mastery.models import Answer, Context, Memory


@dataclass(frozen=True, slots=True)
class Sitting:
    """The round, check or quiz in which answers are given."""

    person_id: int
    context: Context
    context_id: int
    release: str


@dataclass(frozen=True, slots=True)
class Marked:
    """One answer, marked, about to be kept."""

    slot: int
    question: str
    notion: str
    mark: Mark


def take(
    sitting: Sitting, answers: Sequence[Marked], at: datetime, day: date
) -> dict[str, engine.Memory]:
    """Keep the answers and what they teach the engine; gives the memories after, by notion.

    An answer that was already kept (a double click, another tab) is neither kept nor learnt again.
    """
    if not answers:  # a check whose every question is unfair to this person
        return {}
    new = _keep(sitting, answers, at)
    fresh = [answer for answer in answers if answer.slot in new]
    if not fresh:
        return {}
    known: dict[str, engine.Memory] = queries.memories(
        sitting.person_id, {answer.notion for answer in fresh}
    )
    for answer in fresh:
        known[answer.notion] = engine.learn(
            known.get(answer.notion), answer.question, answer.mark.right, at, day
        )
    _remember(sitting.person_id, known)
    return known


def _keep(sitting: Sitting, answers: Sequence[Marked], at: datetime) -> set[int]:
    """Write the answers not yet there; gives their slots."""
    statement = (
        insert(Answer)
        .values([_row(sitting, answer, at) for answer in answers])
        .on_conflict_do_nothing(index_elements=[Answer.context, Answer.context_id, Answer.slot])
        .returning(Answer.slot)
    )
    return set(db.session.execute(statement).scalars())


def _row(sitting: Sitting, answer: Marked, at: datetime) -> dict[str, Any]:
    return {
        "person_id": sitting.person_id,
        "context": sitting.context,
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
    }


def _remember(person_id: int, known: Mapping[str, engine.Memory]) -> None:
    statement = insert(Memory).values(
        [
            {
                "person_id": person_id,
                "notion": notion,
                "stability": memory.stability,
                "difficulty": memory.difficulty,
                "last_at": memory.last_at,
                "fades_at": memory.fades_at,
                "answers": memory.answers,
                "right_answers": memory.right,
                "asked": {key: day.isoformat() for key, day in memory.asked.items()},
            }
            for notion, memory in known.items()
        ]
    )
    changed = (
        "stability",
        "difficulty",
        "last_at",
        "fades_at",
        "answers",
        "right_answers",
        "asked",
    )
    db.session.execute(
        statement.on_conflict_do_update(
            index_elements=[Memory.person_id, Memory.notion],
            set_={column: statement.excluded[column] for column in changed},
        )
    )
