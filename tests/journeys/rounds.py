"""Somebody to sit at the screen, and the minute a test wants them to have today."""

from collections.abc import Collection
from datetime import datetime

from playwright.sync_api import Page

from academy.catalog.tree import Question, QuestionType
from academy.database import db
from academy.people.models import Person
from academy.people.workdays import services as workdays
from tests import factories
from tests.journeys.server import EVERY_DAY, Served

ALWAYS_UTC = "Africa/Abidjan"
"""Where the day begins when ours does: nobody's minute is of another day than the test thinks."""


def somebody(now: datetime, language: str = "en", weekdays: Collection[int] = EVERY_DAY) -> Person:
    """A person who has just joined, and works on these days."""
    person = factories.make_person(language=language)
    person.zone = ALWAYS_UTC
    workdays.set_pattern(person.id, weekdays, now.date(), None, now)
    db.session.commit()
    return person


def question_of(served: Served, kind: QuestionType, place: int = 0) -> Question:
    """A question of this type, always the same."""
    found = [each for each in served.catalog.questions.values() if each.type is kind]
    return sorted(found, key=lambda question: question.key)[place]


def ask_today(person: Person, now: datetime, *questions: Question) -> int:
    """Pin the minute of somebody's day; gives its number."""
    return factories.pin_round(person, *questions, at=now, seed=7).id


def enter(page: Page, served: Served, person: Person) -> None:
    """Somebody signed in already, on this screen."""
    page.context.add_cookies(
        [{"name": "session", "value": served.session_of(person), "url": served.address}]
    )
