"""The whole way, with a provider that others wrote (Canaille): it logs in, refuses, sees forgeries."""

import socket
import threading
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any
from urllib.parse import parse_qs, urlencode, urlsplit, urlunsplit

import pytest
from canaille import create_app
from canaille.backends import Backend
from flask import Flask
from joserfc.jwk import JWKRegistry
from pytest_iam import Server
from sqlalchemy import select
from werkzeug.test import TestResponse

from academy.database import db
from academy.people.models import Person
from academy.people.signon import discovery
from academy.people.signon.models import SignOn
from academy.providers import Provider
from tests.factories import make_person
from tests.pages.conftest import Behind
from tests.visitor import Page, Visitor

BACK = "https://academy.example/sign-in/back/canaille"
VOUCHED = "{% if user.title != 'unsure' %}true{% endif %}"
"""Canaille says nothing of its own about addresses."""
CLIENT, SECRET = "academy", "a secret, with signs: %+/"


def free_port() -> int:
    with socket.socket() as found:
        found.bind(("127.0.0.1", 0))
        return int(found.getsockname()[1])


@pytest.fixture(scope="module")
def canaille() -> Iterator[Server]:
    """The provider, listening on this machine; its context is never ours."""
    port = free_port()
    key = JWKRegistry.generate_key("RSA", 2048)
    key.ensure_kid()
    app = create_app(config=configuration(port, key.as_dict(private=True)), env_file="")
    app.config["CANAILLE_OIDC"]["USERINFO_MAPPING"]["EMAIL_VERIFIED"] = VOUCHED
    server = Server(app, port, Backend.instance)
    thread = threading.Thread(target=server.httpd.serve_forever, kwargs={"poll_interval": 0.02})
    thread.start()
    try:
        yield server
    finally:
        server.httpd.shutdown()
        thread.join()
        server.httpd.server_close()


def configuration(port: int, key: dict[str, Any]) -> dict[str, Any]:
    quiet = {"version": 1, "disable_existing_loggers": False}
    return {
        "TESTING": True,
        "SECRET_KEY": "for tests only",
        "WTF_CSRF_ENABLED": False,
        "PREFERRED_URL_SCHEME": "http",
        "SERVER_NAME": f"127.0.0.1:{port}",
        "CANAILLE": {
            "DATABASE": "memory",
            "JAVASCRIPT": False,
            "ACL": {"DEFAULT": {"PERMISSIONS": ["use_oidc"]}},
            "LOGGING": quiet,
        },
        "CANAILLE_OIDC": {"ACTIVE_JWKS": [key]},
    }


@pytest.fixture
def client(canaille: Server) -> Iterator[Any]:
    """The academy, registered there."""
    with canaille.app.app_context():
        registered = canaille.models.Client(
            client_id=CLIENT,
            client_secret=SECRET,
            client_name="Academy",
            client_uri="https://academy.example",
            redirect_uris=[BACK],
            post_logout_redirect_uris=["https://academy.example/sign-in"],
            grant_types=["authorization_code"],
            response_types=["code"],
            scope=["openid", "email", "profile"],
            token_endpoint_auth_method="client_secret_post",
        )
        canaille.backend.save(registered)
        registered.audience = [registered]
        canaille.backend.save(registered)
    yield registered
    canaille.logout()
    with canaille.app.app_context():
        for name in ("AuthorizationCode", "Token", "Consent", "User", "Client"):
            for each in canaille.backend.query(getattr(canaille.models, name)):
                canaille.backend.delete(each)


@pytest.fixture
def house(
    app: Flask,
    canaille: Server,
    client: Any,
    monkeypatch: pytest.MonkeyPatch,
    now: Callable[[datetime], None],
) -> Provider:
    """The provider in the settings; its clock is the world's, so ours must be."""
    now(datetime.now(UTC))
    known = Provider(
        key="canaille",
        issuer=f"http://127.0.0.1:{canaille.port}",
        client_id=CLIENT,
        client_secret=SECRET,
        domains=frozenset({"aurore.example"}),
        label_fr="Canaille",
        label_en="Canaille",
    )
    settings = replace(app.config["SETTINGS"], providers=(known,))
    monkeypatch.setitem(app.config, "SETTINGS", settings)
    monkeypatch.setitem(app.extensions, discovery.HELD, {})
    return known


@pytest.fixture
def grace(behind: Behind, house: Provider) -> Person:
    with behind():
        return make_person()


def enrol(canaille: Server, email: str, **more: str) -> Any:
    """Somebody known there, signed in there, who consents."""
    user = canaille.random_user(emails=[email], **more)
    canaille.login(user)
    canaille.consent(user)
    return user


def begin(visitor: Visitor) -> str:
    answer = visitor.client.get("/sign-in/with/canaille", headers=visitor.headers)
    assert answer.status_code == 302, answer.text
    return str(answer.location)


def at_the_provider(canaille: Server, location: str) -> TestResponse:
    """What the person's browser gets there."""
    return canaille.test_client.get(location)


