"""Marking one answer to one question: pure, and total over whatever a form may hold."""

from collections.abc import Mapping
from dataclasses import dataclass

from academy.catalog.answers import Fields, Reason, Unmarkable, given_in
from academy.catalog.reviewing import review
from academy.catalog.scoring import score
from academy.catalog.tree import Question

__all__ = ["Mark", "Reason", "Unmarkable", "mark", "review"]


@dataclass(frozen=True, slots=True)
class Mark:
    """How an answer did. `score` is between 0 and 1; `right` is stricter than a good score.

    `given` is what was answered, in the author's keys and ready for JSON: one of `choice`, `order`,
    `pairs`, `number`, `text`, `blanks` or `dont_know`.
    """

    right: bool
    score: float
    dont_know: bool
    given: Mapping[str, object]


def mark(question: Question, language: str, seed: int, fields: Fields) -> Mark:
    """Marks what a form posted for the sheet drawn with the same seed; raises Unmarkable."""
    given = given_in(question, language, seed, fields)
    right, share = score(question, language, given)
    return Mark(right, share, "dont_know" in given, given)
