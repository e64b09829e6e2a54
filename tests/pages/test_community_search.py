"""Searching in groups: the form, what was found, and nothing where one may not read."""

import pytest
from flask import Flask

from academy.people.models import Person
from tests.circles import CLOSED, make_group, reply, say
from tests.conftest import Counting
from tests.factories import make_person
from tests.pages.conftest import Behind
from tests.visitor import Visitor


@pytest.fixture
def bob(behind: Behind) -> Person:
    with behind():
        return make_person()


@pytest.fixture
def group(behind: Behind, bob: Person, ada: Person) -> int:
    with behind():
        return make_group(bob, ada)


def test_words_are_found_from_the_groups_and_lead_to_what_was_said(
    reader: Visitor, behind: Behind, bob: Person, group: int, count_statements: Counting
) -> None:
    with behind():
        post = say(bob, group, "Which *pen* & <b>ink</b>?", question=True)
        answer = reply(bob, post, "A pen with blue ink")
        for number in range(10):
            reply(bob, post, f"Nothing {number}")
    form = reader.get("/groups").form("/groups/search")

    with count_statements() as statements:
        page = reader.get("/groups/search?" + "q=ink+PEN")

    assert form.filled({"q": "ink"}) == {"q": "ink"}
    assert page.all(".found .said-text") == [
        "A pen with blue ink",
        "Which pen & <b> ink </b>?",
    ]
    assert page.all(".found mark") == ["pen", "ink", "pen", "ink"]
    first, second = (str(link["href"]) for link in page.html.select(".found a"))
    assert first == f"/groups/{group}/posts/{post}?after={answer - 1}#message-{answer}"
    assert second == f"/groups/{group}/posts/{post}#message-{post}"
    assert page.html.select(".pager") == []
    assert len(statements) == 2


def test_a_long_list_goes_on_with_the_same_words_in_the_same_group(
    reader: Visitor, behind: Behind, bob: Person, group: int
) -> None:
    with behind():
        post = say(bob, group, "100% of it")
        for number in range(16):
            reply(bob, post, f"100% {number}")
        say(bob, make_group(bob), "100% elsewhere")

    page = reader.get(f"/groups/search?q=100%25&group={group}")
    older = reader.get(page.link("Older"))

    assert len(page.html.select(".found")) == 15
    assert older.all(".found .said-text") == ["100% 0", "100% of it"]
    assert older.link("Newer") == f"/groups/search?q=100%25&group={group}"
    assert reader.get(f"/groups/{group}").form("/groups/search").filled({})["group"] == str(group)


def test_what_cannot_be_looked_for_is_said_and_a_closed_door_stays_closed(
    app: Flask, reader: Visitor, behind: Behind, bob: Person, group: int
) -> None:
    with behind():
        closed = make_group(bob, visibility=CLOSED)
        say(bob, closed, "needle")
        stranger = Visitor(app).as_person(make_person())

    assert "Type at least two letters." in reader.get("/groups/search?q=a").text
    assert "Nobody said it in these words" in reader.get("/groups/search?q=needle").text
    assert reader.get("/groups/search").all(".found, .empty") == []
    assert stranger.get("/groups").html.select("form[action='/groups/search']") == []
    for wrong in (closed, 0, "x", 2**70, 999):
        reader.get(f"/groups/search?q=needle&group={wrong}", 404)
