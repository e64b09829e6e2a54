"""A release published, or taken back, between a question and its answer: nothing honest is lost."""

from collections.abc import Iterator

import pytest
import yaml
from flask import Flask
from sqlalchemy import select

from academy.catalog import releases
from academy.catalog.releases import Worker
from academy.catalog.tree import Catalog, QuestionType
from academy.daily.models import Round
from academy.database import db
from academy.mastery.models import Answer
from academy.people import services as people
from academy.people.models import Person
from academy.people.services import Preferences
from academy.rewards import queries as rewards
from academy.seed import right_fields
from tests import factories
from tests.factories import DONT_KNOW, pin_round
from tests.pages.conftest import Behind
from tests.services.packs import (
    Files,
    fresh_worker,
    publish,
    reworded,
    roll_back,
    shipped,
    turned_round,
    without_notion,
    without_question,
)
from tests.visitor import Visitor

FIRST, SECOND = shipped(), reworded(shipped(), "web-versus-internet")


@pytest.fixture(autouse=True)
def first(app: Flask) -> Iterator[Worker]:
    """The shipped content is in force, published for real."""
    with fresh_worker(app) as fresh:
        publish(app, FIRST)
        yield fresh


def content(app: Flask) -> Catalog:
    with app.app_context():
        return releases.current()


def the_round(behind: Behind) -> Round:
    with behind():
        return db.session.scalars(select(Round)).one()


def balance(behind: Behind, person: Person) -> tuple[int, int]:
    with behind():
        have = rewards.balances(person.id)
        return have.points, have.stars


def answers(behind: Behind) -> list[tuple[str, str, bool]]:
    """Each answer kept: its question, its release, whether it was right."""
    with behind():
        found = select(Answer.question, Answer.release, Answer.right).order_by(Answer.id)
        return [(row.question, row.release, row.right) for row in db.session.execute(found)]


def right(catalog: Catalog, drawn: Round) -> dict[str, list[str]]:
    """The right answer to the question the round is at, as that release asks it."""
    return right_fields(catalog.questions[drawn.questions[drawn.answered]], drawn.seed)


def test_a_question_shown_before_a_publication_is_marked_as_it_was_shown(
    app: Flask, reader: Visitor, behind: Behind, ada: Person
) -> None:
    with behind():
        choices = [
            question
            for question in releases.current().questions.values()
            if question.type is QuestionType.SINGLE
        ]
        pin_round(ada, *choices[:2])
    shown, was = reader.get("/minute"), content(app)
    drawn = the_round(behind)
    publish(app, turned_round(FIRST, drawn.questions[0]))
    assert content(app).release != was.release

    explained = reader.submit(shown, "/minute/", right(was, drawn))

    assert explained.title == "That’s right"
    assert answers(behind) == [(drawn.questions[0], was.release, True)]
    assert reader.get("/minute").title == "Question 2 of 2"


def test_a_question_shown_before_a_roll_back_is_marked_as_it_was_shown(
    app: Flask, reader: Visitor, behind: Behind
) -> None:
    publish(app, SECOND)
    shown, was = reader.get("/minute"), content(app)
    roll_back(app)

    reader.submit(shown, "/minute/", right(was, the_round(behind)))

    assert [each[1:] for each in answers(behind)] == [(was.release, True)]


def test_a_publication_taken_back_at_once_disturbs_nobody(
    app: Flask, reader: Visitor, behind: Behind
) -> None:
    shown = reader.get("/minute")
    publish(app, SECOND)
    roll_back(app)

    reader.submit(shown, "/minute/", DONT_KNOW)

    assert the_round(behind).answered == 1


def test_a_worker_that_never_held_the_release_of_the_sheet_reads_it(
    app: Flask, reader: Visitor, behind: Behind, first: Worker
) -> None:
    shown, was = reader.get("/minute"), content(app)
    publish(app, SECOND)
    first.recent.pop(was.release)

    reader.submit(shown, "/minute/", DONT_KNOW)

    assert [each[1] for each in answers(behind)] == [was.release]


def test_a_question_withdrawn_while_it_is_read_counts_and_is_explained(
    app: Flask, reader: Visitor, behind: Behind
) -> None:
    shown, was = reader.get("/minute"), content(app)
    drawn = the_round(behind)
    asked = drawn.questions[0]
    publish(app, without_question(FIRST, asked))

    explained = reader.submit(shown, "/minute/", right(was, drawn))

    assert explained.title == "That’s right"
    assert was.questions[asked].explain_html.en in explained.response.text
    assert answers(behind) == [(asked, was.release, True)]
    again = reader.get(f"/minute/{drawn.id}/1")
    assert again.all(".review") == explained.all(".review")