def back(location: str | None) -> str:
    assert location is not None
    assert location.startswith(BACK), location
    parts = urlsplit(location)
    return urlunsplit(("", "", parts.path, parts.query, ""))


def sign_on(visitor: Visitor, canaille: Server, status: int = 200) -> Page:
    answer = at_the_provider(canaille, begin(visitor))
    return visitor.get(back(answer.location), status)


def lose_code(canaille: Server, code: str) -> None:
    """Its store in memory takes any code of a client for the one it is asked about: leave no other."""
    with canaille.app.app_context():
        for each in canaille.backend.query(canaille.models.AuthorizationCode):
            if each.code == code:
                canaille.backend.delete(each)


def code_in(location: str | None) -> str:
    return parse_qs(urlsplit(location or "").query)["code"][0]


def changed(path: str, **query: str) -> str:
    parts = urlsplit(path)
    kept = {name: values[0] for name, values in parse_qs(parts.query).items()}
    return f"{parts.path}?{urlencode({**kept, **query})}"


def test_it_logs_in(
    app: Flask, visitor: Visitor, canaille: Server, grace: Person, behind: Behind
) -> None:
    enrol(canaille, grace.email.upper())

    assert sign_on(visitor, canaille).title == "Hello Ada"
    assert sign_on(Visitor(app), canaille).title == "Hello Ada"

    with behind():
        linked = db.session.scalars(select(SignOn)).one()
        assert linked.person_id == grace.id


def test_it_refuses(visitor: Visitor, canaille: Server, grace: Person) -> None:
    """The person says no on the page of consent."""
    user = canaille.random_user(emails=[grace.email])
    canaille.login(user)
    location = begin(visitor)

    answer = canaille.test_client.post(location, data={"answer": "deny"})

    page = visitor.get(back(answer.location), 403)
    assert page.title == "You did not sign in"
    assert visitor.get("/").url == "/sign-in"


def test_it_knows_people_we_do_not(visitor: Visitor, canaille: Server, house: Provider) -> None:
    enrol(canaille, "nobody@aurore.example")

    assert sign_on(visitor, canaille, 403).title == "You have no account here yet"


def test_it_is_not_sure_of_an_address(visitor: Visitor, canaille: Server, grace: Person) -> None:
    enrol(canaille, grace.email, title="unsure")

    assert sign_on(visitor, canaille, 403).title == "Canaille does not vouch for your address"


def test_a_forged_state_is_refused(visitor: Visitor, canaille: Server, grace: Person) -> None:
    enrol(canaille, grace.email)
    answer = at_the_provider(canaille, begin(visitor))

    page = visitor.get(changed(back(answer.location), state="forged"), 400)

    assert page.title == "This sign-in did not begin here"


def test_a_forged_code_is_refused(visitor: Visitor, canaille: Server, grace: Person) -> None:
    enrol(canaille, grace.email)
    answer = at_the_provider(canaille, begin(visitor))
    lose_code(canaille, code_in(answer.location))

    page = visitor.get(changed(back(answer.location), code="forged"), 400)

    assert page.title == "That took too long"
    assert visitor.get("/").url == "/sign-in"


def test_a_code_of_another_browser_is_refused(
    app: Flask, visitor: Visitor, canaille: Server, grace: Person
) -> None:
    """The code is right, the state is the thief's own: the verifier is not."""
    enrol(canaille, grace.email)
    stolen = code_in(at_the_provider(canaille, begin(visitor)).location)
    thief = Visitor(app)
    answer = at_the_provider(canaille, begin(thief))
    lose_code(canaille, code_in(answer.location))

    page = thief.get(changed(back(answer.location), code=stolen), 400)

    assert page.title == "That took too long"
    assert thief.get("/").url == "/sign-in"


def test_a_code_is_good_once(app: Flask, visitor: Visitor, canaille: Server, grace: Person) -> None:
    enrol(canaille, grace.email)
    path = back(at_the_provider(canaille, begin(visitor)).location)
    cookie = visitor.client.get_cookie("session")
    assert cookie is not None
    assert visitor.get(path).title == "Hello Ada"

    again = Visitor(app)
    again.client.set_cookie("session", cookie.value)

    assert again.get(path, 400).title == "That took too long"


def test_a_token_of_yesterday_is_refused(
    visitor: Visitor, canaille: Server, grace: Person, now: Callable[[datetime], None]
) -> None:
    now(datetime.now(UTC) + timedelta(days=30))
    enrol(canaille, grace.email)

    assert "cannot be trusted" in sign_on(visitor, canaille, 502).title


def test_it_signs_out_there_too(visitor: Visitor, canaille: Server, grace: Person) -> None:
    enrol(canaille, grace.email)
    sign_on(visitor, canaille)
    page = visitor.submit(visitor.get("/"), "/sign-out")

    location = visitor.client.get(page.link("Sign out of Canaille")).location

    answer = at_the_provider(canaille, str(location))
    assert answer.status_code in {200, 302}
