"""What holds for every route: a guard, a plain address, a token in every form, and never a fault."""

import re
from collections.abc import Iterator
from itertools import pairwise

import pytest
from bs4 import BeautifulSoup
from flask import Flask
from werkzeug.routing import Rule
from werkzeug.test import TestResponse

from academy.people.models import Person, Role
from academy.web.guards import guard_of
from tests.factories import make_person
from tests.visitor import Page, Visitor, keep_promises

PUBLIC = {
    "cards.png",
    "cards.svg",
    "accounts.confirm",  # a link in a letter, opened wherever letters are read
    "credentials.credential",
    "credentials.did",
    "credentials.status_list",
    "credentials.verify_file",
    "farewell.booklet",  # a link that a leaver got, whose secret is looked up and whose tries are counted
    "farewell.page",
    "farewell.take",
    "gate.code",  # with the right password shown a moment ago, else they lead back to it
    "gate.recovery",
    "gate.set_up",
    "home.health",
    "learning.picture",
    "passport.verification",
    "passport.verify_form",
    "people.sign_in",
    "people.sign_in_as",
    "people.speak",
    "recovery.asked",
    "recovery.forgot",
    "recovery.reset",
    "rewards.picture",
    "signon.begin",  # leads to a provider of the settings, and nowhere else
    "signon.come_back",
    "signon.sign_out_there",
    "static",
    "stopping.stop",  # a link in a letter, good for stopping such letters
    "stopping.stop_now",
    "tokens.about",  # what other systems may ask for, and nothing of anybody
    "tokens.openapi",
    "watch.ready",  # for whoever sends people here; it tells nothing of anybody
}
"""What a stranger may open. Think twice before making it longer."""

CLIENTS = {
    "api.list_awards",
    "api.list_campaigns",
    "api.list_entities",
    "api.list_people",
    "api.list_people_of_campaign",
    "api.show_awards_of_person",
    "api.show_campaign",
    "api.show_completion",
    "api.show_person",
    "api.verify_credential",
    "api.verify_passport",
    "scim.speak",
}
"""What other systems open with a token of their own; no session opens it, so that no form is to be forged."""

MAY_SAY_NOT_NOW = {"watch.ready"}
"""Its 503 is an answer: here nothing was published."""

KNOWN = {
    "award": "passport",
    "code": "BCDF",
    "filename": "img/logo.svg",
    "key": "f" * 32,
    "kind": "lesson",
    "lesson": "cloud-has-an-address",
    "module": "changes",
    "path": "Users",
    "ref": "x" * 22,
    "subject": "cloud-has-an-address",
    "state": "fading",
    "theme": "culture",
    "track": "safe-at-work",
}
SEGMENT = re.compile(r"\.?[a-z0-9]+(-[a-z0-9]+)*(\.[a-z]+)?")
VARIABLE = re.compile(r"<(?:(\w+)(?:\([^)]*\))?:)?(\w+)>")

LEARNER = pytest.param((), id="learner")
EVERY_ROLE = [LEARNER, *(pytest.param((role,), id=role.value) for role in Role)]


def rules(app: Flask, method: str, number: str = "1") -> Iterator[tuple[str, str]]:
    """Every endpoint that takes the method, with an address for it."""
    for rule in sorted(app.url_map.iter_rules(), key=lambda each: each.rule):
        if method in (rule.methods or ()):
            yield rule.endpoint, address(rule, number)


def address(rule: Rule, number: str) -> str:
    def value(found: re.Match[str]) -> str:
        return number if found[1] == "int" else KNOWN.get(found[2], "nothing")

    return VARIABLE.sub(value, rule.rule)


def ask(visitor: Visitor, method: str, path: str, **fields: str) -> TestResponse:
    answer: TestResponse = getattr(visitor.client, method.lower())(
        path, headers=visitor.headers, buffered=True, **({"data": fields} if fields else {})
    )
    return answer


def token(visitor: Visitor) -> str:
    page = BeautifulSoup(visitor.client.get("/verify").text, "html.parser")
    found = page.select_one("input[name=csrf_token]")
    assert found is not None
    return str(found["value"])


def somebody(app: Flask, *roles: Role) -> Person:
    with app.app_context():
        return make_person(*roles)


def test_every_route_says_who_may_open_it(app: Flask) -> None:
    silent = [
        endpoint
        for endpoint, view in app.view_functions.items()
        if endpoint != "static" and guard_of(view) is None
    ]

    assert silent == []


def test_the_list_of_public_routes_is_short_and_complete(app: Flask) -> None:
    public = {
        endpoint
        for endpoint, view in app.view_functions.items()
        if (guard := guard_of(view)) is None or not (guard.signed_in or guard.admit)
    }

    assert public == PUBLIC


def test_the_list_of_routes_for_other_systems_is_complete(app: Flask) -> None:
    guards = {endpoint: guard_of(view) for endpoint, view in app.view_functions.items()}

    assert {name for name, guard in guards.items() if guard and guard.admit} == CLIENTS


