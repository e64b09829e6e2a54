"""A module's quiz, from its first page to its result."""

from collections.abc import Callable
from datetime import datetime, timedelta

import pytest
from sqlalchemy import func, select

from academy.database import db
from academy.learning import queries as learning
from academy.learning import services as study
from academy.learning.models import Attempt, Kind
from academy.people.models import Person
from academy.rewards import queries as rewards
from tests.conftest import MONDAY
from tests.factories import answers, make_person, open_quiz, read_lesson, sit_quiz
from tests.pages.conftest import Behind, forge
from tests.visitor import Page, Visitor

QUIZ = "/quizzes/changes"

Form = dict[str, list[str]]


def begin(reader: Visitor) -> Page:
    return reader.submit(reader.get(QUIZ), "/start")


def filled(behind: Behind, number: int, right: bool = True) -> Form:
    """The answers to every question of an attempt."""
    with behind():
        attempt = learning.attempt(number)
        assert attempt is not None
        return answers(study.questions_of(attempt), attempt.seed, right)


def number_of(page: Page) -> int:
    return int(page.url.split("/")[2])


def take(reader: Visitor, behind: Behind, right: bool = True) -> Page:
    """Start the quiz and hand it in."""
    page = begin(reader)
    return reader.submit(page, page.url, filled(behind, number_of(page), right))


def attempts(behind: Behind) -> int:
    with behind():
        return db.session.scalar(select(func.count()).where(Attempt.kind == Kind.QUIZ)) or 0


def test_the_first_page_says_what_the_quiz_is_and_what_was_not_read(
    reader: Visitor, behind: Behind, ada: Person
) -> None:
    with behind():
        read_lesson(ada, "cloud-has-an-address")

    page = reader.get(QUIZ)

    assert page.all(".terms dd") == ["8", "70%", "–"]
    assert len(page.html.select(".unread a")) == 3
    assert "/lessons/cloud-has-an-address" not in page.response.text
    assert page.all(".post-button") == ["Start the quiz"]
    assert attempts(behind) == 0


def test_starting_twice_opens_the_same_questions(reader: Visitor, behind: Behind) -> None:
    first, second = begin(reader), begin(reader)

    assert first.url == second.url
    assert first.all("fieldset.ask legend") == second.all("fieldset.ask legend")
    assert len(first.html.select("fieldset.ask")) == 8
    assert attempts(behind) == 1


def test_a_quiz_left_open_may_be_continued(reader: Visitor) -> None:
    begin(reader)

    assert reader.get(QUIZ).all(".post-button") == ["Continue"]


def test_a_flawless_quiz_is_passed_and_paid(reader: Visitor, behind: Behind, ada: Person) -> None:
    page = take(reader, behind)

    assert page.title == "Passed"
    assert page.all(".figure") == ["8 / 8"]
    assert page.all(".folded-head .hidden-visually") == ["That’s right"] * 8
    assert page.all(".coin") == ["90 points", "7 keys"]
    assert page.all(".won-title") == ["Not a blot"]
    with behind():
        assert rewards.balances(ada.id).points == 90


def test_a_quiz_passed_again_earns_nothing_more(
    reader: Visitor, behind: Behind, ada: Person
) -> None:
    take(reader, behind)

    page = take(reader, behind)

    assert page.title == "Passed"
    assert page.html.select(".earned") == []
    with behind():
        assert rewards.balances(ada.id).points == 90


def test_a_failed_quiz_says_so_and_may_be_tried_again(reader: Visitor, behind: Behind) -> None:
    page = take(reader, behind, right=False)

    assert page.title == "Not yet"
    assert page.html.select(".earned") == []
    assert page.link("Try again") == QUIZ
    assert page.all(".again") == [
        "2 tries left today; the questions change each time and your best result counts."
    ]
    assert take(reader, behind).title == "Passed"
    assert reader.get(QUIZ).all(".terms dd") == ["8", "70%", "100%"]


