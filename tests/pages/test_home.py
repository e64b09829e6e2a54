"""The first page in each of its states."""

from collections.abc import Callable
from datetime import datetime, timedelta

from academy.catalog import releases
from academy.people.models import Person
from tests.conftest import MONDAY
from tests.factories import (
    answer,
    do_round,
    draw,
    earn_passport,
    make_person,
    read_lesson,
    sit_quiz,
)
from tests.pages.conftest import Behind
from tests.visitor import Visitor


def test_on_the_first_day_a_minute_waits_and_a_lesson_is_offered(reader: Visitor) -> None:
    page = reader.get("/")

    assert page.title == "Hello Ada"
    assert page.all("#minute-title") == ["Your minute is waiting"]
    assert page.link("Start my minute") == "/minute"
    assert page.all(".stat-value") == ["0", "0", "0"]
    assert page.link("Read:") == "/lessons/web-versus-internet"
    assert len(page.html.select("[aria-labelledby=fresh-title] .lesson-card")) == 3
    assert page.html.select("#recent-title") == []


def test_a_minute_that_was_opened_but_not_answered_still_waits(
    reader: Visitor, behind: Behind, ada: Person
) -> None:
    with behind():
        draw(ada)

    assert reader.get("/").all("#minute-title") == ["Your minute is waiting"]


def test_a_minute_begun_is_half_done(reader: Visitor, behind: Behind, ada: Person) -> None:
    with behind():
        answer(ada, draw(ada))

    page = reader.get("/")

    assert page.all("#minute-title") == ["Your minute is half done"]
    assert page.link("Finish my minute") == "/minute"
    assert len(page.html.select(".punch.is-punched")) == 1


def test_a_minute_done_is_done_and_has_paid(reader: Visitor, behind: Behind, ada: Person) -> None:
    with behind():
        do_round(ada)

    page = reader.get("/")

    assert page.all("#minute-title") == ["Today’s minute is done"]
    assert page.all(".stat-star .stat-value") == ["1"]
    assert page.all(".stat-key .stat-value") == ["2"]
    assert page.all(".recent-title") == ["First minute"]


def test_the_next_day_another_minute_waits(
    reader: Visitor, behind: Behind, ada: Person, now: Callable[[datetime], None]
) -> None:
    with behind():
        do_round(ada)

    now(MONDAY + timedelta(days=1))

    assert reader.get("/").all("#minute-title") == ["Your minute is waiting"]


def test_the_day_turns_at_midnight_where_the_person_is(
    reader: Visitor, behind: Behind, ada: Person, now: Callable[[datetime], None]
) -> None:
    with behind():
        do_round(ada)

    now(MONDAY.replace(hour=22, minute=59))  # 23:59 in Paris
    assert reader.get("/").all("#minute-title") == ["Today’s minute is done"]
    now(MONDAY.replace(hour=23, minute=0))
    assert reader.get("/").all("#minute-title") == ["Your minute is waiting"]


def test_the_way_to_the_passport_is_counted(reader: Visitor, behind: Behind, ada: Person) -> None:
    with behind():
        sit_quiz(ada, "doors")

    page = reader.get("/")

    assert page.all(".cover progress") == ["2"]
    assert page.all(".cover-next") == [
        "1 of 5 quizzes passed, 4 left; quizzes passed in 1 of 3 themes, 2 left."
    ]


def test_a_passport_issued_is_said_and_its_visas_are_stamped(
    reader: Visitor, behind: Behind, ada: Person
) -> None:
    with behind():
        earn_passport(ada)

    page = reader.get("/")

    assert "Issued. Anyone you show it to can verify it." in page.all(".cover p")
    assert len(page.html.select(".stamp-granted")) == 3


def test_when_everything_is_read_no_lesson_is_offered(
    reader: Visitor, behind: Behind, ada: Person
) -> None:
    with behind():
        for key in releases.current().lessons:
            read_lesson(ada, key)

    page = reader.get("/")

    assert page.html.select(".next-lesson, #fresh-title, .lesson-card") == []
    assert "Every lesson is read" in page.text


def test_three_awards_are_shown_the_newest_first(
    reader: Visitor, behind: Behind, ada: Person
) -> None:
    with behind():
        do_round(ada, MONDAY - timedelta(days=3))
        read_lesson(ada, "cloud-has-an-address", MONDAY - timedelta(days=2))
        sit_quiz(ada, "doors", MONDAY - timedelta(days=1))
        do_round(ada, right=False)

    shown = reader.get("/").all(".recent-title")

    assert shown == ["Plain speaker", "Not a blot", "First step"]


def test_what_somebody_else_did_is_not_on_my_page(reader: Visitor, behind: Behind) -> None:
    with behind():
        other = make_person()
        do_round(other)
        earn_passport(other)

    page = reader.get("/")

    assert page.all("#minute-title") == ["Your minute is waiting"]
    assert page.all(".stat-value") == ["0", "0", "0"]


def test_probes_need_no_session_and_no_database(visitor: Visitor) -> None:
    answer = visitor.client.get("/health")

    assert answer.json == {"status": "ok"}
