"""Signing in with a password: who comes in, who does not, and what a stranger learns from it."""

from collections.abc import Callable
from datetime import datetime, timedelta

import pytest

from academy.database import db
from academy.people.models import Person
from academy.people.services import TRIES_PER_ACCOUNT
from tests.conftest import MONDAY
from tests.factories import PASSWORD, make_person
from tests.pages.conftest import Behind
from tests.visitor import Page, Visitor

TOGETHER = "This e-mail and this password do not go together."
PATIENCE = "Too many tries. Wait a quarter of an hour, then try again."


@pytest.fixture
def grace(behind: Behind) -> Person:
    """Somebody who signs in with a password."""
    with behind():
        return make_person(password=PASSWORD)


def fail(visitor: Visitor, email: str, times: int) -> None:
    for _ in range(times):
        visitor.sign_in(email, "not this one", 401)


def test_the_right_password_opens_the_home_page(visitor: Visitor, grace: Person) -> None:
    page = visitor.sign_in(grace.email, PASSWORD)

    assert page.url == "/"
    assert page.title == "Hello Ada"


def test_capitals_and_spaces_in_an_address_do_not_matter(visitor: Visitor, grace: Person) -> None:
    page = visitor.sign_in(f"  {grace.email.upper()} ", PASSWORD)

    assert page.title == "Hello Ada"


def test_a_wrong_password_and_an_unknown_address_get_the_same_words(
    visitor: Visitor, grace: Person
) -> None:
    wrong = visitor.sign_in(grace.email, "not this one", 401)
    unknown = visitor.sign_in("nobody@aurore.example", "not this one", 401)

    assert wrong.all(".field-error") == unknown.all(".field-error") == [TOGETHER]
    assert visitor.get("/").url == "/sign-in"


def test_an_account_without_a_password_cannot_be_entered_with_one(
    visitor: Visitor, behind: Behind
) -> None:
    with behind():
        person = make_person()

    page = visitor.sign_in(person.email, PASSWORD, 401)

    assert page.all(".field-error") == [TOGETHER]


def test_a_closed_account_is_refused_in_the_same_words(
    visitor: Visitor, behind: Behind, grace: Person
) -> None:
    with behind():
        db.session.get_one(Person, grace.id).active = False
        db.session.commit()

    page = visitor.sign_in(grace.email, PASSWORD, 401)

    assert page.all(".field-error") == [TOGETHER]


def test_what_was_left_empty_is_said_beside_its_field(visitor: Visitor) -> None:
    page = visitor.sign_in("", "")

    assert page.all("#email-error") == ["Type your e-mail address."]
    assert page.all("#password-error") == ["Type your password."]


def test_the_address_typed_is_kept_and_the_password_is_not(visitor: Visitor) -> None:
    page = visitor.sign_in("nobody@aurore.example", "not this one", 401)

    assert page.html.select("#email")[0]["value"] == "nobody@aurore.example"
    assert "not this one" not in page.response.text


def test_after_too_many_tries_even_the_right_password_waits(
    visitor: Visitor, grace: Person, now: Callable[[datetime], None]
) -> None:
    fail(visitor, grace.email, TRIES_PER_ACCOUNT.tries)

    assert visitor.sign_in(grace.email, PASSWORD, 429).all("#password-error") == [PATIENCE]
    now(MONDAY + timedelta(minutes=14, seconds=59))
    assert visitor.sign_in(grace.email, PASSWORD, 429).all("#password-error") == [PATIENCE]
    now(MONDAY + timedelta(minutes=15))
    assert visitor.sign_in(grace.email, PASSWORD).title == "Hello Ada"


def test_a_locked_account_locks_nobody_else(
    visitor: Visitor, behind: Behind, grace: Person
) -> None:
    with behind():
        other = make_person(password=PASSWORD)
    fail(visitor, grace.email, TRIES_PER_ACCOUNT.tries)

    assert visitor.sign_in(other.email, PASSWORD).title == "Hello Ada"


def test_a_right_password_is_not_counted_as_a_try(visitor: Visitor, grace: Person) -> None:
    fail(visitor, grace.email, TRIES_PER_ACCOUNT.tries - 1)

    visitor.sign_in(grace.email, PASSWORD)

    other = Visitor(visitor.app)
    other.sign_in(grace.email, "not this one", 401)
    other.sign_in(grace.email, PASSWORD, 429)


def asked_for(visitor: Visitor, path: str, person: Person) -> Page:
    """Ask for a page as a stranger, then sign in where that leads."""
    answer = visitor.client.get(path)
    form = visitor.get(answer.location).form("sign-in")
    return visitor.post(answer.location, form.filled({"email": person.email, "password": PASSWORD}))


def test_one_comes_out_where_one_was_going(visitor: Visitor, grace: Person) -> None:
    page = asked_for(visitor, "/history?before=3", grace)

    assert page.url == "/history"
    assert page.response.request.query_string == b"before=3"


@pytest.mark.parametrize(
    "elsewhere",
    [
        "//evil.example",
        "///evil.example",
        "https://evil.example",
        "https:evil.example",
        "javascript:alert(1)",
        "/\\evil.example",
        "\\/evil.example",
        "/a\\evil.example",
        "/\t/evil.example",
        "/\n/evil.example",
        "/\r\nSet-Cookie: a=b",
        " //evil.example",
        "/\x00",
        "/\u202eevil",
        "evil.example",
        "",
    ],
)
def test_no_address_elsewhere_is_followed(reader: Visitor, elsewhere: str) -> None:
    answer = reader.client.get("/sign-in", query_string={"next": elsewhere})

    assert (answer.status_code, answer.location) == (302, "/")


def test_somebody_signed_in_is_not_asked_again(reader: Visitor) -> None:
    answer = reader.client.get("/sign-in?next=/passport")

    assert answer.location == "/passport"


def test_a_refused_sign_in_follows_no_address_elsewhere(visitor: Visitor, grace: Person) -> None:
    path = "/sign-in?next=//evil.example"
    form = visitor.get(path).form("sign-in")

    answer = visitor.client.post(
        path, data=form.filled({"email": grace.email, "password": PASSWORD})
    )

    assert answer.location == "/"


def test_the_session_cookie_is_out_of_reach_of_scripts(visitor: Visitor, grace: Person) -> None:
    visitor.sign_in(grace.email, PASSWORD)

    cookie = visitor.client.get_cookie("session")
    assert cookie is not None
    assert (cookie.http_only, cookie.same_site) == (True, "Lax")
