"""The log of releases, for authors and administrators."""

from collections.abc import Iterator
from datetime import timedelta

import pytest
from flask import Flask

from academy.catalog import queries, releases
from academy.catalog.models import ReleaseInForce
from academy.catalog.releases import Worker
from academy.database import db
from academy.people.models import Person, Role
from tests.conftest import MONDAY, Counting
from tests.factories import make_person
from tests.pages.conftest import Behind
from tests.services.packs import (
    fresh_worker,
    publish,
    reworded,
    roll_back,
    ship,
    shipped,
    without_notion,
)
from tests.visitor import Visitor

LESSON = "web-versus-internet"
FIRST, SECOND = shipped(), reworded(shipped(), LESSON)


@pytest.fixture(autouse=True)
def worker(app: Flask) -> Iterator[Worker]:
    with fresh_worker(app) as fresh:
        yield fresh


@pytest.fixture
def author(behind: Behind) -> Person:
    with behind():
        return make_person(Role.AUTHOR)


@pytest.fixture
def desk(visitor: Visitor, author: Person) -> Visitor:
    """An author at their screen."""
    return visitor.as_person(author)


@pytest.mark.parametrize("role", [Role.AUTHOR, Role.ADMIN])
def test_authors_and_administrators_find_it_in_their_menu(
    app: Flask, visitor: Visitor, behind: Behind, role: Role
) -> None:
    publish(app, FIRST)
    with behind():
        visitor.as_person(make_person(role))

    page = visitor.get(visitor.get("/").link("Releases"))

    assert page.title == "Releases"
    assert visitor.get(f"/releases/{newest(app)}").title.startswith("Release ")


@pytest.mark.parametrize("path", ["/releases", "/releases/1"])
def test_nobody_else_opens_it(app: Flask, reader: Visitor, path: str) -> None:
    publish(app, FIRST)

    reader.get(path, 403)
    assert "Releases" not in reader.get("/").all(".account-list a")
    assert Visitor(app).get(path).url == "/sign-in"


def test_before_any_publication_it_says_where_the_content_comes_from(desk: Visitor) -> None:
    assert "the folder it was started with" in desk.get("/releases").text


def test_every_line_says_who_why_and_how_much_changed(
    app: Flask, desk: Visitor, author: Person
) -> None:
    ship(app, FIRST)
    second = publish(app, SECOND, person_id=author.id, notes="A <clearer> end")
    roll_back(app)
    publish(app, without_notion(SECOND, "web-address"))

    lines = desk.get("/releases").all(".release")

    assert ["In force" in line for line in lines] == [True, False, False, False]
    assert "Published from a terminal" in lines[0]
    assert "withdrawn" in lines[0]
    assert "Put back in force" in lines[1]
    assert "1 changed" in lines[1]
    assert f"Published by {author.given_name} {author.family_name}" in lines[2]
    assert "A <clearer> end" in lines[2]
    assert second in lines[2]
    assert "Came with the academy" in lines[3]
    assert "changed" not in lines[3]


def test_a_line_leads_to_what_it_changed(app: Flask, desk: Visitor) -> None:
    publish(app, FIRST)
    publish(app, without_notion(SECOND, "web-address"))

    page = desk.get(f"/releases/{newest(app)}")

    assert page.all("section h2") == ["Changed", "Withdrawn"]
    assert f"{LESSON}" in page.text
    assert "1 notion" in page.all(".section:last-of-type h3")
    assert "web-address" in page.all(".release-withdrawn .release-key")
    first = desk.get(f"/releases/{newest(app) - 1}")
    assert "nothing before it" in first.text
    assert "28 lessons" in first.text


def test_a_release_that_changes_nothing_a_reader_sees_says_so(app: Flask, desk: Visitor) -> None:
    publish(app, FIRST)
    publish(app, FIRST | {"culture/theme.yaml": FIRST["culture/theme.yaml"] + b"# a note\n"})

    assert "Nothing a reader would see" in desk.get("/releases").text
    assert "differs from the release before" in desk.get(f"/releases/{newest(app)}").text


def test_a_release_that_does_not_exist_is_not_found(desk: Visitor) -> None:
    assert desk.get("/releases/1", 404).status == 404


def test_it_says_when_this_worker_cannot_follow(app: Flask, desk: Visitor, worker: Worker) -> None:
    first = publish(app, FIRST)
    worker.line = 10**6
    with app.app_context():
        releases_left = app.extensions[releases._SHELF]
    publish(app, SECOND)
    app.extensions[releases._SHELF] = releases_left

    assert f"still comes from release {first}" in desk.get("/releases").text


def test_a_long_log_is_turned_page_by_page(
    app: Flask, desk: Visitor, behind: Behind, count_statements: Counting
) -> None:
    key = publish(app, FIRST)
    with behind():
        for day in range(25):
            db.session.add(line(key, day))
        db.session.commit()

    with count_statements() as statements:
        page = desk.get("/releases")
    older = desk.get(page.link("Older"))

    assert sum("release_in_force" in statement for statement in statements) == 1
    assert [len(page.all(".release")), len(older.all(".release"))] == [20, 6]
    assert sum("In force" in each for each in page.all(".release")) == 1
    assert not any("In force" in each for each in older.all(".release"))
    assert desk.get(older.link("Newer")).all(".release") == page.all(".release")


def test_a_long_comparison_is_cut(app: Flask, desk: Visitor, behind: Behind) -> None:
    key = publish(app, FIRST)
    with behind():
        many = line(key, 1)
        things = [["question", f"question-{n}", "Quoi ?", "What?"] for n in range(203)]
        many.changes = {"new": things, "changed": [], "withdrawn": []}
        many.added, many.changed, many.withdrawn = 203, 0, 0
        db.session.add(many)
        db.session.commit()

    page = desk.get(f"/releases/{newest(app)}")

    assert "203 questions" in page.all("h3")
    assert len(page.all(".release-things li")) == 200
    assert "And 3 more" in page.text


def test_it_speaks_french(app: Flask, author: Person, behind: Behind) -> None:
    with behind():
        there = db.session.merge(author)
        there.language = "fr"
        db.session.commit()
    publish(app, FIRST)
    publish(app, SECOND)
    desk = Visitor(app, "fr").as_person(author)

    assert "En vigueur" in desk.get("/releases").text
    assert "Modifié" in desk.get(f"/releases/{newest(app)}").all("h2")


def line(key: str, day: int) -> ReleaseInForce:
    """One more line of the log, without the pain of publishing."""
    return ReleaseInForce(
        release_key=key,
        at=MONDAY + timedelta(days=day),
        action="publish",
        origin="published",
        notes="",
    )


def newest(app: Flask) -> int:
    with app.app_context():
        found = queries.newest()
        assert found is not None
        return found.id
