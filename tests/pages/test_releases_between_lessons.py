"""A release published, or taken back, while a quiz or a check is open, and after it was handed in."""

from collections.abc import Callable, Iterator
from datetime import datetime, timedelta

import pytest
from flask import Flask
from sqlalchemy import select, update

from academy import database
from academy.catalog import releases
from academy.catalog.models import Release
from academy.catalog.releases import Worker
from academy.database import db
from academy.learning import queries as learning
from academy.learning import services
from academy.learning.models import Attempt
from academy.mastery import queries as mastery
from academy.mastery.models import Answer, Context
from academy.people.models import Person
from academy.rewards import queries as rewards
from tests import factories
from tests.conftest import MONDAY
from tests.pages.conftest import Behind
from tests.services.packs import (
    Files,
    fresh_worker,
    only_module,
    pack,
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


def test_a_quiz_whose_module_is_withdrawn_is_still_marked_but_not_asked_again(
    app: Flask, reader: Visitor, behind: Behind, ada: Person
) -> None:
    intro = reader.get(f"/quizzes/{MODULE}")
    sheet = reader.submit(intro, "/start")
    publish(app, without_module(FIRST, MODULE))

    for answer in (reader.get(sheet.url, 410), reader.submit(intro, "/start", status=410)):
        assert "withdrawn from the academy" in answer.text
    reader.get(f"/quizzes/{MODULE}", 404)
    done = reader.submit(sheet, "/attempts/", all_right(behind, sheet))
    assert done.title == "Passed"
    assert len(done.all(".folded")) == 8
    assert balance(behind, ada)[0] > 0
    assert reader.get(done.url).title == "Passed"


def test_a_quiz_opened_before_a_publication_is_marked_by_the_questions_it_asked(
    app: Flask, reader: Visitor, behind: Behind, first: Worker
) -> None:
    sheet = reader.submit(reader.get(f"/quizzes/{MODULE}"), "/start")
    right = all_right(behind, sheet)
    with behind():
        asked = attempt_of(sheet).questions
    publish(app, without_question(FIRST, asked[0]))

    reload = reader.get(sheet.url)
    assert len(reload.all("fieldset.ask")) == 8
    assert reader.submit(reader.get(f"/quizzes/{MODULE}"), "/start").url == sheet.url
    assert reader.submit(sheet, "/attempts/", right).title == "Passed"

    with behind():
        done = attempt_of(sheet)
        answers = mastery.answers_in(Context.QUIZ, done.id)
        assert done.per_cent == 100
        assert [each.question for each in answers] == asked
        kept = set(db.session.scalars(select(Answer.release)))
    assert kept == {done.release} == {pack(FIRST).catalog.release}


def test_a_publication_between_two_workers_loses_nothing_either(
    app: Flask, reader: Visitor, behind: Behind, first: Worker
) -> None:
    """The worker that gets the answers never held the release they answer: the database has it."""
    sheet = reader.submit(reader.get(f"/quizzes/{MODULE}"), "/start")
    right = all_right(behind, sheet)
    publish(app, SECOND)
    first.recent.clear()

    assert reader.submit(sheet, "/attempts/", right).title == "Passed"


def test_a_quiz_left_open_for_a_day_is_drawn_from_the_newest_questions(
    app: Flask, reader: Visitor, now: Callable[[datetime], None]
) -> None:
    sheet = reader.submit(reader.get(f"/quizzes/{MODULE}"), "/start")
    publish(app, SECOND)
    now(MONDAY + timedelta(hours=25))

    intro = reader.get(sheet.url)
    assert intro.url == f"/quizzes/{MODULE}"
    assert "The questions were updated" in intro.text
    fresh = reader.submit(intro, "/start")
    assert fresh.url == sheet.url
    refused = reader.submit(sheet, "/attempts/", nothing_known(sheet), 409)
    assert "nothing was counted" in refused.text
    assert reader.submit(fresh, "/attempts/", nothing_known(fresh)).title == "Not yet"


def test_a_quiz_whose_release_is_lost_is_drawn_again(
    app: Flask, reader: Visitor, first: Worker
) -> None:
    sheet = reader.submit(reader.get(f"/quizzes/{MODULE}"), "/start")
    lose_the_first(app, first)

    refused = reader.submit(sheet, "/attempts/", nothing_known(sheet), 409)
    assert "nothing was counted" in refused.text
    intro = reader.get(sheet.url)
    assert "The questions were updated" in intro.text
    fresh = reader.submit(intro, "/start")
    assert reader.submit(fresh, "/attempts/", nothing_known(fresh)).title == "Not yet"


def test_a_quiz_opened_before_a_publication_taken_back_is_marked(
    app: Flask, reader: Visitor
) -> None:
    sheet = reader.submit(reader.get(f"/quizzes/{MODULE}"), "/start")
    publish(app, SECOND)
    roll_back(app)

    assert reader.submit(sheet, "/attempts/", nothing_known(sheet)).title == "Not yet"


def test_a_check_whose_lesson_is_withdrawn_still_counts(
    app: Flask, reader: Visitor, behind: Behind, ada: Person
) -> None:
    check = reader.get(f"/lessons/{LESSON}/check")
    publish(app, without_module(FIRST, MODULE))

    done = reader.submit(check, "/check", nothing_known(check))

    assert done.title == "Lesson read"
    assert balance(behind, ada)[0] == 15
    assert "/quizzes/" not in done.text
    reader.get(f"/lessons/{LESSON}", 404)
    reader.get(f"/lessons/{LESSON}/check", 404)


def test_a_check_answered_after_a_publication_is_marked_by_the_questions_it_asked(
    app: Flask, reader: Visitor, behind: Behind, ada: Person
) -> None:
    check = reader.get(f"/lessons/{LESSON}/check")
    with behind():
        asked = list(releases.current().lessons[LESSON].check)
        seed = services.check_seed(ada.id, LESSON, 1)
        questions = [releases.current().questions[key] for key in asked]
        right = factories.answers(questions, seed)
    publish(app, without_question(FIRST, asked[0]))

    short = {name: values for name, values in right.items() if not name.startswith("q1-")}
    again = reader.submit(check, "/check", short, 400)
    assert len(again.all("fieldset.ask")) == len(asked)
    done = reader.submit(again, "/check", right)

    assert done.title == "Lesson read"
    assert done.all(".figure-right") == [str(len(asked))]
    with behind():
        kept = db.session.scalars(select(Attempt)).one()
        assert (kept.questions, kept.release) == (asked, pack(FIRST).catalog.release)


def test_a_check_of_a_lost_release_is_asked_again(
    app: Flask, reader: Visitor, first: Worker
) -> None:
    check = reader.get(f"/lessons/{LESSON}/check")
    lose_the_first(app, first)

    refused = reader.submit(check, "/check", nothing_known(check), 409)

    assert "nothing was counted" in refused.text
    again = reader.get(f"/lessons/{LESSON}/check")
    assert reader.submit(again, "/check", nothing_known(again)).title == "Lesson read"


def test_a_check_of_a_lost_release_whose_lesson_is_withdrawn_says_so(
    app: Flask, reader: Visitor, first: Worker
) -> None:
    check = reader.get(f"/lessons/{LESSON}/check")
    lose_the_first(app, first, without_module(FIRST, MODULE))

    refused = reader.submit(check, "/check", nothing_known(check), 410)

    assert "withdrawn from the academy" in refused.text


def test_results_of_what_is_gone_are_still_there_and_what_was_earned_stays(
    app: Flask, reader: Visitor, behind: Behind, ada: Person
) -> None:
    with behind():
        check = factories.read_lesson(ada, LESSON)
        quiz = factories.sit_quiz(ada, MODULE, right=False).id
    before = balance(behind, ada)
    publish(app, only_module(FIRST, "basics"))

    for attempt in (check, quiz):
        page = reader.get(f"/attempts/{attempt}/result")
        assert page.html.select("a[href='/themes']")
        assert not page.html.select("a[href^='/quizzes/changes']")
    for place in PLACES:
        reader.get(place)
    assert balance(behind, ada) == before


def test_results_of_what_is_gone_with_its_release_say_so(
    app: Flask, reader: Visitor, behind: Behind, ada: Person, first: Worker
) -> None:
    with behind():
        check = factories.read_lesson(ada, LESSON)
    lose_the_first(app, first, only_module(FIRST, "basics"))

    page = reader.get(f"/attempts/{check}/result", 410)

    assert "what you earned before stays yours" in page.text


def test_a_result_shows_a_question_that_is_gone_as_it_was_asked(
    app: Flask, reader: Visitor, behind: Behind, ada: Person, first: Worker
) -> None:
    with behind():
        done = factories.sit_quiz(ada, MODULE)
    publish(app, without_question(FIRST, done.questions[0]))

    page = reader.get(f"/attempts/{done.id}/result")

    assert page.title == "Passed"
    assert len(page.all(".folded")) == len(done.questions)
    lose_the_first(app, first, without_question(FIRST, done.questions[0]))
    assert len(reader.get(page.url).all(".folded")) == len(done.questions) - 1


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


def attempt_of(sheet: Page) -> Attempt:
    found = learning.attempt(int(sheet.url.rsplit("/", 1)[1]))
    assert found is not None
    return found


def all_right(behind: Behind, sheet: Page) -> dict[str, list[str]]:
    with behind():
        attempt = attempt_of(sheet)
        return factories.answers(services.questions_of(attempt), attempt.seed)


def lose_the_first(app: Flask, worker: Worker, then: Files = SECOND) -> None:
    """Another release is in force, and the one before can be read no more."""
    publish(app, then)
    with app.app_context():
        database.may_write()
        gone = update(Release).where(Release.key == pack(FIRST).catalog.release)
        db.session.execute(gone.values(files=b"no more"))
        db.session.commit()
    worker.recent.pop(pack(FIRST).catalog.release)
