"""Reading the figures of questions as they stand in the release in force."""

from collections import defaultdict
from collections.abc import Mapping
from typing import Any

from sqlalchemy import distinct, func, select

from academy.catalog.guessing import chance
from academy.catalog.tree import Catalog, Choice, Question
from academy.database import db
from academy.mastery.figures.editions import edition
from academy.mastery.figures.known import Figures, Tally
from academy.mastery.figures.models import QuestionPace, QuestionTally
from academy.mastery.figures.rules import figures, lean_of, median_seconds

BUCKET = 3.0
"""Seconds of one bucket of answering times."""

LAST_BUCKET = 40
"""Everything of two minutes and more."""


def all_figures(catalog: Catalog) -> dict[str, Figures]:
    """Every question of the catalogue that was answered often enough. Two statements."""
    tallies, paces = _tallies(), _paces()
    lean = lean_of((tally for some in tallies.values() for tally in some), len(tallies))
    found = {
        key: _figures(question, tallies, paces, lean) for key, question in catalog.questions.items()
    }
    return {key: known for key, known in found.items() if known is not None}


def of_question(question: Question) -> Figures | None:
    """One question; None when it was answered too rarely. Three statements."""
    return _figures(question, _tallies(question.key), _paces(question.key), _lean())


def median_times(catalog: Catalog, fewest: int = 1) -> dict[str, float]:
    """The median answering time, in seconds, of each question with `fewest` timed answers. One statement."""
    paces = _paces()
    medians = {
        key: median_seconds(paces[key, edition(question)])
        for key, question in catalog.questions.items()
        if sum(times for _low, _high, times in paces.get((key, edition(question)), ())) >= fewest
    }
    return {key: seconds for key, seconds in medians.items() if seconds is not None}


_Tallies = Mapping[tuple[str, str], list[Tally]]
_Paces = Mapping[tuple[str, str], list[tuple[float, float, int]]]


def _lean() -> float:
    """`lean_of` everything, from a few sums."""
    rows = db.session.execute(
        select(
            QuestionTally.right,
            func.sum(QuestionTally.expected_of),
            func.sum(QuestionTally.expected),
            func.count(distinct(QuestionTally.question)),
        ).group_by(QuestionTally.right)
    ).all()
    sums = [Tally("", right, int(of), int(of), float(expected)) for right, of, expected, _n in rows]
    return lean_of(sums, max((row[-1] for row in rows), default=0))


def _figures(question: Question, tallies: _Tallies, paces: _Paces, lean: float) -> Figures | None:
    of = (question.key, edition(question))
    options = (
        tuple(option.key for option in question.body.options)
        if isinstance(question.body, Choice)
        else ()
    )
    seconds = median_seconds(paces.get(of, ()))
    return figures(tallies.get(of, ()), options, chance(question), seconds, lean)


def _tallies(question: str | None = None) -> _Tallies:
    rows = db.session.execute(_of(QuestionTally, question)).scalars()
    found: dict[tuple[str, str], list[Tally]] = defaultdict(list)
    for row in rows:
        found[row.question, row.edition].append(
            Tally(row.answered, row.right, row.times, row.expected_of, row.expected, row.squares)
        )
    return found


def _paces(question: str | None = None) -> _Paces:
    rows = db.session.execute(_of(QuestionPace, question)).scalars()
    found: dict[tuple[str, str], list[tuple[float, float, int]]] = defaultdict(list)
    for row in rows:
        low = row.bucket * BUCKET
        found[row.question, row.edition].append((low, low + BUCKET, row.times))
    return found


def _of(table: Any, question: str | None) -> Any:
    every = select(table).execution_options(populate_existing=True)
    return every if question is None else every.where(table.question == question)