def test_an_empty_answer_to_a_question_withdrawn_meanwhile_is_asked_for_again(
    app: Flask, reader: Visitor, behind: Behind
) -> None:
    shown, was = reader.get("/minute"), content(app)
    drawn = the_round(behind)
    publish(app, without_notion(FIRST, drawn.notion))

    again = reader.submit(shown, "/minute/", {}, 400)

    assert again.title == "Question 1 of 2"
    assert answers(behind) == []
    reader.submit(again, "/minute/", right(was, drawn))
    assert answers(behind) == [(drawn.questions[0], was.release, True)]


def test_a_question_withdrawn_before_it_is_read_is_replaced(
    app: Flask, reader: Visitor, behind: Behind
) -> None:
    reader.get("/minute")
    asked = the_round(behind).questions[0]
    publish(app, without_question(FIRST, asked))

    again = reader.get("/minute")

    assert asked not in the_round(behind).questions
    reader.submit(again, "/minute/", DONT_KNOW)
    assert the_round(behind).answered == 1


def test_a_sheet_left_open_while_another_tab_was_given_another_question_counts_nothing(
    app: Flask, reader: Visitor, behind: Behind
) -> None:
    left_open = reader.get("/minute")
    publish(app, without_question(FIRST, the_round(behind).questions[0]))
    reader.get("/minute")

    refused = reader.submit(left_open, "/minute/", DONT_KNOW, 409)

    assert "nothing was counted" in refused.text
    assert answers(behind) == []


def test_a_sheet_whose_release_is_gone_for_good_is_asked_again(
    reader: Visitor, behind: Behind
) -> None:
    shown = reader.get("/minute")

    refused = reader.submit(shown, "/minute/", {**DONT_KNOW, "release": "long-gone"}, 409)

    assert "nothing was counted" in refused.text
    assert the_round(behind).answered == 0
    reader.submit(reader.get("/minute"), "/minute/", DONT_KNOW)
    assert the_round(behind).answered == 1


@pytest.mark.parametrize("answered", [0, 1])
def test_a_notion_withdrawn_while_its_round_is_open_costs_no_answer(
    app: Flask, reader: Visitor, behind: Behind, ada: Person, answered: int
) -> None:
    shown = reader.get("/minute")
    for _question in range(answered):
        reader.submit(shown, "/minute/", DONT_KNOW)
        shown = reader.get("/minute")
    gone = the_round(behind).choices[answered]["notion"]
    publish(app, without_notion(FIRST, gone))

    reader.submit(shown, "/minute/", DONT_KNOW)
    assert len(answers(behind)) == answered + 1
    for _question in range(1 - answered):
        reader.submit(reader.get("/minute"), "/minute/", DONT_KNOW)

    assert reader.get("/minute").title == "Your minute is done"
    assert balance(behind, ada)[1] == 1


def test_an_answer_forged_for_the_new_release_counts_nothing(
    app: Flask, reader: Visitor, behind: Behind
) -> None:
    """The question is not in the release named: only forgery gets this far."""
    shown = reader.get("/minute")
    asked = the_round(behind).questions[0]
    publish(app, without_question(FIRST, asked))

    forged: dict[str, str | list[str]] = {**DONT_KNOW, "release": content(app).release}
    reader.submit(shown, "/minute/", forged, 409)

    assert answers(behind) == []
    assert reader.get("/minute").status == 200
    assert asked not in the_round(behind).questions


def test_a_round_with_nothing_left_to_ask_says_so(
    app: Flask, reader: Visitor, behind: Behind, ada: Person
) -> None:
    with behind():
        people.prefer(ada.id, Preferences("en", "Europe/Paris", "auto", ("blind",)))
        db.session.commit()
    reader.get("/minute")
    drawn = the_round(behind)
    fewer = without_question(without_question(FIRST, drawn.questions[0]), drawn.questions[1])
    publish(app, closed_to_the_blind(fewer))

    assert reader.get("/minute").title == "Nothing to ask today"


def closed_to_the_blind(files: Files) -> Files:
    return {
        path: yaml.safe_dump(
            [{**row, "not_for": ["blind"]} for row in yaml.safe_load(text)]
        ).encode()
        if path.endswith("/questions.yaml")
        else text
        for path, text in files.items()
    }


def test_a_round_done_is_shown_when_its_notion_is_gone(
    app: Flask, reader: Visitor, behind: Behind, ada: Person
) -> None:
    with behind():
        done = factories.do_round(ada)
    publish(app, without_notion(FIRST, done.notion))

    page = reader.get("/minute")

    assert page.title == "Your minute is done"
    assert len(page.all(".outcome")) == 2
    assert reader.get(f"/minute/{done.id}/1").title == "That’s right"
