"""The daily minute, walked through page by page."""

import pytest
from sqlalchemy import func, select

from academy.catalog import releases
from academy.catalog.tree import Question
from academy.daily import queries as daily
from academy.daily.models import Round
from academy.daily.queries import Drawn
from academy.database import db
from academy.mastery.models import Answer
from academy.people.models import Person
from academy.rewards import queries as rewards
from academy.seed import right_fields
from tests.factories import DONT_KNOW, TODAY, draw
from tests.pages.conftest import Behind, forge
from tests.visitor import Page, Visitor


def asked(behind: Behind, person: Person) -> tuple[Drawn, Question]:
    """Today's round and the question it is at."""
    with behind():
        drawn = daily.round_of(person.id, TODAY)
        assert drawn is not None
        return drawn, releases.current().questions[drawn.questions[drawn.answered]]


def answer_right(reader: Visitor, behind: Behind, person: Person) -> Page:
    page = reader.get("/minute")
    drawn, question = asked(behind, person)
    return reader.submit(page, f"/minute/{drawn.id}", right_fields(question, drawn.seed))


def dont_know(reader: Visitor) -> Page:
    return reader.submit(reader.get("/minute"), "/minute/", DONT_KNOW)


def points(behind: Behind, person: Person) -> int:
    with behind():
        return rewards.balances(person.id).points


def answers_kept(behind: Behind) -> int:
    with behind():
        return db.session.scalar(select(func.count()).select_from(Answer)) or 0


def test_a_whole_minute_from_the_first_question_to_what_it_brought(
    reader: Visitor, behind: Behind, ada: Person
) -> None:
    assert reader.get("/minute").title == "Question 1 of 2"

    first = answer_right(reader, behind, ada)
    assert first.title == "That’s right"
    assert first.html.select(".review-explain, .keep") != []
    assert first.html.select(".earned") == []

    assert first.link("Next question") == "/minute"
    assert reader.get("/minute").title == "Question 2 of 2"

    second = answer_right(reader, behind, ada)
    assert second.title == "That’s right"
    assert second.all(".coin") == ["14 points", "1 star", "2 keys"]
    assert second.all(".won-title") == ["First minute"]
    assert second.link("See my minute") == "/minute"

    done = reader.get("/minute")
    assert done.title == "Your minute is done"
    assert done.all(".outcome") == ["That’s right"] * 2
    assert done.all(".stat-value") == ["14", "1", "2"]


def test_each_question_names_its_idea_and_the_end_keeps_both(
    reader: Visitor, behind: Behind, ada: Person
) -> None:
    named, again = [], []
    for _slot in (1, 2):
        named += reader.get("/minute").all(".round-notion")
        again += answer_right(reader, behind, ada).all(".again")

    done = reader.get("/minute")

    with behind():
        drawn = daily.round_of(ada.id, TODAY)
        assert drawn is not None
        notions = releases.current().notions
        assert named == [notions[drawn.about(slot).notion].name.en for slot in (1, 2)]
        assert done.all(".keep-text") == [notions[each.notion].keep.en for each in drawn.choices]
    assert len(again) == len(drawn.choices)
    assert all("You will see this again in about" in each for each in again)
    assert done.all(".kept-idea .again") == again


def test_not_knowing_counts_as_taking_part(reader: Visitor, behind: Behind) -> None:
    first, second = dont_know(reader), dont_know(reader)

    assert first.title == second.title == "You did not know: now you will"
    assert second.all(".coin") == ["15 points", "1 star"]
    assert second.all(".won-title") == ["First minute", "Plain speaker"]


def test_an_answer_that_was_not_right_offers_the_lesson(
    reader: Visitor, behind: Behind, ada: Person
) -> None:
    page = dont_know(reader)

    drawn, _question = asked(behind, ada)
    with behind():
        lesson = releases.current().notions[drawn.notion].lesson
    assert page.html.select_one(f'.again a[href="/lessons/{lesson}"]') is not None


def test_a_refresh_draws_no_other_question(reader: Visitor, behind: Behind) -> None:
    first, second = reader.get("/minute"), reader.get("/minute")

    assert first.all("legend") == second.all("legend")
    assert first.form("/minute/").action == second.form("/minute/").action
    with behind():
        assert db.session.scalar(select(func.count()).select_from(Round)) == 1


def test_another_device_gets_the_same_question(reader: Visitor, ada: Person) -> None:
    other = Visitor(reader.app).as_person(ada)

    assert reader.get("/minute").all("legend") == other.get("/minute").all("legend")


def test_sending_an_answer_again_shows_the_same_and_earns_nothing_more(
    reader: Visitor, behind: Behind, ada: Person
) -> None:
    answer_right(reader, behind, ada)
    page = reader.get("/minute")
    drawn, question = asked(behind, ada)
    right = right_fields(question, drawn.seed)
    first = reader.submit(page, f"/minute/{drawn.id}", right)

    again = reader.submit(page, f"/minute/{drawn.id}", right)

    assert again.all(".review") == first.all(".review")
    assert again.all(".coin") == first.all(".coin")
    assert (points(behind, ada), answers_kept(behind)) == (14, 2)


def test_changing_ones_mind_in_another_tab_changes_nothing(
    reader: Visitor, behind: Behind, ada: Person
) -> None:
    tab = reader.get("/minute")
    first = answer_right(reader, behind, ada)

    again = reader.submit(tab, "/minute/", DONT_KNOW)

    assert again.title == first.title == "That’s right"
    assert answers_kept(behind) == 1


def test_saying_nothing_is_refused_beside_the_question(reader: Visitor, behind: Behind) -> None:
    page = reader.submit(reader.get("/minute"), "/minute/", {}, 400)

    assert page.all(".field-error") == ["Choose an answer, or say that you don’t know."]
    assert answers_kept(behind) == 0
    assert dont_know(reader).title == "You did not know: now you will"


def test_the_second_question_waits_for_the_first(
    reader: Visitor, behind: Behind, ada: Person
) -> None:
    reader.get("/minute")
    drawn, _question = asked(behind, ada)
    with behind():
        release = releases.current().release

    page = forge(reader, f"/minute/{drawn.id}/2", {**DONT_KNOW, "release": release}, 409)

    assert "Answer the question before this one first." in page.text
    assert answers_kept(behind) == 0


def test_an_explanation_that_is_not_due_is_not_shown(
    reader: Visitor, behind: Behind, ada: Person
) -> None:
    reader.get("/minute")
    drawn, _question = asked(behind, ada)

    assert reader.get(f"/minute/{drawn.id}/1").title == "Question 1 of 2"
    assert reader.get(f"/minute/{drawn.id}/2").title == "Question 1 of 2"


@pytest.mark.parametrize("slot", [0, 3, 99])
def test_a_question_the_round_does_not_have_is_not_found(
    reader: Visitor, behind: Behind, ada: Person, slot: int
) -> None:
    with behind():
        drawn = draw(ada)

    reader.get(f"/minute/{drawn.id}/{slot}", 404)


def test_an_explanation_may_be_read_again_in_the_other_language(
    reader: Visitor, behind: Behind, ada: Person
) -> None:
    reader.get("/minute")
    _drawn, question = asked(behind, ada)
    page = answer_right(reader, behind, ada)

    french = reader.submit(page, "/language", {"language": "fr"})

    assert french.url == page.url
    assert question.explain_html.en in page.response.text
    assert question.explain_html.fr in french.response.text
    assert question.explain_html.en not in french.response.text
