"""Where the daily minute stops: other people, other days, other editions, nothing to ask."""

from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import datetime, timedelta

import pytest
from flask import Flask
from sqlalchemy import func, select

from academy.catalog.tree import Barrier
from academy.daily.models import Round
from academy.database import db
from academy.mastery.models import Answer
from academy.people import services as people
from academy.people.models import Person
from academy.people.services import Preferences
from tests.conftest import MONDAY
from tests.factories import DONT_KNOW, do_round, draw, make_person
from tests.pages.conftest import Behind, forge
from tests.visitor import Visitor


def answers_kept(behind: Behind) -> int:
    with behind():
        return db.session.scalar(select(func.count()).select_from(Answer)) or 0


def test_somebody_elses_round_does_not_exist(reader: Visitor, behind: Behind) -> None:
    with behind():
        theirs = do_round(make_person())
        open_one = draw(make_person())

    reader.get(f"/minute/{theirs.id}/1", 404)
    forge(reader, f"/minute/{open_one.id}/1", DONT_KNOW, 404)

    assert answers_kept(behind) == 2


def test_a_minute_begun_before_midnight_may_be_finished_the_next_day(
    reader: Visitor, behind: Behind, ada: Person, now: Callable[[datetime], None]
) -> None:
    page = reader.get("/minute")

    now(MONDAY + timedelta(days=1))
    page = reader.submit(page, "/minute/", DONT_KNOW)

    assert page.title == "You did not know: now you will"


def test_the_question_of_another_day_is_closed(
    reader: Visitor, behind: Behind, now: Callable[[datetime], None]
) -> None:
    page = reader.get("/minute")

    now(MONDAY + timedelta(days=2))
    refused = reader.submit(page, "/minute/", DONT_KNOW, 409)

    assert "today’s minute is waiting" in refused.text
    assert answers_kept(behind) == 0


def test_an_answer_to_another_edition_of_the_question_is_not_counted(
    reader: Visitor, behind: Behind
) -> None:
    page = reader.get("/minute")

    refused = reader.submit(page, "/minute/", {**DONT_KNOW, "release": "older"}, 409)

    assert "nothing was counted" in refused.text
    assert answers_kept(behind) == 0


@pytest.fixture
def nothing_for_the_blind(app: Flask) -> Iterator[None]:
    """A pack whose every question needs sight."""
    pack = app.extensions["academy.catalog"]
    questions = {
        key: replace(question, not_for=frozenset({Barrier.BLIND}))
        for key, question in pack.questions.items()
    }
    app.extensions["academy.catalog"] = replace(pack, release="sighted", questions=questions)
    yield
    app.extensions["academy.catalog"] = pack


@pytest.mark.usefixtures("nothing_for_the_blind")
def test_somebody_who_can_be_asked_nothing_is_told_so(
    reader: Visitor, behind: Behind, ada: Person
) -> None:
    with behind():
        people.prefer(ada.id, Preferences("en", "Europe/Paris", "auto", ("blind",)))
        db.session.commit()

    page = reader.get("/minute")

    assert page.title == "Nothing to ask today"
    assert page.link("See the lessons") == "/themes"
    with behind():
        assert db.session.scalar(select(func.count()).select_from(Round)) == 0


@pytest.mark.usefixtures("nothing_for_the_blind")
def test_somebody_who_can_be_asked_nothing_may_still_read_and_sit(
    reader: Visitor, behind: Behind, ada: Person
) -> None:
    with behind():
        people.prefer(ada.id, Preferences("en", "Europe/Paris", "auto", ("blind",)))
        db.session.commit()

    check = reader.get("/lessons/cloud-has-an-address/check")
    assert reader.submit(check, "/check").title == "Lesson read"
    quiz = reader.submit(reader.get("/quizzes/changes"), "/start")
    assert reader.submit(quiz, quiz.url).title == "Not yet"
