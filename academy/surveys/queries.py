"""Finding voyages, and the questions that may be asked on one."""

from collections.abc import Collection
from dataclasses import asdict
from typing import Any

from sqlalchemy import select

from academy.catalog.shelf import set_apart
from academy.catalog.tree import Barrier, Catalog, Choice, Question, QuestionType
from academy.database import db, fresh
from academy.surveys.models import Voyage
from academy.surveys.placing import Offer, Step

TYPED_GUESS = 0.02
SEVERAL_GUESS = 0.08
QUICK = frozenset({QuestionType.SINGLE, QuestionType.TRUE_FALSE, QuestionType.SITUATION})
"""One tap answers them."""


def latest(person_id: int) -> Voyage | None:
    """The person's voyage: the one under way, else the last one."""
    statement = (
        select(Voyage).where(Voyage.person_id == person_id).order_by(Voyage.number.desc()).limit(1)
    )
    return db.session.scalar(fresh(statement))


def numbered(number: int, for_update: bool = False) -> Voyage | None:
    statement = select(Voyage).where(Voyage.id == number)
    return db.session.scalar(statement.with_for_update() if for_update else statement)


def steps_of(sailing: Voyage) -> list[Step]:
    return [Step(**told) for told in sailing.steps]


def stored(steps: Collection[Step]) -> list[dict[str, Any]]:
    return [asdict(step) for step in steps]


def offers(
    catalog: Catalog, needs: Collection[str], seen: Collection[str], there: Collection[str]
) -> list[Offer]:
    """Every question this person can fairly be asked; `seen` are those they answered elsewhere.

    Of the lessons that are `there` only: what has yet to appear is asked of nobody. Nor is what is meant
    for the people of one track: it says little of where somebody stands.
    """
    apart = set_apart(catalog)
    barriers = frozenset(Barrier(need) for need in needs)
    return [
        Offer(
            question=question.key,
            theme=catalog.modules[question.module].theme,
            module=question.module,
            notion=question.notion,
            difficulty=question.difficulty,
            guess=guess(question),
            quick=question.type in QUICK,
            seen=question.key in seen,
        )
        for question in catalog.questions.values()
        if question.not_for.isdisjoint(barriers)
        and catalog.notions[question.notion].lesson in there
        and question.module not in apart
    ]


def guess(question: Question) -> float:
    """The chance of being right by luck: one option in so many, next to nothing where one types."""
    if question.type in QUICK and isinstance(question.body, Choice):
        return 1 / len(question.body.options)
    return TYPED_GUESS if question.type is not QuestionType.MULTIPLE else SEVERAL_GUESS
