"""Seasons on the pages: what is new, what is announced, what cannot be opened yet."""

from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
from flask import Flask

from academy.catalog import releases, seasons, shelf
from academy.catalog.timetable import Rhythm, Season
from academy.catalog.tree import Words
from academy.database import db
from academy.people.models import Person
from tests.conftest import MONDAY
from tests.factories import TODAY, make_person, read_lesson
from tests.pages.conftest import Behind, forge
from tests.visitor import Visitor

FIRST, SECOND = "thing-that-talks", "chain-of-blocks"


@pytest.fixture(autouse=True)
def serial(app: Flask, monkeypatch: pytest.MonkeyPatch) -> None:
    """One lesson appeared today, another comes next Monday, a third the Monday after."""
    monkeypatch.setattr(seasons, "_timetables", {})
    monkeypatch.setattr(seasons, "_appeared", {})
    with app.app_context():
        catalog = releases.current()
    title = Words("Le cabinet", "The cabinet")
    season = Season(
        "cabinet", title, title, TODAY, 0, Rhythm.WEEKLY, 1, catalog.modules["inventions"].lessons
    )
    edition = replace(catalog, release="serial", seasons={"cabinet": season})
    monkeypatch.setitem(app.extensions, releases._SHELF, edition)


def test_the_page_of_seasons_tells_what_is_new_and_what_comes(reader: Visitor) -> None:
    page = reader.get("/seasons")

    assert page.all("h2")[:3] == ["New this week", "On its way", "The cabinet"]
    assert page.all("#week-title ~ .grid .lesson-card-title") == ["Objects that chat"]
    assert page.all(".coming-when") == [
        "Monday 9 March",
        "Monday 16 March",
        "Monday 23 March",
    ]
    assert "1 lesson of 4 has appeared" in page.text
    assert page.all(".lesson-row .announced-day")[0] == "Appears on Monday 9 March"


def test_a_lesson_to_come_is_announced_on_its_theme_and_cannot_be_opened(reader: Visitor) -> None:
    theme = reader.get("/themes/culture")
    assert "Appears on Monday 9 March" in theme.text
    assert theme.html.select(f"a[href$='/lessons/{SECOND}']") == []

    for path in (f"/lessons/{SECOND}", f"/lessons/{SECOND}/check"):
        refused = reader.get(path, 403)
        assert "This appears on Monday 9 March." in refused.text


def test_its_check_cannot_be_forged(reader: Visitor, rows: Callable[[], dict[str, int]]) -> None:
    before = rows()

    forge(reader, f"/lessons/{SECOND}/check", {"release": "serial", "number": "1"}, 403)

    assert rows() == before


def test_the_day_is_told_in_the_readers_language(app: Flask, behind: Behind) -> None:
    with behind():
        person = make_person(language="fr")

    page = Visitor(app, "fr").as_person(person).get(f"/lessons/{SECOND}", 403)

    assert "paraît le lundi 9 mars" in page.text


def test_it_opens_at_midnight_where_the_reader_is(
    app: Flask, behind: Behind, now: Callable[[datetime], None]
) -> None:
    with behind():
        paris, montreal = make_person(), make_person()
        paris.zone, montreal.zone = "Europe/Paris", "America/Toronto"
        db.session.commit()
    now(datetime(2026, 3, 9, 0, 30, tzinfo=UTC))  # 1:30 in Paris, still Sunday in Montréal

    opened = Visitor(app).as_person(paris).get(f"/lessons/{SECOND}", 200)
    closed = Visitor(app).as_person(montreal).get(f"/lessons/{SECOND}", 403)

    assert opened.html.select("article") != [] == closed.html.select("article")