@pytest.mark.parametrize("roles", [None, (), tuple(Role)])
def test_no_session_opens_what_is_for_other_systems(
    app: Flask, roles: tuple[Role, ...] | None
) -> None:
    visitor = Visitor(app)
    if roles is not None:
        visitor.as_person(somebody(app, *roles))

    for method in ("GET", "POST", "PUT", "PATCH", "DELETE"):
        for endpoint, path in rules(app, method):
            if endpoint in CLIENTS:
                answer = ask(visitor, method, path)
                assert answer.status_code == 401, (method, path)
                assert answer.headers["WWW-Authenticate"].startswith("Bearer"), path


@pytest.mark.parametrize("method", ["GET", "POST"])
def test_a_stranger_is_led_to_the_sign_in_page(app: Flask, method: str) -> None:
    visitor = Visitor(app)
    csrf = token(visitor)

    for endpoint, path in rules(app, method):
        fields = {"csrf_token": csrf} if method == "POST" else {}
        answer = ask(visitor, method, path, **fields)
        if endpoint in PUBLIC:
            assert answer.status_code < 500 or endpoint in MAY_SAY_NOT_NOW, path
            assert "/sign-in?next" not in (answer.location or ""), path
        elif endpoint in CLIENTS:
            assert answer.status_code == 401, path
        else:
            assert answer.status_code == 302, path
            assert (answer.location or "").partition("?")[0] == "/sign-in", path


@pytest.mark.parametrize("roles", EVERY_ROLE)
def test_no_route_is_a_fault_for_anybody(app: Flask, roles: tuple[Role, ...]) -> None:
    person = somebody(app, *roles)
    visitor = Visitor(app).as_person(person)
    csrf = token(visitor)

    for method in ("GET", "POST"):
        for endpoint, path in rules(app, method):
            if endpoint == "people.sign_out_everywhere" or endpoint in MAY_SAY_NOT_NOW:
                continue  # the former ends the walk
            visitor.as_person(person)
            fields = {"csrf_token": csrf} if method == "POST" else {}
            answer = ask(visitor, method, path, **fields)
            assert answer.status_code < 500, (method, path)


@pytest.mark.parametrize("roles", EVERY_ROLE)
def test_a_route_for_some_roles_is_closed_to_the_others(
    app: Flask, roles: tuple[Role, ...]
) -> None:
    """Asked of what is nobody's: a view may refuse somebody's own page to those its guard lets in."""
    visitor = Visitor(app).as_person(somebody(app, *roles))

    for endpoint, path in rules(app, "GET", number="999999"):
        guard = guard_of(app.view_functions[endpoint])
        if guard is not None and guard.roles:
            answer = ask(visitor, "GET", path)
            closed = guard.roles.isdisjoint(roles)
            assert (answer.status_code == 403) == closed, (path, answer.status_code)


@pytest.mark.parametrize("signed_in", [True, False])
def test_a_form_without_its_token_is_refused_everywhere(app: Flask, signed_in: bool) -> None:
    visitor = Visitor(app)
    if signed_in:
        visitor.as_person(somebody(app, *Role))

    for endpoint, path in rules(app, "POST"):
        if endpoint not in CLIENTS and (signed_in or endpoint in PUBLIC):
            assert ask(visitor, "POST", path).status_code == 400, path


@pytest.mark.parametrize("app", ["sqlite"], indirect=True)
@pytest.mark.parametrize("language", ["fr", "en"])
def test_every_page_keeps_the_promises_of_all_pages(app: Flask, language: str) -> None:
    with app.app_context():
        person = make_person(*Role, language=language)
    visitor = Visitor(app, language).as_person(person)
    seen = 0

    for _endpoint, path in rules(app, "GET"):
        answer = ask(visitor, "GET", path)
        if answer.mimetype == "text/html" and not answer.location:
            html = BeautifulSoup(answer.text, "html.parser")
            keep_promises(Page(answer.status_code, path, html, answer))
            seen += 1

    assert seen > 40


def test_addresses_are_plain(app: Flask) -> None:
    """Lower case, hyphens, and every variable says what it is."""
    for rule in app.url_map.iter_rules():
        assert not rule.rule.endswith("/") or rule.rule == "/", rule.rule
        for part in rule.rule.split("/")[1:]:
            for found in VARIABLE.finditer(part):
                assert found[1], f"{rule.rule}: say the type of {found[2]}"
            plain = VARIABLE.sub("a", part)
            assert plain == "" or SEGMENT.fullmatch(plain), rule.rule


def test_no_two_routes_share_an_address(app: Flask) -> None:
    """But for one that shows a form and one that takes it."""
    taken = sorted(
        (VARIABLE.sub("*", rule.rule), method)
        for rule in app.url_map.iter_rules()
        for method in (rule.methods or set()) - {"HEAD", "OPTIONS"}
    )

    assert [first for first, second in pairwise(taken) if first == second] == []
