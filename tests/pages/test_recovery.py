"""I forgot my password: from the sign-in page to a new password."""

import re
from collections.abc import Callable
from datetime import datetime, timedelta

import pytest
from flask import Flask

from academy.people.models import Person
from academy.people.recovery.services import PER_ADDRESS
from tests.conftest import MONDAY, Counting
from tests.factories import PASSWORD, make_person
from tests.pages.conftest import Behind, forge
from tests.postbox import link, mails
from tests.visitor import Page, Visitor

NEW = "trois tasses de thé"
TOKEN = re.compile(r'(?<=name="csrf_token" value=")[^"]+')
"""Another one every second."""


@pytest.fixture
def grace(behind: Behind) -> Person:
    with behind():
        return make_person(password=PASSWORD)


def ask(visitor: Visitor, email: str) -> Page:
    return visitor.submit(visitor.get("/forgot"), "/forgot", {"email": email})


def choose(visitor: Visitor, path: str, password: str, again: str | None = None) -> Page:
    fields = {"password": password, "again": password if again is None else again}
    page = visitor.get(path)
    return visitor.submit(page, path, fields, 200 if again is None else 400)


def test_from_the_sign_in_page_to_a_new_password(
    app: Flask, visitor: Visitor, grace: Person
) -> None:
    page = visitor.get(visitor.get("/sign-in").link("I forgot my password"))
    page = visitor.submit(page, "/forgot", {"email": grace.email})
    assert page.title == "Look at your mail"

    page = choose(visitor, link(mails(app)[0]), NEW)

    assert page.url == "/sign-in"
    assert page.all(".toast") == ["Your password is changed. Sign in with it."]
    assert visitor.sign_in(grace.email, PASSWORD, 401).url == "/sign-in"
    assert visitor.sign_in(grace.email, NEW).title == "Hello Ada"


def test_a_stranger_learns_nothing_of_who_has_an_account(
    visitor: Visitor, grace: Person, count_statements: Counting
) -> None:
    seen = []
    for email in (grace.email, "nobody@aurore.example", "not an address"):
        with count_statements() as statements:
            page = ask(visitor, email)
        said = TOKEN.sub("", page.response.text)
        seen.append((page.url, said, list(statements)))

    assert seen[0] == seen[1] == seen[2]


def test_opening_the_link_uses_nothing_up(app: Flask, visitor: Visitor, grace: Person) -> None:
    ask(visitor, grace.email)
    path = link(mails(app)[0])

    for _ in range(3):
        assert visitor.get(path).title == "Choose a new password"


def test_a_link_that_was_used_says_so_and_changes_nothing(
    app: Flask, visitor: Visitor, grace: Person
) -> None:
    ask(visitor, grace.email)
    path = link(mails(app)[0])
    choose(visitor, path, NEW)

    page = visitor.get(path, 410)

    assert page.title == "This link no longer works"
    assert page.link("Ask for a new link") == "/forgot"
    forge(visitor, path, {"password": "un autre mot", "again": "un autre mot"}, 410)
    assert visitor.sign_in(grace.email, NEW).title == "Hello Ada"


def test_after_an_hour_the_link_is_void(
    app: Flask, visitor: Visitor, grace: Person, now: Callable[[datetime], None]
) -> None:
    ask(visitor, grace.email)
    path = link(mails(app)[0])

    now(MONDAY + timedelta(hours=1))

    assert visitor.get(path, 410).title == "This link no longer works"


@pytest.mark.parametrize(
    ("password", "again", "field", "words"),
    [
        ("court", "court", "password", "Take at least 10 signs"),
        ("Soleil2026!", "Soleil2026!", "password", "one of the first things a stranger would try"),
        ("Papeteries-2026", "Papeteries-2026", "password", "or a word of your company"),
        ("x" * 201, "x" * 201, "password", "Take at most 200 signs."),
        (NEW, "trois tasses de the", "again", "These two are not the same."),
        ("", "", "password", "Type the new password."),
    ],
)
def test_a_password_that_will_not_do_is_refused_with_words(
    app: Flask,
    visitor: Visitor,
    grace: Person,
    password: str,
    again: str,
    field: str,
    words: str,
) -> None:
    ask(visitor, grace.email)

    page = choose(visitor, link(mails(app)[0]), password, again)

    assert words in page.all(f"#{field}-error")[0]
    assert visitor.sign_in(grace.email, PASSWORD).title == "Hello Ada"


def test_ones_own_address_will_not_do(app: Flask, visitor: Visitor, grace: Person) -> None:
    ask(visitor, grace.email)

    page = choose(visitor, link(mails(app)[0]), grace.email, grace.email)

    assert page.all("#password-error")[0].startswith("That is your address.")


def test_every_session_is_closed_by_it(app: Flask, visitor: Visitor, grace: Person) -> None:
    other = Visitor(app).as_person(grace)
    ask(visitor, grace.email)

    choose(visitor, link(mails(app)[0]), NEW)

    assert other.get("/").url == "/sign-in"


@pytest.mark.parametrize("token", ["nonsense", "a.b", "%00", "é", "x" * 3000])
def test_a_link_that_is_none_of_ours_opens_nothing(visitor: Visitor, token: str) -> None:
    assert visitor.get(f"/reset/{token}", 410).title == "This link no longer works"


def test_too_many_requests_from_one_place_wait(visitor: Visitor) -> None:
    for number in range(PER_ADDRESS.tries):
        ask(visitor, f"nobody{number}@aurore.example")

    page = visitor.get("/forgot")
    answer = visitor.submit(page, "/forgot", {"email": "one@aurore.example"}, 429)

    assert answer.title == "A little patience"


def test_an_address_left_empty_is_asked_for(visitor: Visitor) -> None:
    page = visitor.submit(visitor.get("/forgot"), "/forgot", {"email": ""}, 400)

    assert page.all("#email-error") == ["Type your e-mail address."]