def test_the_best_result_stays_after_a_worse_one(reader: Visitor, behind: Behind) -> None:
    take(reader, behind)
    take(reader, behind, right=False)

    page = reader.get(QUIZ)

    assert page.all(".terms dd") == ["8", "70%", "100%"]
    assert page.all(".granted") == ["Passed. You may take it again for the pleasure of it."]


def test_three_tries_a_day_and_again_tomorrow(
    reader: Visitor, behind: Behind, ada: Person, now: Callable[[datetime], None]
) -> None:
    with behind():
        for _ in range(3):
            sit_quiz(ada, "changes", right=False)

    page = reader.get(QUIZ)

    tomorrow = "Three tries today already. Read a lesson again, and come back tomorrow."
    assert page.all(".notice") == [tomorrow]
    assert page.html.select(".post-button") == []
    assert tomorrow in forge(reader, f"{QUIZ}/start", {}, 409).text
    assert attempts(behind) == 3
    now(MONDAY + timedelta(days=1))
    assert take(reader, behind).title == "Passed"


def test_the_third_result_offers_no_fourth_try(
    reader: Visitor, behind: Behind, ada: Person
) -> None:
    with behind():
        sit_quiz(ada, "changes", right=False)
        sit_quiz(ada, "changes", right=False)

    page = take(reader, behind, right=False)

    assert "Try again" not in page.text
    assert page.all(".again") == [
        "Three tries today already. Read a lesson again, and come back tomorrow."
    ]


def test_an_attempt_not_handed_in_has_no_result_yet(reader: Visitor) -> None:
    page = begin(reader)

    again = reader.get(f"{page.url}/result")

    assert again.url == page.url


def test_an_attempt_handed_in_shows_its_result_and_nothing_else(
    reader: Visitor, behind: Behind
) -> None:
    page = begin(reader)
    right = filled(behind, number_of(page))
    reader.submit(page, page.url, right)

    again = reader.submit(page, page.url, filled(behind, number_of(page), right=False))

    assert again.url == f"{page.url}/result"
    assert again.all(".figure-right") == ["8"]
    assert reader.get(page.url).url == f"{page.url}/result"


def test_answers_left_out_are_said_and_the_others_kept(reader: Visitor, behind: Behind) -> None:
    page = begin(reader)
    fields = filled(behind, number_of(page))
    some = {name: values for name, values in fields.items() if not name.startswith("q5-")}

    page = reader.submit(page, page.url, some, 400)

    errors = [bool(ask.select(".field-error")) for ask in page.html.select("fieldset.ask")]
    assert errors == [slot == 5 for slot in range(1, 9)]
    assert page.html.select("fieldset.ask:nth-of-type(5) [checked]") == []
    assert reader.submit(page, page.url, fields).title == "Passed"


@pytest.mark.parametrize("tail", ["", "/result"])
def test_somebody_elses_attempt_does_not_exist(reader: Visitor, behind: Behind, tail: str) -> None:
    with behind():
        theirs = open_quiz(make_person(), "changes")

    page = reader.get(f"/attempts/{theirs.id}{tail}", 404)

    assert page.title == "There is nothing at this address"


def test_somebody_elses_attempt_cannot_be_handed_in(reader: Visitor, behind: Behind) -> None:
    with behind():
        theirs = open_quiz(make_person(), "changes")

    forge(reader, f"/attempts/{theirs.id}", filled(behind, theirs.id), 404)

    with behind():
        attempt = learning.attempt(theirs.id)
        assert attempt is not None
        assert attempt.submitted_at is None


def test_answers_to_another_edition_are_not_marked(reader: Visitor, behind: Behind) -> None:
    page = begin(reader)
    fields: Form = {**filled(behind, number_of(page)), "release": ["older"]}

    refused = reader.submit(page, page.url, fields, 409)

    assert "nothing was counted" in refused.text
    assert reader.get(page.url).url == page.url
