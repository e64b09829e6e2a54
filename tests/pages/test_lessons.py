"""Themes, their lessons, and the pictures of these."""

import pytest
from flask import Flask

from academy.catalog import releases, shelf
from academy.catalog.tree import Catalog
from academy.people.models import Person
from tests.factories import make_person, read_lesson, sit_quiz
from tests.pages.conftest import Behind, on_sqlite_only
from tests.visitor import Visitor

LESSON = "cloud-has-an-address"


@pytest.fixture
def catalog(app: Flask) -> Catalog:
    with app.app_context():
        return releases.current()


def plain(words: str) -> str:
    """With the spaces a page is read with."""
    return " ".join(words.split())


def test_the_themes_are_countries_with_their_figures(
    reader: Visitor, behind: Behind, ada: Person, catalog: Catalog
) -> None:
    with behind():
        read_lesson(ada, LESSON)
        sit_quiz(ada, "doors")

    page = reader.get("/themes")

    assert page.all(".country-title") == [theme.title.en for theme in shelf.theme_list(catalog)]
    assert page.all(".country progress") == ["1", "0", "0", "0", "0", "0"]
    assert page.all(".country .granted") == ["Visa granted"]
    assert page.all(".posts .progress-figure") == ["0 / of 4"] * 3 + ["1 / of 4"] + ["0 / of 4"] * 2


def test_a_theme_lists_its_modules_with_what_was_read_and_passed(
    reader: Visitor, behind: Behind, ada: Person, catalog: Catalog
) -> None:
    with behind():
        read_lesson(ada, LESSON)
        sit_quiz(ada, "changes")
        sit_quiz(ada, "data", right=False)

    page = reader.get("/themes/culture")

    assert page.all(".module h2")[0] == catalog.modules["changes"].title.en
    assert page.all(".lesson-row.is-done a") == [catalog.lessons[LESSON].title.en]
    said = [words.partition(" : ") for words in page.all(".quiz-words a")]
    assert [what for what, _colon, _module in said] == [
        "Quiz passed",
        "Try the quiz again",
        "Take the quiz",
        "Take the quiz",
        "Take the quiz",
    ]
    assert [module for _what, _colon, module in said] == page.all(".module h2")


@on_sqlite_only
@pytest.mark.parametrize("language", ["fr", "en"])
def test_every_page_of_the_pack_is_drawn(
    visitor: Visitor, behind: Behind, catalog: Catalog, language: str
) -> None:
    with behind():
        visitor.as_person(make_person(language=language))

    for key, theme in catalog.themes.items():
        assert visitor.get(f"/themes/{key}").title == plain(theme.title.said(language))
    for key, module in catalog.modules.items():
        assert visitor.get(f"/quizzes/{key}").title == plain(module.title.said(language))
    for key, lesson in catalog.lessons.items():
        page = visitor.get(f"/lessons/{key}")
        assert page.title == plain(lesson.title.said(language))
        assert len(page.text) > 1000


@on_sqlite_only
@pytest.mark.parametrize("language", ["fr", "en"])
def test_every_check_of_the_pack_is_drawn(
    visitor: Visitor, behind: Behind, catalog: Catalog, language: str
) -> None:
    with behind():
        visitor.as_person(make_person(language=language))

    for key, lesson in catalog.lessons.items():
        page = visitor.get(f"/lessons/{key}/check")
        assert page.title == plain(lesson.title.said(language))
        assert len(page.html.select("fieldset.ask")) == len(lesson.check)


def test_a_lesson_leads_to_its_check_and_to_its_neighbours(reader: Visitor) -> None:
    page = reader.get("/lessons/speed-of-change")

    assert page.link("I have read: ask me") == "/lessons/speed-of-change/check"
    assert page.link("Before") == f"/lessons/{LESSON}"
    assert page.link("After") == "/lessons/change-is-people"


def test_a_lesson_read_says_so(reader: Visitor, behind: Behind, ada: Person) -> None:
    with behind():
        read_lesson(ada, LESSON)

    page = reader.get(f"/lessons/{LESSON}")

    assert page.all(".reading-head .mark-done") == ["Read"]
    assert page.link("Answer again") == f"/lessons/{LESSON}/check"


def test_a_picture_is_drawn_where_there_is_one(reader: Visitor) -> None:
    with_picture = reader.get(f"/lessons/{LESSON}").html.select(".reading-picture")
    without = reader.get("/lessons/speed-of-change").html.select(".reading-picture")

    assert [found["src"] for found in with_picture] == [f"/lessons/{LESSON}/picture.svg"]
    assert with_picture[0]["alt"]
    assert without == []


def test_every_picture_of_the_pack_may_be_seen_and_kept_by_anybody(
    visitor: Visitor, catalog: Catalog
) -> None:
    for lesson in catalog.lessons.values():
        if lesson.picture:
            answer = visitor.client.get(f"/lessons/{lesson.key}/picture.svg")
            assert (answer.status_code, answer.mimetype) == (200, "image/svg+xml")
            assert answer.cache_control.max_age == 86_400


@pytest.mark.parametrize(
    "path",
    [
        "/themes/nothing",
        "/lessons/nothing",
        "/lessons/nothing/check",
        "/quizzes/nothing",
        "/lessons/nothing/picture.svg",
        "/lessons/speed-of-change/picture.svg",
        "/lessons/..%2f..%2fetc/picture.svg",
        "/lessons/Cloud-Has-An-Address",
    ],
)
def test_what_the_pack_does_not_hold_is_not_found(reader: Visitor, path: str) -> None:
    page = reader.get(path, 404)

    assert page.title == "There is nothing at this address"
    assert page.link("Back to the home page") == "/"
