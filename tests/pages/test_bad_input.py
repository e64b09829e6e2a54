"""What no page of ours would send: each ends in a clear page, changes nothing, and is never a fault."""

from collections.abc import Callable
from io import BytesIO

import pytest

from academy.catalog import releases
from academy.people.models import Person
from tests.factories import DONT_KNOW, draw, make_person, open_quiz
from tests.pages.conftest import Behind, forge, token
from tests.visitor import Fields, Visitor

Rows = Callable[[], dict[str, int]]

LESSON = "cloud-has-an-address"
NOTHING_CHANGED = "Nothing was changed."
HUGE = "99999999999999999999"

POSTS = [
    "/language",
    "/lessons/cloud-has-an-address/check",
    "/minute/1/1",
    "/passport/renew",
    "/preferences",
    "/quizzes/changes/start",
    "/sign-in/as/learner",
    "/sign-out-everywhere",
    "/verify",
]
GETS = [
    "/",
    "/badges",
    "/health",
    "/history",
    "/lessons/cloud-has-an-address",
    "/passport",
    "/themes",
    "/verify/BCDF",
]


@pytest.mark.parametrize("forged", [None, "", "x", "IjAi.x.y", "é" * 50])
def test_a_form_without_its_token_changes_nothing(
    reader: Visitor, rows: Rows, forged: str | None
) -> None:
    before = rows()

    for path in POSTS:
        page = reader.post(path, {} if forged is None else {"csrf_token": forged}, 400)
        assert page.title == "This page had been open too long"

    assert rows() == before
    assert reader.get("/").url == "/"


def test_the_token_of_another_browser_is_worth_nothing(reader: Visitor, rows: Rows) -> None:
    theirs = token(Visitor(reader.app))
    before = rows()

    reader.post("/quizzes/changes/start", {"csrf_token": theirs}, 400)

    assert rows() == before


def test_an_edition_that_is_gone_changes_nothing(reader: Visitor, rows: Rows) -> None:
    fields = {f"q{slot}-dont_know": "1" for slot in (1, 2, 3)}
    before = rows()

    page = forge(
        reader, f"/lessons/{LESSON}/check", {**fields, "release": "gone", "number": "1"}, 409
    )

    assert "nothing was counted" in page.text
    assert rows() == before


def test_what_belongs_to_somebody_else_changes_for_nobody(
    reader: Visitor, behind: Behind, rows: Rows
) -> None:
    with behind():
        release = releases.current().release
        other = make_person()
        attempt, drawn = open_quiz(other, "changes"), draw(other)
    before = rows()
    fields: Fields = {**DONT_KNOW, "release": release, "q1-dont_know": "1"}

    for path in (f"/attempts/{attempt.id}", f"/minute/{drawn.id}/1"):
        assert forge(reader, path, fields, 404).title == "There is nothing at this address"

    assert rows() == before


def test_the_question_of_another_day_is_not_answered(
    reader: Visitor, behind: Behind, rows: Rows, ada: Person
) -> None:
    with behind():
        release = releases.current().release
        drawn = draw(ada, at=ada.created_at.replace(month=2))
    before = rows()

    forge(reader, f"/minute/{drawn.id}/1", {**DONT_KNOW, "release": release}, 409)

    assert rows() == before


NOWHERE = [
    f"/attempts/{HUGE}",
    f"/attempts/{HUGE}/result",
    f"/attempts/{'9' * 5000}",
    "/attempts/-1",
    "/attempts/0",
    "/attempts/1.5",
    "/attempts/٣",
    "/attempts/%00",
    f"/minute/{HUGE}/1",
    f"/minute/1/{HUGE}",
    "/minute/1",
    "/minute/1/1/1",
    "/lessons/%F0%9F%98%80",
    "/lessons/%ff",
    "/lessons/a%00b",
    "/themes/" + "a" * 10_000,
    "/quizzes/' OR 1=1",
    "/nothing/at/all",
    "/.env",
    "/static/../wsgi.py",
    "/static/%2e%2e/settings.py",
    "/favicon.ico",
    "/\u202egnp.x",
]


