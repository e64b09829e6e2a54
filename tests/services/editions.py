"""Other editions of the shipped content, and other awards, as an author might publish them."""

from dataclasses import replace
from itertools import count

import pytest
from flask import Flask

from academy.catalog import releases
from academy.catalog.bonds import questions_by_notion
from academy.catalog.tree import Barrier, Catalog, Question
from academy.rewards import badges
from academy.rewards.badges import Award
from academy.rewards.rules import Rule

_numbers = count(1)


def publish(app: Flask, monkeypatch: pytest.MonkeyPatch, catalog: Catalog) -> None:
    """Put an edition in force until the test ends."""
    monkeypatch.setitem(app.extensions, releases._SHELF, catalog)


def without_questions(catalog: Catalog, *keys: str) -> Catalog:
    """The questions withdrawn, and the notions that nobody asks about any more with them."""
    return _edition(
        catalog, [question for key, question in catalog.questions.items() if key not in keys]
    )


def closed_to(catalog: Catalog, barrier: Barrier, *keys: str) -> Catalog:
    """The questions marked as unfair to somebody."""
    barriers = frozenset({barrier})
    return _edition(
        catalog,
        [
            replace(question, not_for=barriers) if key in keys else question
            for key, question in catalog.questions.items()
        ],
    )


def award(key: str, rule: Rule, points: int = 0) -> Award:
    """A badge that none of the shipped ones resembles."""
    model = badges.current()["first-lesson"]
    return replace(model, key=key, badge=key, order=999, points=points, rule=rule)


def _edition(catalog: Catalog, questions: list[Question]) -> Catalog:
    asked = questions_by_notion(questions)
    return replace(
        catalog,
        release=f"second-{next(_numbers)}",
        questions={question.key: question for question in questions},
        questions_of=asked,
        notions={key: notion for key, notion in catalog.notions.items() if key in asked},
        modules={
            key: replace(module, notions=tuple(n for n in module.notions if n in asked))
            for key, module in catalog.modules.items()
        },
    )
