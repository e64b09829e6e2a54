"""Sign-ins and refusals in the log: events, told by facts and a number, never by a name."""

import json
import logging
from collections.abc import Callable, Iterator
from datetime import datetime, timedelta
from typing import Any

import pytest

from academy import logs
from academy.people.models import Person, Role
from tests import phones
from tests.conftest import MONDAY
from tests.factories import PASSWORD, make_person
from tests.pages.conftest import Behind, forge, on_sqlite_only
from tests.phones import CODES, code
from tests.systems import System
from tests.visitor import Visitor

Told = Callable[[], list[tuple[str, dict[str, Any]]]]
OUTSIDE = {"at", "level", "what", "says", "pid", "request"}


@pytest.fixture
def told(capfd: pytest.CaptureFixture[str]) -> Iterator[Told]:
    """`told()` gives what the log said of safety since it was asked last: the event and its facts."""
    root = logging.getLogger()
    before = root.handlers[:], root.level
    logs.begin("json", words=False)

    def since() -> list[tuple[str, dict[str, Any]]]:
        lines = [json.loads(line) for line in capfd.readouterr().err.splitlines()]
        events = [line for line in lines if line["what"] == logs.SAFETY]
        assert all(set(line) >= OUTSIDE for line in events)
        return [
            (line["says"], {name: line[name] for name in line if name not in OUTSIDE})
            for line in events
        ]

    yield since
    logs.end()
    root.handlers[:], root.level = before
    logging.getLogger("academy").setLevel(logging.NOTSET)


@pytest.fixture
def grace(behind: Behind) -> Person:
    with behind():
        return make_person(password=PASSWORD)


@pytest.fixture
def guarded(behind: Behind) -> Person:
    with behind():
        return phones.give(make_person(password=PASSWORD))


@on_sqlite_only
def test_every_way_in_and_out_is_told(visitor: Visitor, grace: Person, told: Told) -> None:
    me = {"person": grace.id}
    visitor.sign_in(grace.email, "not this one", 401)
    visitor.sign_in("nobody@aurore.example", "not this one", 401)
    visitor.sign_in(grace.email, PASSWORD)
    page = visitor.get("/account/password")
    wanted = {"present": "not this one", "password": "trois tasses", "again": "trois tasses"}
    visitor.submit(page, page.url, wanted, 400)
    visitor.submit(page, page.url, {**wanted, "present": PASSWORD})
    visitor.submit(visitor.get("/account"), "sign-out-everywhere", {})

    assert told() == [
        ("sign-in refused", {"why": "password", **me}),
        ("sign-in refused", {"why": "no account"}),
        ("signed in", {"how": "password", **me}),
        ("password refused", me),
        ("password changed", me),
        ("signed out", {"how": "everywhere", **me}),
    ]


@on_sqlite_only
def test_the_second_step_is_told(
    visitor: Visitor,
    guarded: Person,
    told: Told,
    now: Callable[[datetime], None],
) -> None:
    me = {"person": guarded.id}
    page = visitor.sign_in(guarded.email, PASSWORD)
    visitor.submit(page, page.url, {"code": "000000"}, 400)
    visitor.submit(page, page.url, {"code": code()})
    page = visitor.get("/account/second-factor/off")
    later = MONDAY + timedelta(seconds=30)
    now(later)
    visitor.submit(page, page.url, {"present": PASSWORD, "code": code(later)})

    assert told() == [
        ("password right", me),
        ("code refused", me),
        ("signed in", {"how": "password and code", **me}),
        ("second factor off", me),
    ]


@on_sqlite_only
def test_a_recovery_code_is_told(visitor: Visitor, guarded: Person, told: Told) -> None:
    me = {"person": guarded.id}
    visitor.sign_in(guarded.email, PASSWORD)
    page = visitor.get("/sign-in/recovery-code")
    visitor.submit(page, page.url, {"code": CODES[1]}, 400)
    visitor.submit(page, page.url, {"code": CODES[0]})

    assert told()[1:] == [
        ("recovery code refused", me),
        ("signed in", {"how": "password and recovery code", **me}),
    ]


@on_sqlite_only
def test_what_is_refused_is_told_by_its_rule_and_who_asked(
    visitor: Visitor, grace: Person, behind: Behind, payroll: System, told: Told
) -> None:
    assert visitor.get("/people").url == "/sign-in"  # a stranger is led there: nothing was refused
    visitor.as_person(grace)
    visitor.get("/people/1", 403)
    visitor.post("/language", {"language": "fr"}, 400)
    forge(visitor, f"/people/{grace.id}/close", {}, 403)
    visitor.client.get("/api/v1/people")
    with behind():
        mentor = make_person(Role.MENTOR)
    visitor.as_person(mentor).get("/audit", 403)

    me = {"person": grace.id}
    assert told() == [
        ("refused", {"status": 403, "route": "/people/<int:number>", **me}),
        ("refused", {"status": 400, "route": "/language", "why": "form"}),
        ("refused", {"status": 403, "route": "/people/<int:number>/close", **me}),
        ("refused", {"status": 401, "route": "/api/v1/people", "why": "token"}),
        ("refused", {"status": 403, "route": "/audit", "person": mentor.id}),
    ]


@on_sqlite_only
def test_tries_that_come_to_an_end_are_told(visitor: Visitor, grace: Person, told: Told) -> None:
    for _try in range(9):
        page = visitor.get("/sign-in")
        fields = page.form("sign-in").filled({"email": grace.email, "password": "no"})
        visitor.client.post("/sign-in", data=fields)

    assert [facts["why"] for _says, facts in told()] == ["password"] * 8 + ["too many tries"]


def test_a_plain_line_says_the_same(told: Told, capfd: pytest.CaptureFixture[str]) -> None:
    logs.begin("text", words=False)
    logs.event("signed in", MONDAY, how="password", person=12)

    line = capfd.readouterr().err
    assert line.startswith("2026-03-02T10:00:00.000Z info safety signed in how=password person=12 ")
    logs.end()
    logs.event("signed in", MONDAY, person=12)
    assert capfd.readouterr().err == ""