def test_an_address_that_leads_nowhere_says_so(reader: Visitor, rows: Rows) -> None:
    before = rows()

    for path in NOWHERE:
        page = reader.get(path, 404)
        assert page.title == "There is nothing at this address", path
        assert page.link("Back to the home page") == "/"

    assert rows() == before


@pytest.mark.parametrize(
    "path", [path for path in POSTS if path.startswith(("/lang", "/pass", "/qu"))]
)
def test_a_page_that_only_takes_forms_cannot_be_opened(reader: Visitor, path: str) -> None:
    page = reader.get(path, 405)

    assert page.title == "That cannot be done this way"
    assert page.response.headers["Allow"] == "OPTIONS, POST"


@pytest.mark.parametrize("method", ["post", "put", "patch", "delete", "trace"])
def test_a_page_that_is_read_takes_nothing(reader: Visitor, rows: Rows, method: str) -> None:
    before = rows()

    for path in GETS:
        assert getattr(reader.client, method)(path).status_code == 405, path

    assert rows() == before


def test_asking_for_the_head_only_is_like_reading(reader: Visitor) -> None:
    for path in GETS:
        head, body = reader.client.head(path), reader.client.get(path)
        assert (head.status_code, head.data) == (body.status_code, b""), path


@pytest.mark.parametrize("path", ["/preferences", "/language", "/minute/1/1", "/sign-out"])
def test_a_body_that_is_too_big_is_refused(reader: Visitor, rows: Rows, path: str) -> None:
    before = rows()

    page = reader.post(path, {"needs": "x" * 300_000}, 413)

    assert page.title == "That is too big to send"
    assert NOTHING_CHANGED in page.text
    assert rows() == before


def test_a_file_that_is_too_big_is_refused(reader: Visitor) -> None:
    answer = reader.client.post("/preferences", data={"file": (BytesIO(b"x" * 300_000), "a.txt")})

    assert answer.status_code == 413


def test_a_form_with_too_many_parts_is_refused(reader: Visitor) -> None:
    parts = {f"f{number}": "x" for number in range(600)}

    answer = reader.client.post("/preferences", data=parts, content_type="multipart/form-data")

    assert answer.status_code == 413


@pytest.mark.parametrize("path", [f"/lessons/{LESSON}/check", "/verify"])
def test_thousands_of_fields_change_nothing(reader: Visitor, rows: Rows, path: str) -> None:
    before = rows()
    fields = {f"q{number}-choice": "1" for number in range(9000)}

    page = forge(reader, path, fields, 409 if path.endswith("check") else 400)

    assert page.title
    assert rows() == before


@pytest.mark.parametrize(
    ("kind", "body"),
    [
        ("application/json", b'{"a": 1}'),
        ("text/xml", b"<a/>"),
        ("multipart/form-data", b"no boundary"),
        ("multipart/form-data; boundary=x", b"--x\r\nbroken"),
        ("application/x-www-form-urlencoded", b"%ff%fe=%00&&&=;==%"),
        ("", b"\x00\xff"),
    ],
)
def test_a_body_of_another_kind_is_no_form(
    reader: Visitor, rows: Rows, kind: str, body: bytes
) -> None:
    before = rows()

    for path in ("/preferences", "/minute/1/1", f"/lessons/{LESSON}/check"):
        answer = reader.client.post(path, data=body, content_type=kind)
        assert answer.status_code == 400

    assert rows() == before


@pytest.mark.parametrize(
    "cookie", ["", "x", "a.b.c", "eyJfdXNlcl9pZCI6IjEuMCJ9.aaaa.bbbb", "\x7f", "9" * 4000]
)
def test_a_session_cookie_that_was_tampered_with_is_a_strangers(
    visitor: Visitor, cookie: str
) -> None:
    for name in ("session", "remember_token", "language"):
        visitor.client.set_cookie(name, cookie)

    assert visitor.get("/").url == "/sign-in"


@pytest.mark.parametrize("header", ["Accept-Language", "User-Agent", "Referer", "X-Forwarded-For"])
def test_no_header_breaks_a_page(reader: Visitor, header: str) -> None:
    for value in ("", ";q=x,,", "*" * 5000, "\xe9\xff", "fr;q=9" * 200, "<script>"):
        reader.headers[header] = value
        assert reader.get("/themes").title == "Learn"
