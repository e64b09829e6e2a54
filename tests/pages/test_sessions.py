"""How long a session lives: remembered, signed out, signed out everywhere, void."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from flask import Flask

from academy.database import db
from academy.people.models import Person
from tests.conftest import opened, settings
from tests.factories import PASSWORD, make_person
from tests.pages.conftest import Behind
from tests.visitor import Visitor

REMEMBER = "remember_token"


@pytest.fixture
def grace(behind: Behind) -> Person:
    with behind():
        return make_person(password=PASSWORD)


@pytest.fixture
def remembered(visitor: Visitor, grace: Person) -> Visitor:
    """A browser that remembers Grace."""
    visitor.sign_in(grace.email, PASSWORD, remember="y")
    return visitor


def is_stranger(visitor: Visitor) -> bool:
    return visitor.get("/").url == "/sign-in"


def restart(visitor: Visitor) -> None:
    """Close the browser: the session cookie goes, the others stay."""
    visitor.client.delete_cookie("session")


def test_a_remembered_browser_needs_no_password_after_a_restart(remembered: Visitor) -> None:
    restart(remembered)

    assert not is_stranger(remembered)


def test_the_remember_cookie_is_out_of_reach_of_scripts_for_thirty_days(
    remembered: Visitor,
) -> None:
    cookie = remembered.client.get_cookie(REMEMBER)

    assert cookie is not None
    assert (cookie.http_only, cookie.same_site, cookie.secure) == (True, "Lax", False)
    assert cookie.expires is not None
    left = cookie.expires - datetime.now(UTC)  # the cookie's own clock is Flask-Login's
    assert timedelta(days=29) < left < timedelta(days=31)


def test_a_browser_that_was_not_asked_to_remember_forgets(visitor: Visitor, grace: Person) -> None:
    visitor.sign_in(grace.email, PASSWORD)

    assert visitor.client.get_cookie(REMEMBER) is None
    restart(visitor)
    assert is_stranger(visitor)


def test_a_forged_remember_cookie_opens_nothing(visitor: Visitor, grace: Person) -> None:
    visitor.client.set_cookie(REMEMBER, f"{grace.id}.0|{'0' * 128}")

    assert is_stranger(visitor)


def test_signing_out_forgets_the_browser(remembered: Visitor) -> None:
    page = remembered.submit(remembered.get("/"), "/sign-out")

    assert page.url == "/sign-in"
    assert page.all(".toast") == ["You are signed out. See you tomorrow."]
    assert remembered.client.get_cookie(REMEMBER) is None
    assert is_stranger(remembered)


def test_signing_out_leaves_other_browsers_alone(
    visitor: Visitor, remembered: Visitor, grace: Person
) -> None:
    other = Visitor(visitor.app).as_person(grace)

    remembered.submit(remembered.get("/"), "/sign-out")

    assert not is_stranger(other)


def test_signing_out_everywhere_voids_every_session_and_every_remembered_browser(
    remembered: Visitor, grace: Person
) -> None:
    other = Visitor(remembered.app).as_person(grace)

    page = other.submit(other.get("/preferences"), "sign-out-everywhere")

    assert page.all(".toast") == ["You are signed out on every device."]
    assert is_stranger(other)
    assert is_stranger(remembered)
    restart(remembered)
    assert is_stranger(remembered)


def test_signing_out_everywhere_voids_nobody_elses_session(reader: Visitor, behind: Behind) -> None:
    with behind():
        stranger = make_person()
    other = Visitor(reader.app).as_person(stranger)

    reader.submit(reader.get("/preferences"), "sign-out-everywhere")

    assert not is_stranger(other)


def test_the_session_of_a_closed_account_is_void(
    reader: Visitor, behind: Behind, ada: Person
) -> None:
    with behind():
        db.session.get_one(Person, ada.id).active = False
        db.session.commit()

    assert is_stranger(reader)


@pytest.mark.parametrize("name", ["", "1", "1.", ".0", "x.y", "1.0.0", "-1.0", "٣.٠", "9" * 30])
def test_a_session_that_names_nobody_is_a_strangers(visitor: Visitor, name: str) -> None:
    with visitor.client.session_transaction() as session:
        session["_user_id"] = name

    assert is_stranger(visitor)


@pytest.fixture
def https_app(tmp_path: Path) -> Iterator[Flask]:
    app = opened(replace(settings(tmp_path), secure_cookies=True))
    yield app
    with app.app_context():
        db.engine.dispose()


def test_behind_https_every_cookie_is_secure(https_app: Flask) -> None:
    with https_app.app_context():
        person = make_person(password=PASSWORD)
    visitor = Visitor(https_app)
    visitor.client.environ_base["wsgi.url_scheme"] = "https"
    form = visitor.get("/sign-in").form("sign-in")
    fields = form.filled({"email": person.email, "password": PASSWORD, "remember": "y"})
    ours = {"Referer": "https://localhost/"}

    answer = visitor.client.post("/sign-in", data=fields, headers=ours)
    page = visitor.get("/")
    spoken = page.form("/language").filled({"language": "en"})
    said = visitor.client.post("/language", data=spoken, headers=ours)

    assert page.url == "/"
    assert said.headers["Set-Cookie"].startswith("__Host-language=en;")
    cookies = answer.headers.getlist("Set-Cookie")
    names = sorted(cookie.partition("=")[0] for cookie in cookies)
    assert names == ["__Host-remember_token", "__Host-session"]
    assert all("; Path=/" in cookie and "Domain" not in cookie for cookie in cookies)
    assert all("; Secure;" in cookie and "; HttpOnly;" in cookie for cookie in cookies)
    assert answer.headers["Strict-Transport-Security"] == "max-age=31536000; includeSubDomains"
