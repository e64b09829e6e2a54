"""Rubbish in every field of every form: read or refused, never a fault, never kept."""

from collections.abc import Callable

import pytest

from academy.catalog import releases
from academy.catalog.tree import QuestionType
from academy.learning import queries as learning
from academy.people.models import Person
from tests.factories import open_quiz, pin_round
from tests.pages.conftest import Behind, token
from tests.visitor import Form, Visitor

Rows = Callable[[], dict[str, int]]

SUM = "{{ 7777 * 7777 }}"
NASTY = [
    "\0",
    "a\0b",
    "\x01\x1b[31m",
    "\u202eevil\u202c",
    "\u200b",
    "😀" * 50,
    "e\u0301" * 100,
    "x" * 10_000,
    " ",
    "NaN",
    "-inf",
    "1e999",
    "-1",
    "0",
    "99999999999999999999",
    "9" * 5000,
    "٣",
    "½",
    "<script>alert(1)</script>",
    SUM,
    "%(name)s %s %",
    "' OR '1'='1",
    "../../etc/passwd",
    "\ufdd0\ufffe",
    "true",
    "__class__",
]


def names(form: Form) -> list[str]:
    """Every field of a form but its token."""
    fields = form.element.select("[name]")
    return sorted({str(field["name"]) for field in fields} - {"csrf_token"})


def is_harmless(text: str) -> bool:
    """Nothing typed is run: not in the browser, not in a template."""
    return "<script>alert" not in text and str(7777 * 7777) not in text


def survives(reader: Visitor, path: str, form: Form) -> None:
    """All fields at once hold rubbish; with some of it, each in turn."""
    fields = names(form)
    csrf = token(reader)
    for number, rubbish in enumerate(NASTY):
        for soiled in [fields] if number % 4 else [*([name] for name in fields), fields]:
            posted = {**form.filled({}), **dict.fromkeys(soiled, rubbish), "csrf_token": csrf}
            answer = reader.client.post(path, data=posted)
            assert answer.status_code in (302, 400, 401, 404, 409, 429), (soiled, rubbish[:20])
            assert is_harmless(answer.text)


@pytest.mark.parametrize(
    ("path", "action"), [("/preferences", "/preferences"), ("/verify", "/verify")]
)
def test_rubbish_in_a_form_is_refused(reader: Visitor, rows: Rows, path: str, action: str) -> None:
    before = rows()

    survives(reader, path, reader.get(path).form(action))

    assert rows() == before


def test_rubbish_does_not_sign_anybody_in(visitor: Visitor, rows: Rows) -> None:
    before = rows()
    form = visitor.get("/sign-in").form("sign-in")
    csrf = token(visitor)

    for rubbish in NASTY:
        for fields in ({"email": rubbish, "password": "x"}, {"email": rubbish, "next": rubbish}):
            answer = visitor.client.post("/sign-in", data={**fields, "csrf_token": csrf})
            assert answer.status_code in (200, 400, 401, 429), rubbish[:20]

    assert names(form) == ["email", "password", "remember", "submit"]
    assert visitor.get("/").url == "/sign-in"
    assert rows() == before


def test_rubbish_is_no_language(reader: Visitor, rows: Rows, ada: Person) -> None:
    before = rows()

    survives(reader, "/language", reader.get("/").form("/language"))

    assert rows() == before


def test_rubbish_in_a_check_is_never_marked(reader: Visitor, rows: Rows) -> None:
    path = "/lessons/ai-learns-from-examples/check"
    before = rows()
    form = reader.get(path).form(path)
    csrf = token(reader)

    for rubbish in NASTY:
        for soiled in ("choice", "number", "text"):
            fields = {f"q{slot}-{soiled}": rubbish for slot in (1, 2, 3)}
            answer = reader.client.post(path, data={**form.filled(fields), "csrf_token": csrf})
            assert answer.status_code in (400, 409), (soiled, rubbish[:20])

    assert rows() == before


@pytest.mark.parametrize("field", ["release", "number"])
def test_rubbish_in_a_hidden_field_is_never_marked(reader: Visitor, rows: Rows, field: str) -> None:
    path = "/lessons/cloud-has-an-address/check"
    before = rows()
    form = reader.get(path).form(path)
    known = {f"q{slot}-dont_know": "1" for slot in (1, 2, 3)}

    for rubbish in NASTY:
        fields = form.filled({**known, field: rubbish})
        if field == "number" and not (rubbish.lstrip("-").isdecimal() and len(rubbish) < 100):
            continue  # no number at all means the next try
        assert reader.client.post(path, data=fields).status_code in (400, 409), rubbish[:20]

    assert rows() == before


def test_rubbish_in_a_quiz_leaves_it_open(
    reader: Visitor, behind: Behind, rows: Rows, ada: Person
) -> None:
    with behind():
        attempt = open_quiz(ada, "changes")
    path = f"/attempts/{attempt.id}"
    before = rows()
    form = reader.get(path).form(path)

    for rubbish in NASTY:
        fields = {name: rubbish for name in names(form) if "dont_know" not in name}
        answer = reader.client.post(path, data=form.filled(fields))
        assert answer.status_code in (400, 409), rubbish[:20]

    assert rows() == before
    with behind():
        found = learning.attempt(attempt.id)
        assert found is not None
        assert found.submitted_at is None


@pytest.mark.parametrize("kind", [kind for kind in QuestionType if kind is not QuestionType.SHORT])
def test_rubbish_in_a_minute_is_refused_or_wrong(
    reader: Visitor, behind: Behind, ada: Person, kind: QuestionType
) -> None:
    """A number may be wrong; nothing else here can be read as an answer but the first places."""
    with behind():
        catalog = releases.current()
        question = next(each for each in catalog.questions.values() if each.type is kind)
        drawn = pin_round(ada, *[question] * (len(NASTY) + 1))
    page = reader.get("/minute")
    form = page.form("/minute/")
    slot = 1

    for rubbish in NASTY:
        fields = {
            name: rubbish
            for name in names(form)
            if name not in ("dont_know", "release", "question")
        }
        path = f"/minute/{drawn.id}/{slot}"
        answer = reader.client.post(path, data=form.filled(fields))
        assert answer.status_code in (200, 400), rubbish[:20]
        slot += answer.status_code == 200


def test_rubbish_typed_as_a_word_is_wrong_and_shown_harmless(
    reader: Visitor, behind: Behind, ada: Person
) -> None:
    with behind():
        catalog = releases.current()
        question = next(
            each for each in catalog.questions.values() if each.type is QuestionType.SHORT
        )
        drawn = pin_round(ada, *[question] * (len(NASTY) + 1))
    form = reader.get("/minute").form("/minute/")

    slot = 1
    for rubbish in NASTY:
        path = f"/minute/{drawn.id}/{slot}"
        answer = reader.client.post(path, data=form.filled({"text": rubbish}))
        assert answer.status_code in (200, 400), rubbish[:20]
        assert is_harmless(answer.text)
        if answer.status_code == 200:
            again = reader.get(path)  # what was kept can be read back
            assert again.all(".verdict") != []
            slot += 1
