"""Who may speak at /scim/v2, how often, and what nonsense gets for an answer. Never a fault."""

import json
from collections.abc import Callable
from datetime import datetime, timedelta

import pytest
from flask import Flask
from sqlalchemy import select

from academy.database import db
from academy.people.audit import AuditEntry
from academy.people.models import Person
from academy.people.provisioning import clients
from academy.people.provisioning.models import DirectoryClient
from academy.web.throttle import Limit
from tests.conftest import MONDAY
from tests.directories import GROUP, PATCH, Directory, connect, person
from tests.factories import make_person

HOSTILE = [
    b"",
    b"{",
    b"null",
    b"[]",
    b'"text"',
    b"1" * 400,
    b"[" * 5000,
    b'{"schemas":["x"],"userName":"a"}',
    b'{"userName":{"a":1},"emails":[{"value":"a@b.example"}]}',
    b'{"userName":"a","emails":"b@c.example"}',
    b'{"userName":"\\u0000","emails":[{"value":"a@b.example"}]}',
    b'{"userName":"\\ud800","emails":[{"value":"a@b.example"}]}',
    b'{"userName":"a","emails":[{"value":"not an address"}]}',
    b'{"userName":"a","emails":[{"value":"\\u0000@b.example"}]}',
    b'{"userName":"a","emails":[null]}',
    b'{"userName":"a","emails":[{}]}',
    b'{"userName":"a","emails":[]}',
    b'{"userName":"","emails":[{"value":"a@b.example"}],"active":"perhaps"}',
    b'{"userName":"' + b"a" * 3000 + b'","emails":[{"value":"a@b.example"}]}',
    b'{"userName":"a","userName":"b","username":"c","emails":[{"value":"a"}]}',
    b"\xff\xfe\x00",
]
FILTERS = [
    "",
    "userName",
    'userName eq "',
    'userName eq "\x00"',
    'userName eq "a\ufffd"',
    "userName eq 1",
    'userName co "a"',
    'userName eq "a" or ' * 200 + 'userName eq "a"',
    "(" * 300 + 'userName eq "a"' + ")" * 300,
    "not " * 300 + 'userName eq "a"',
    'meta.lastModified gt "yesterday"',
    'meta.lastModified gt "9999-12-31T23:59:59-14:00"',
    'meta.lastModified gt "0001-01-01T00:00:00+14:00"',
    'emails[type eq "work" and value eq "a@b.example"]',
    "emails[",
    'active eq "perhaps"',
    'nothing eq "a"',
    "'; DROP TABLE person; --",
    'id eq "1 OR 1=1"',
    'members eq "a"',
    'displayName eq "é"',
]


@pytest.fixture
def directory(app: Flask) -> Directory:
    with app.app_context():
        return Directory(app, connect())


@pytest.mark.parametrize(
    "header",
    [
        None,
        "",
        "Bearer",
        "Bearer ",
        "Bearer dir_",
        "Basic dir_" + "a" * 43,
        "Bearer dir_" + "a" * 43,
        "Bearer dir_" + "a" * 4300,
        "Bearer dir_" + "é" * 43,
        "bearer\tdir_" + "a" * 43,
    ],
)
def test_without_a_good_token_nothing_is_said(app: Flask, header: str | None) -> None:
    headers = {} if header is None else {"Authorization": header}

    answer = app.test_client().get("/scim/v2/Users", headers=headers)

    assert answer.status_code == 401
    assert answer.mimetype == "application/scim+json"
    assert answer.headers["WWW-Authenticate"] == 'Bearer realm="SCIM"'


def test_a_token_is_kept_as_a_print_only(app: Flask) -> None:
    with app.app_context():
        token = connect()
        kept = db.session.scalars(select(DirectoryClient)).one()

        assert token not in {kept.token_print, kept.hint, kept.once}
        assert token.endswith(kept.hint)


def test_a_token_that_was_taken_back_opens_nothing_from_then_on(app: Flask) -> None:
    with app.app_context():
        directory = Directory(app, connect())
    assert directory.get("/Users").status_code == 200

    with app.app_context():
        clients.disconnect(db.session.scalars(select(DirectoryClient)).one(), 0, MONDAY)
        db.session.rollback()
        kept = db.session.scalars(select(DirectoryClient)).one()
        kept.revoked_at = MONDAY
        db.session.commit()

    assert directory.get("/Users").status_code == 401


def test_a_token_is_over_after_its_last_day(
    app: Flask, directory: Directory, now: Callable[[datetime], None]
) -> None:
    now(MONDAY + timedelta(days=365))
    assert directory.get("/Users").status_code == 200

    now(MONDAY + timedelta(days=366))
    assert directory.get("/Users").status_code == 401


@pytest.mark.parametrize(
    ("people", "groups", "allowed"),
    [
        (False, False, {"read"}),
        (True, False, {"read", "people"}),
        (False, True, {"read", "groups"}),
    ],
)
def test_a_token_does_what_its_scope_says(
    app: Flask, people: bool, groups: bool, allowed: set[str]
) -> None:
    with app.app_context():
        directory = Directory(app, connect(people, groups))
        key = make_person().directory_key
    leaves = {"op": "replace", "path": "active", "value": False}
    asked = {
        "read": [directory.get("/Users"), directory.get("/Groups"), directory.get("/Schemas")],
        "people": [
            directory.post("/Users", person()),
            directory.patch(f"/Users/{key}", leaves),
            directory.ask("DELETE", f"/Users/{key}"),
        ],
        "groups": [directory.post("/Groups", {"schemas": [GROUP], "displayName": "G"})],
    }

    for scope, answers in asked.items():
        refused = {answer.status_code for answer in answers} == {403}
        assert refused == (scope not in allowed), scope


