"""The pages where authors see how their questions do."""

from datetime import timedelta
from itertools import count

import pytest

from academy.catalog import releases
from academy.database import db
from academy.mastery.figures import jobs
from academy.mastery.models import Answer
from academy.people.models import Role
from tests.conftest import MONDAY, Counting
from tests.factories import make_person
from tests.pages.conftest import Behind
from tests.visitor import Visitor

_contexts = count(1)


def single() -> str:
    return next(
        key for key, question in releases.current().questions.items() if question.type == "single"
    )


def chosen(question: str, option: str, right: bool, times: int, predicted: float) -> None:
    known = releases.current()
    db.session.add_all(
        Answer(
            person_id=None,
            context="round",
            context_id=next(_contexts),
            slot=1,
            question=question,
            notion=known.questions[question].notion,
            release=known.release,
            given={"choice": [option]},
            right=right,
            score=float(right),
            dont_know=False,
            at=MONDAY - timedelta(days=1),
            predicted=predicted,
            seconds=12.0,
        )
        for _ in range(times)
    )
    db.session.commit()


def wrongly_keyed(question: str) -> None:
    """The able choose b, the others a: and a is said to be right."""
    chosen(question, "a", True, 20, 0.4)
    chosen(question, "a", True, 20, 0.5)
    chosen(question, "b", False, 40, 0.8)
    chosen(question, "b", False, 40, 0.9)
    jobs.count_answers(MONDAY)


@pytest.fixture
def desk(visitor: Visitor, behind: Behind) -> Visitor:
    """An author at their screen."""
    with behind():
        author = make_person(Role.AUTHOR)
    return visitor.as_person(author)


def test_a_question_whose_key_is_doubtful_comes_first(desk: Visitor, behind: Behind) -> None:
    with behind():
        key = single()
        wrongly_keyed(key)

    page = desk.get("/questions")

    first = page.html.select_one(".questions tbody tr")
    assert first is not None
    assert "Is the key right?" in first.get_text()
    assert first.select_one(f"a[href='/questions/{key}']")
    assert "1 question to look at" in page.text


def test_its_page_says_what_was_seen_and_what_to_do(desk: Visitor, behind: Behind) -> None:
    with behind():
        key = single()
        wrongly_keyed(key)

    page = desk.get(f"/questions/{key}")

    assert "Check the key first" in page.text
    assert "14 seconds" in page.text  # the middle of 12 to 15
    assert "33 %" in page.text
    options = [row.get_text(" ", strip=True) for row in page.html.select(".questions tbody tr")]
    assert "85 %" in options[0]
    assert "The key" in options[1]


def test_before_ten_answers_nothing_is_said(desk: Visitor, behind: Behind) -> None:
    with behind():
        key = single()
        chosen(key, "a", True, 9, 0.5)
        jobs.count_answers(MONDAY)

    assert "Too early to say" in desk.get(f"/questions/{key}").text
    assert "Nothing suspect" in desk.get("/questions").text


def test_a_theme_shows_its_own_questions_only(desk: Visitor) -> None:
    every = desk.get("/questions").html.select(".questions tbody tr")
    some = desk.get("/questions?theme=security").html.select(".questions tbody tr")
    unknown = desk.get("/questions?theme=nowhere").html.select(".questions tbody tr")

    assert 0 < len(some) < len(every) == len(unknown)
    assert all("ink-security" in row["class"] for row in some)


def test_a_question_that_does_not_exist_is_not_found(desk: Visitor) -> None:
    assert desk.get("/questions/no-such-question", status=404)


def test_learners_do_not_see_them(visitor: Visitor, behind: Behind) -> None:
    with behind():
        visitor.as_person(make_person())

    assert visitor.get("/questions", status=403)
    assert visitor.get(f"/questions/{'x'}", status=403)


def test_the_pages_send_as_many_statements_however_many_answers(
    desk: Visitor, behind: Behind, count_statements: Counting
) -> None:
    with behind():
        key = single()
        wrongly_keyed(key)
    for url, statements in (("/questions", 3), (f"/questions/{key}", 4)):
        with count_statements() as sent:
            desk.get(url)

        assert len(sent) == statements, url
