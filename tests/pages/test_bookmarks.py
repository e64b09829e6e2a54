"""Lessons kept for later."""

from collections.abc import Callable
from datetime import datetime, timedelta

import pytest
from flask import Flask

from academy.catalog import releases
from academy.catalog.tree import Catalog
from academy.people.models import Person
from tests.conftest import MONDAY
from tests.factories import make_person
from tests.pages.conftest import Behind, forge
from tests.services.packs import fresh_worker, publish, roll_back, shipped, without_module
from tests.visitor import Page, Visitor

LESSON, OTHER = "cloud-has-an-address", "speed-of-change"
SHELF = "/kept-for-later"


@pytest.fixture
def catalog(app: Flask) -> Catalog:
    with app.app_context():
        return releases.current()


def keep(reader: Visitor, lesson: str) -> Page:
    return reader.submit(reader.get(f"/lessons/{lesson}"), "/keep")


def test_an_empty_shelf_invites(reader: Visitor) -> None:
    page = reader.get(SHELF)

    assert page.all(".empty h2") == ["Nothing kept yet"]
    assert page.link("See the lessons") == "/themes"


def test_a_lesson_kept_is_found_again_from_learn_and_from_the_menu(
    reader: Visitor, catalog: Catalog
) -> None:
    kept = keep(reader, LESSON)

    assert kept.url == f"/lessons/{LESSON}"
    assert kept.all(".toast p") == ["Kept for later. It waits under “Learn”."]
    assert reader.get("/themes").link("Kept for later") == SHELF
    shelf = reader.get(SHELF)
    assert shelf.all(".kept h2") == [catalog.lessons[LESSON].title.en]
    assert shelf.html.select(f".account-menu a[href='{SHELF}']")


def test_the_last_one_kept_comes_first(
    reader: Visitor, catalog: Catalog, now: Callable[[datetime], None]
) -> None:
    keep(reader, LESSON)
    now(MONDAY + timedelta(minutes=1))
    keep(reader, OTHER)

    titles = [catalog.lessons[key].title.en for key in (OTHER, LESSON)]
    assert reader.get(SHELF).all(".kept h2") == titles


def test_keeping_twice_in_two_tabs_keeps_once(reader: Visitor) -> None:
    one, other = reader.get(f"/lessons/{LESSON}"), reader.get(f"/lessons/{LESSON}")

    reader.submit(one, "/keep")
    reader.submit(other, "/keep")

    assert len(reader.get(SHELF).all(".kept")) == 1


def test_letting_go_twice_lets_go(reader: Visitor) -> None:
    keep(reader, LESSON)
    one, other = reader.get(SHELF), reader.get(f"/lessons/{LESSON}")

    assert reader.submit(one, "/let-go").url == SHELF
    after = reader.submit(other, "/let-go")

    assert after.url == f"/lessons/{LESSON}"
    assert after.all(".keep-button") == ["Keep for later"]
    assert reader.get(SHELF).all(".kept") == []


def test_nobody_sees_what_somebody_else_keeps(app: Flask, reader: Visitor, behind: Behind) -> None:
    keep(reader, LESSON)
    with behind():
        bob = make_person()

    other = Visitor(app).as_person(bob)

    assert other.get(SHELF).all(".kept") == []
    assert other.get(f"/lessons/{LESSON}").all(".keep-button") == ["Keep for later"]


def test_a_withdrawn_lesson_leaves_politely_and_may_come_back(
    app: Flask, reader: Visitor, ada: Person
) -> None:
    with fresh_worker(app):
        publish(app, shipped())
        keep(reader, LESSON)
        page = reader.get(f"/lessons/{OTHER}")
        publish(app, without_module(shipped(), "changes"))

        shelf = reader.get(SHELF)
        assert shelf.all(".kept") == []
        assert "A lesson you had kept has left the academy" in shelf.text
        assert "withdrawn from the academy" in reader.submit(page, "/keep", status=410).text
        roll_back(app)
        assert len(reader.get(SHELF).all(".kept")) == 1


@pytest.mark.parametrize("lesson", ["nothing", "%00", "A"])
def test_what_is_no_lesson_is_neither_kept_nor_let_go(reader: Visitor, lesson: str) -> None:
    keeping = forge(reader, f"/lessons/{lesson}/keep", {}, 410)

    assert keeping.all(".kept") == []
    known = lesson == "nothing"
    assert forge(reader, f"/lessons/{lesson}/let-go", {}, 200 if known else 404)


@pytest.mark.parametrize("back", ["https://elsewhere.example", "//elsewhere.example", "/\\x"])
def test_the_button_leads_nowhere_else(reader: Visitor, back: str) -> None:
    assert forge(reader, f"/lessons/{LESSON}/keep", {"next": back}, 200).url == (
        f"/lessons/{LESSON}"
    )
