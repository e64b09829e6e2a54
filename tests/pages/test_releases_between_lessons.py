"""A release published, or taken back, while a quiz or a check is open, and after it was handed in."""

from collections.abc import Iterator

import pytest
from flask import Flask

from academy.catalog.releases import Worker
from academy.people.models import Person
from academy.rewards import queries as rewards
from tests import factories
from tests.pages.conftest import Behind
from tests.services.packs import (
    fresh_worker,
    only_module,
    publish,
    reworded,
    roll_back,
    shipped,
    without_module,
    without_question,
)
from tests.visitor import Page, Visitor

LESSON, MODULE = "web-versus-internet", "changes"
FIRST, SECOND = shipped(), reworded(shipped(), LESSON)
PLACES = ("/", "/themes", "/history", "/badges", "/passport", "/minute", "/preferences")


@pytest.fixture(autouse=True)
def first(app: Flask) -> Iterator[Worker]:
    """The shipped content is in force, published for real."""
    with fresh_worker(app) as fresh:
        publish(app, FIRST)
        yield fresh


def balance(behind: Behind, person: Person) -> tuple[int, int]:
    with behind():
        have = rewards.balances(person.id)
        return have.points, have.stars


def test_a_quiz_whose_module_is_withdrawn_says_so(
    app: Flask, reader: Visitor, behind: Behind, ada: Person
) -> None:
    intro = reader.get(f"/quizzes/{MODULE}")
    sheet = reader.submit(intro, "/start")
    publish(app, without_module(FIRST, MODULE))

    for answer in (
        reader.submit(sheet, "/attempts/", nothing_known(sheet), 410),
        reader.get(sheet.url, 410),
        reader.submit(intro, "/start", status=410),
    ):
        assert "withdrawn from the academy" in answer.text
    reader.get(f"/quizzes/{MODULE}", 404)
    assert balance(behind, ada) == (0, 0)


def test_a_quiz_whose_questions_changed_is_drawn_again(
    app: Flask, reader: Visitor, behind: Behind
) -> None:
    sheet = reader.submit(reader.get(f"/quizzes/{MODULE}"), "/start")
    publish(app, SECOND)

    refused = reader.submit(sheet, "/attempts/", nothing_known(sheet), 409)
    assert "nothing was counted" in refused.text
    intro = reader.get(sheet.url)
    assert intro.url == f"/quizzes/{MODULE}"
    assert "The questions were updated" in intro.text
    fresh = reader.submit(intro, "/start")
    assert fresh.url == sheet.url
    assert reader.submit(fresh, "/attempts/", nothing_known(fresh)).title == "Not yet"


def test_a_quiz_opened_before_a_publication_taken_back_is_marked(
    app: Flask, reader: Visitor
) -> None:
    sheet = reader.submit(reader.get(f"/quizzes/{MODULE}"), "/start")
    publish(app, SECOND)
    roll_back(app)

    assert reader.submit(sheet, "/attempts/", nothing_known(sheet)).title == "Not yet"


def test_a_check_whose_lesson_is_withdrawn_says_so(app: Flask, reader: Visitor) -> None:
    check = reader.get(f"/lessons/{LESSON}/check")
    publish(app, without_module(FIRST, MODULE))

    refused = reader.submit(check, "/check", nothing_known(check), 410)

    assert "withdrawn from the academy" in refused.text
    reader.get(f"/lessons/{LESSON}", 404)


def test_a_check_whose_lesson_changed_is_asked_again(app: Flask, reader: Visitor) -> None:
    check = reader.get(f"/lessons/{LESSON}/check")
    publish(app, SECOND)

    refused = reader.submit(check, "/check", nothing_known(check), 409)

    assert "nothing was counted" in refused.text
    again = reader.get(f"/lessons/{LESSON}/check")
    assert reader.submit(again, "/check", nothing_known(again)).title == "Lesson read"


def test_results_of_what_is_gone_say_so_and_what_was_earned_stays(
    app: Flask, reader: Visitor, behind: Behind, ada: Person
) -> None:
    with behind():
        check = factories.read_lesson(ada, LESSON)
        quiz = factories.sit_quiz(ada, MODULE).id
    before = balance(behind, ada)
    publish(app, only_module(FIRST, "basics"))

    for attempt in (check, quiz):
        page = reader.get(f"/attempts/{attempt}/result", 410)
        assert "what you earned before stays yours" in page.text
    for place in PLACES:
        reader.get(place)
    assert balance(behind, ada) == before


def test_a_result_leaves_out_a_question_that_is_gone(
    app: Flask, reader: Visitor, behind: Behind, ada: Person
) -> None:
    with behind():
        done = factories.sit_quiz(ada, MODULE)
    publish(app, without_question(FIRST, done.questions[0]))

    page = reader.get(f"/attempts/{done.id}/result")

    assert page.title == "Passed"
    assert len(page.all(".folded")) == len(done.questions) - 1


def test_the_history_names_what_is_gone_by_its_key(
    app: Flask, reader: Visitor, behind: Behind, ada: Person
) -> None:
    with behind():
        factories.read_lesson(ada, LESSON)
    publish(app, without_module(FIRST, MODULE))

    assert f"Lesson read: {LESSON}" in reader.get("/history").text


def nothing_known(page: Page) -> dict[str, str]:
    """I don't know, to every question of the sheet."""
    slots = {str(box["name"]) for box in page.html.select("input[name$=dont_know]")}
    return dict.fromkeys(slots, "1")
