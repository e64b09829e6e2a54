"""Reading answers and memories, in the engine's own terms."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from sqlalchemy import select

from academy.catalog.tree import Catalog
from academy.database import db
from academy.folio import queries as folio
from academy.mastery import minds, numbers, shelves
from academy.mastery.mind import Mind
from academy.mastery.models import Answer, Context


@dataclass(frozen=True, slots=True)
class Given:
    """An answer as the pages show it again."""

    slot: int
    question: str
    given: Mapping[str, Any]
    right: bool
    score: float
    dont_know: bool
    release: str = ""


def mind_of(person_id: int) -> Mind:
    """What is believed of the person. Nothing is written."""
    page = folio.page_of(person_id)
    return minds.of(page) if page else minds.rebuilt(person_id)


def asked_of(person_id: int, catalog: Catalog) -> set[str]:
    """The questions of this release that the person is remembered to have been asked."""
    traces = mind_of(person_id).traces
    return {
        key
        for key, item in shelves.items(catalog, numbers.in_force()).items()
        if item.notion in traces and item.question in traces[item.notion].asked
    }


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
            Answer.release,
        )
        .where(Answer.context == context, Answer.context_id == context_id)
        .order_by(Answer.slot)
    )
    return tuple(Given(*row) for row in rows)
