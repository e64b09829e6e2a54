"""The questions that close a lesson."""

import pytest
from sqlalchemy import func, select

from academy.catalog import releases
from academy.database import db
from academy.learning import services as study
from academy.learning.models import Attempt
from academy.mastery.models import Answer
from academy.people.models import Person
from academy.rewards import queries as rewards
from tests.factories import answers, learner, read_lesson
from tests.pages.conftest import Behind, forge
from tests.visitor import Page, Visitor

LESSON = "cloud-has-an-address"
CHECK = f"/lessons/{LESSON}/check"

Form = dict[str, list[str]]


def filled(person: Person, right: bool = True, number: int = 1) -> Form:
    """All the answers of the check, as the person's own page would post them."""
    questions = study.check_questions(learner(person), releases.current().lessons[LESSON])
    return answers(questions, study.check_seed(person.id, LESSON, number), right)


@pytest.fixture
def right(behind: Behind, ada: Person) -> Form:
    with behind():
        return filled(ada)


def kept(behind: Behind) -> tuple[int, int]:
    """How many attempts and answers there are."""
    with behind():
        return tuple(
            db.session.scalar(select(func.count()).select_from(table)) or 0
            for table in (Attempt, Answer)
        )  # type: ignore[return-value]  # two tables, two counts


def points(behind: Behind, person: Person) -> int:
    with behind():
        return rewards.balances(person.id).points


def hand_in(reader: Visitor, fields: Form, status: int = 200) -> Page:
    return reader.submit(reader.get(CHECK), CHECK, fields, status)


def test_all_right_is_said_and_paid(
    reader: Visitor, behind: Behind, ada: Person, right: Form
) -> None:
    page = hand_in(reader, right)

    assert page.title == "Lesson read"
    assert page.all(".figure-right") == ["3"]
    assert page.all(".folded-head .hidden-visually") == ["That’s right"] * 3
    assert page.all(".coin") == ["15 points"]
    assert page.all(".won-title") == ["First step"]
    assert points(behind, ada) == 15


def test_not_knowing_is_an_answer_and_reading_is_paid_all_the_same(
    reader: Visitor, behind: Behind, ada: Person
) -> None:
    page = hand_in(reader, {f"q{slot}-dont_know": ["1"] for slot in (1, 2, 3)})

    assert page.title == "Lesson read"
    assert page.all(".figure-right") == ["0"]
    assert page.all(".folded-head .hidden-visually") == ["You did not know: now you will"] * 3
    assert points(behind, ada) == 15


def test_an_answer_left_out_is_said_beside_it_and_the_others_stay_ticked(
    reader: Visitor, behind: Behind, right: Form
) -> None:
    short = {name: values for name, values in right.items() if not name.startswith("q2-")}

    page = hand_in(reader, short, 400)

    assert page.all(".ask .field-error") == ["Choose an answer, or say that you don’t know."]
    second = page.html.select("fieldset.ask")[1]
    described = str(second["aria-describedby"])
    assert second.select_one(f"#{described}") is not None
    ticked = {
        str(box["name"]): [str(box["value"])]
        for box in page.html.select("fieldset.ask input[checked]")
    }
    assert ticked == short
    assert kept(behind) == (0, 0)


def test_a_check_mended_after_an_error_counts_once(
    reader: Visitor, behind: Behind, right: Form
) -> None:
    page = hand_in(reader, {"q1-dont_know": ["1"]}, 400)

    page = reader.submit(page, CHECK, right)

    assert page.title == "Lesson read"
    assert kept(behind) == (1, 3)


def test_the_same_form_sent_twice_counts_once(
    reader: Visitor, behind: Behind, ada: Person, right: Form
) -> None:
    page = reader.get(CHECK)

    first, second = (reader.submit(page, CHECK, right) for _ in range(2))

    assert first.url == second.url
    assert kept(behind) == (1, 3)
    assert points(behind, ada) == 15


def test_a_second_tab_with_other_answers_changes_nothing(reader: Visitor, right: Form) -> None:
    tab = reader.get(CHECK)
    first = hand_in(reader, right)

    again = reader.submit(tab, CHECK, {f"q{slot}-dont_know": ["1"] for slot in (1, 2, 3)})

    assert (again.url, again.all(".figure-right")) == (first.url, ["3"])


def test_a_lesson_answered_again_earns_nothing_more(
    reader: Visitor, behind: Behind, ada: Person, right: Form
) -> None:
    hand_in(reader, right)
    with behind():
        second = filled(ada, number=2)

    page = hand_in(reader, second)

    assert page.all(".figure-right") == ["3"]
    assert page.html.select(".earned") == []
    assert points(behind, ada) == 15
    assert kept(behind) == (2, 6)


def test_the_result_leads_to_the_next_lesson(reader: Visitor, right: Form) -> None:
    page = hand_in(reader, right)

    assert page.link("Next: ") == "/lessons/speed-of-change"


def test_after_the_last_lesson_the_result_leads_to_the_quiz(
    reader: Visitor, behind: Behind, ada: Person
) -> None:
    with behind():
        attempt = read_lesson(ada, "change-is-people")

    page = reader.get(f"/attempts/{attempt}/result")

    assert page.link("Take the module’s quiz") == "/quizzes/changes"


@pytest.mark.parametrize(
    "number", ["0", "2", "-1", "99999999999999999999", "-99999999999999999999"]
)
def test_a_try_that_is_not_the_next_one_is_refused(
    reader: Visitor, behind: Behind, number: str
) -> None:
    fields: Form = {f"q{slot}-dont_know": ["1"] for slot in (1, 2, 3)}

    page = hand_in(reader, {**fields, "number": [number]}, 409)

    assert "nothing was counted" in page.text
    assert kept(behind) == (0, 0)


def test_answers_to_another_edition_are_not_marked(
    reader: Visitor, behind: Behind, right: Form
) -> None:
    page = forge(reader, CHECK, {**right, "number": "1", "release": "older"}, 409)

    assert "Open the questions again." in page.text
    assert kept(behind) == (0, 0)


def test_the_result_is_in_the_language_of_the_page(
    reader: Visitor, behind: Behind, right: Form
) -> None:
    page = hand_in(reader, right)

    page = reader.submit(page, "/language", {"language": "fr"})

    with behind():
        question = releases.current().questions[releases.current().lessons[LESSON].check[0]]
    assert page.response.text.count(question.explain_html.fr) == 1