def test_a_token_is_slowed_down_and_the_others_are_not(
    app: Flask, directory: Directory, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(clients, "REQUESTS", Limit("directory", 3, timedelta(minutes=1)))
    with app.app_context():
        other = Directory(app, connect(name="Okta", once="b" * 32))

    seen = [directory.get("/Users").status_code for _ in range(4)]
    last = directory.get("/Users")

    assert seen == [200, 200, 200, 429]
    assert last.headers["Retry-After"] == "60"
    assert other.get("/Users").status_code == 200


def test_a_refused_request_is_counted_and_changes_nothing_else(
    app: Flask, directory: Directory
) -> None:
    assert directory.post("/Users", {"userName": "a"}).status_code == 400

    with app.app_context():
        kept = db.session.scalars(select(DirectoryClient)).one()
        assert kept.last_used_at == MONDAY
        assert db.session.scalar(select(Person.id).where(Person.email == "a")) is None


def test_each_act_says_through_which_directory(app: Flask, directory: Directory) -> None:
    key = directory.make()
    directory.patch(f"/Users/{key}", {"op": "replace", "path": "active", "value": False})
    directory.ask("DELETE", f"/Users/{key}")

    with app.app_context():
        entries = db.session.scalars(
            select(AuditEntry).where(AuditEntry.actor_id.is_(None)).order_by(AuditEntry.id)
        )
        told = [(entry.act, entry.details.get("through")) for entry in entries]
    assert told == [
        ("account-opened", "Entra"),
        ("account-closed", None),
        ("directory-changed", "Entra"),
        ("directory-removed", "Entra"),
    ]


@pytest.mark.parametrize("body", HOSTILE, ids=range(len(HOSTILE)))
def test_nonsense_is_refused_with_a_reason(directory: Directory, body: bytes) -> None:
    key = directory.make()

    for method, path in (
        ("POST", "/Users"),
        ("PUT", f"/Users/{key}"),
        ("PATCH", f"/Users/{key}"),
        ("POST", "/Groups"),
        ("POST", "/Bulk"),
        ("POST", "/Me"),
    ):
        answer = directory.client.open(
            f"/scim/v2{path}",
            method=method,
            data=body,
            headers={**directory.headers, "Content-Type": "application/scim+json"},
        )
        assert 400 <= answer.status_code < 600, (method, path, answer.text)
        assert answer.status_code != 500, (method, path)
        assert json.loads(answer.text)["detail"], (method, path)
    searched = directory.client.post("/scim/v2/Users/.search", data=body, headers=directory.headers)
    assert searched.status_code in {200, 400}, searched.text  # unknown words are let pass


@pytest.mark.parametrize("asked", FILTERS, ids=range(len(FILTERS)))
@pytest.mark.parametrize("path", ["/Users", "/Groups"])
def test_a_filter_is_answered_or_refused(directory: Directory, path: str, asked: str) -> None:
    answer = directory.client.get(
        f"/scim/v2{path}", query_string={"filter": asked}, headers=directory.headers
    )

    assert answer.status_code in {200, 400}, answer.text


@pytest.mark.parametrize(
    "query",
    [
        "startIndex=0",
        "startIndex=-5",
        f"startIndex={2**70}",
        "count=-1",
        f"count={2**70}",
        "count=many",
        "cursor=forged",
        "cursor=&startIndex=1",
        "attributes=nothing",
        "sortBy=userName",
        "attributes=userName&excludedAttributes=userName",
    ],
)
def test_a_page_that_cannot_be_is_no_fault(directory: Directory, query: str) -> None:
    assert directory.get(f"/Users?{query}").status_code in {200, 400, 501}


@pytest.mark.parametrize(
    "path",
    [
        "",
        "/",
        "//",
        "/Users/",
        "/Users/%00",
        "/Users/é",
        "/Users/a/b/c",
        "/nothing",
        "/Me",
        "/users",
    ],
)
def test_an_address_that_is_none_is_no_fault(directory: Directory, path: str) -> None:
    for method in ("GET", "PUT", "PATCH", "DELETE"):
        status = directory.ask(method, path, {"schemas": [PATCH]}).status_code
        assert status == 200 or 300 <= status < 500 or status == 501, (method, path, status)


@pytest.mark.parametrize(
    "operation",
    [
        {},
        {"op": "dance"},
        {"op": "replace"},
        {"op": "replace", "path": "active", "value": "perhaps"},
        {"op": "replace", "path": "id", "value": "x"},
        {"op": "replace", "path": "emails", "value": None},
        {"op": "remove", "path": "userName"},
        {"op": "remove"},
        {"op": "add", "path": "emails[", "value": "x"},
        {"op": "add", "path": "title", "value": "x\u0000"},
        {"op": "add", "path": "title", "value": "x" * 5000},
        {"op": "add", "path": "title", "value": {"a": 1}},
        {"op": "add", "path": "name", "value": "Inès"},
        {"op": "replace", "value": "x"},
        {"op": "add", "path": "a" * 5000, "value": 1},
    ],
    ids=range(15),
)
def test_a_patch_that_cannot_be_changes_nothing(
    app: Flask, directory: Directory, operation: dict[str, object]
) -> None:
    key = directory.make()
    before = directory.get(f"/Users/{key}").json

    answer = directory.patch(f"/Users/{key}", operation)

    assert answer.status_code in {200, 204, 400}, answer.text
    assert directory.get(f"/Users/{key}").json == before
