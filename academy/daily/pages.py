"""The explanation of an answer, drawn once for each thing that can be tapped and kept by the worker."""

import json
from dataclasses import dataclass

from flask import get_template_attribute
from markupsafe import Markup

from academy.catalog.marking import review
from academy.catalog.sheet import Review
from academy.catalog.tree import Catalog, Question
from academy.mastery.queries import Given
from academy.web.pieces import Shelf
from academy.web.words import language

KEPT = 2_000
"""Explanations a worker holds, about 3 kB each: every tap on every question of a large pack."""
TYPED = frozenset({"text", "number"})
"""What somebody wrote themselves: theirs alone, and kept nowhere but in their answers."""


@dataclass(frozen=True, slots=True)
class Explanation:
    """`outcome` is right, nearly, wrong or unsure; `question` is the key of what was asked."""

    outcome: str
    html: Markup
    question: str


explanations = Shelf[Explanation](KEPT)


def explanation(catalog: Catalog, question: Question, given: Given) -> Explanation:
    """What was asked, what was said, what is right and why; in the author's order, the same for everybody."""
    if not TYPED.isdisjoint(given.given):
        return _drawn(catalog, question, given)
    said = json.dumps(dict(given.given), sort_keys=True)
    key = (catalog.release, question.key, language(), said)
    return explanations.get(key, lambda: _drawn(catalog, question, given))


def _drawn(catalog: Catalog, question: Question, given: Given) -> Explanation:
    keep = catalog.notions[question.notion].keep.said(language())
    seen = review(question, language(), 0, given.given, keep)
    draw = get_template_attribute("components/question.html", "review")
    return Explanation(_outcome(seen), draw(seen, "h1"), question.key)


def _outcome(seen: Review) -> str:
    if seen.dont_know:
        return "unsure"
    if seen.right:
        return "right"
    return "nearly" if seen.score > 0 else "wrong"
