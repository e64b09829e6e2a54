"""The explanation of an answer, drawn once for each thing that can be tapped and kept by the worker."""

import re
from collections.abc import Callable
from dataclasses import dataclass, replace
from secrets import token_hex
from urllib.parse import quote_plus

from flask import get_template_attribute
from markupsafe import Markup

from academy.catalog.marking import review
from academy.catalog.sheet import Review
from academy.catalog.tree import Catalog, Question
from academy.mastery.queries import Given
from academy.web.incoming import here
from academy.web.pieces import Shelf
from academy.web.words import language

PLAIN = re.compile("[a-z0-9/]*")
BACK = f"back-{token_hex(8)}"
SAID = f"said-{token_hex(8)}"
"""Marks that nobody can write: they are made anew by each process."""
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
        return _typed(catalog, question, given)
    key = (catalog.release, question.key, language(), repr(given.given))
    return explanations.get(key, lambda: _drawn(_seen(catalog, question, given)))


def report(draw: Callable[..., Markup], question: str, release: str) -> Markup:
    """Where to say that the question is wrong, and come back from to this page."""
    address = here()
    if not PLAIN.fullmatch(address):
        address = quote_plus(address, safe="!$'()*,/:;?@")  # as Werkzeug writes addresses
    return draw("report", question, release, BACK).replace(BACK, address)


def _typed(catalog: Catalog, question: Question, given: Given) -> Explanation:
    """The same, with a mark where the words are shown that somebody typed; only then are these put there."""
    seen = _seen(catalog, question, given)
    marked = replace(seen, given=SAID if seen.given else "")
    kept = explanations.get((marked, language()), lambda: _drawn(marked))
    return Explanation(kept.outcome, kept.html.replace(SAID, seen.given), kept.question)


def _seen(catalog: Catalog, question: Question, given: Given) -> Review:
    keep = catalog.notions[question.notion].keep.said(language())
    return review(question, language(), 0, given.given, keep)


def _drawn(seen: Review) -> Explanation:
    draw = get_template_attribute("components/question.html", "review")
    return Explanation(_outcome(seen), draw(seen, "h1"), seen.key)


def _outcome(seen: Review) -> str:
    if seen.dont_know:
        return "unsure"
    if seen.right:
        return "right"
    return "nearly" if seen.score > 0 else "wrong"