def test_new_lessons_say_so_for_a_fortnight(
    reader: Visitor, behind: Behind, ada: Person, now: Callable[[datetime], None]
) -> None:
    assert reader.get("/themes/culture").all(".mark-new") == ["New"]
    assert reader.get("/").all("#fresh-title, .lesson-card-title")[-3:][0] == "Objects that chat"

    with behind():
        read_lesson(ada, FIRST)
    assert reader.get("/themes/culture").all(".mark-new") == []

    now(MONDAY + timedelta(days=30))
    assert reader.get("/themes/culture").all(".mark-new") == ["New"]  # the last of the season


def test_the_quiz_says_that_lessons_are_still_to_appear(reader: Visitor) -> None:
    page = reader.get("/quizzes/inventions")

    assert "3 lessons of this module are still to appear" in page.text
    assert page.all(".unread .whole") == ["Objects that chat"]
    assert page.all(".terms dd")[0] == "6"


def test_the_quiz_of_a_module_to_come_is_closed(
    app: Flask, reader: Visitor, now: Callable[[datetime], None]
) -> None:
    now(MONDAY - timedelta(days=1))

    assert "It opens with the first lesson of the module." in reader.get("/themes/culture").text
    assert "This appears on Monday 2 March." in reader.get("/quizzes/inventions", 403).text
    forge(reader, "/quizzes/inventions/start", {}, 403)


def test_a_lesson_read_leads_to_the_quiz_when_the_next_is_still_to_come(
    reader: Visitor, behind: Behind, ada: Person
) -> None:
    with behind():
        number = read_lesson(ada, FIRST)

    page = reader.get(f"/attempts/{number}/result")

    assert page.link("Take the module’s quiz") == "/quizzes/inventions"
    assert reader.get(f"/lessons/{FIRST}").html.select(".turn-next") == []


def test_steps_of_a_track_are_announced_and_its_quiz_waits(
    reader: Visitor, behind: Behind, ada: Person
) -> None:
    forge(reader, "/tracks/workshop-of-tomorrow/follow", {}, 200)
    with behind():
        read_lesson(ada, "data-quality")
        read_lesson(ada, FIRST)

    page = reader.get("/tracks/workshop-of-tomorrow")

    assert "The next step appears on Monday 9 March." in page.text
    assert page.html.select("main .button-primary") == []
    assert page.all(".is-announced .trail-state")[0] == "Appears on Monday 9 March"
    assert page.link("Curious machines") == "/quizzes/inventions"


def test_the_page_of_learning_says_when_something_new_comes(
    reader: Visitor, now: Callable[[datetime], None]
) -> None:
    assert "Something new on Monday 9 March." in reader.get("/themes").text

    now(MONDAY + timedelta(days=60))
    assert "What appeared, and when." in reader.get("/themes").text


def test_a_theme_to_come_says_when_it_starts_instead_of_counting_nothing(
    app: Flask, reader: Visitor, monkeypatch: pytest.MonkeyPatch
) -> None:
    with app.app_context():
        catalog = releases.current()
    lessons = tuple(key for module in shelf.modules_of(catalog, "ai") for key in module.lessons)
    season = replace(catalog.seasons["cabinet"], starts=TODAY + timedelta(days=7), lessons=lessons)
    edition = replace(catalog, release="later", seasons={"later": season})
    monkeypatch.setitem(app.extensions, releases._SHELF, edition)

    for page in (reader.get("/themes"), reader.get("/themes/ai")):
        assert page.all(".country-announced") == ["Starts on Monday 9 March"]
        assert " / 0" not in page.text


def test_an_academy_without_seasons_says_so(
    app: Flask, reader: Visitor, monkeypatch: pytest.MonkeyPatch
) -> None:
    with app.app_context():
        edition = replace(releases.current(), release="plain", seasons={})
    monkeypatch.setitem(app.extensions, releases._SHELF, edition)

    page = reader.get("/seasons")

    assert page.title == "Seasons"
    assert "Everything is there already" in page.text


def test_a_season_to_come_says_when_it_starts(
    reader: Visitor, now: Callable[[datetime], None]
) -> None:
    now(MONDAY - timedelta(days=10))

    assert "Starts on Monday 2 March" in reader.get("/seasons").text
