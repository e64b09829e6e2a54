"""Reading answers and memories, in the engine's own terms."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import select

from academy.database import db, fresh
from academy.mastery import engine
from academy.mastery.models import Answer, Context, Memory


@dataclass(frozen=True, slots=True)
class Given:
    """An answer as the pages show it again."""

    slot: int
    question: str
    given: Mapping[str, Any]
    right: bool
    score: float
    dont_know: bool


def memories(person_id: int, notions: Collection[str] | None = None) -> dict[str, engine.Memory]:
    """What the person is believed to remember, by notion; one statement, bounded by the notions."""
    statement = select(Memory).where(Memory.person_id == person_id)
    if notions is not None:
        statement = statement.where(Memory.notion.in_(notions))
    return {row.notion: _remembered(row) for row in db.session.scalars(fresh(statement))}


def answers_in(context: Context, context_id: int) -> tuple[Given, ...]:
    """The answers of one round, check or quiz, by slot."""
    rows = db.session.execute(
        select(
            Answer.slot,
            Answer.question,
            Answer.given,
            Answer.right,
            Answer.score,
            Answer.dont_know,
        )
        .where(Answer.context == context, Answer.context_id == context_id)
        .order_by(Answer.slot)
    )
    return tuple(Given(*row) for row in rows)


def _remembered(row: Memory) -> engine.Memory:
    return engine.Memory(
        stability=row.stability,
        difficulty=row.difficulty,
        last_at=row.last_at,
        fades_at=row.fades_at,
        answers=row.answers,
        right=row.right_answers,
        asked={question: date.fromisoformat(day) for question, day in row.asked.items()},
    )
