"""A page put into a frame is the page: the same HTML, and nobody's name or token for another."""

from collections.abc import Callable, Iterator
from urllib.parse import parse_qs, unquote, urlsplit

import pytest
from flask import Flask, render_template
from flask_login import login_user
from flask_wtf.csrf import generate_csrf
from jinja2 import ChoiceLoader, DictLoader
from jinja2.exceptions import UndefinedError

from academy.database import db
from academy.people import queries
from academy.people import services as people
from academy.people.models import Person, Role
from academy.people.services import Preferences
from academy.web import frames, pieces
from tests.conftest import MONDAY
from tests.factories import DONT_KNOW, make_person
from tests.pages.conftest import Behind
from tests.visitor import Page, Visitor

Drawn = list[tuple[str, str]]


@pytest.fixture
def both(monkeypatch: pytest.MonkeyPatch) -> Drawn:
    """Every page that is put into a frame is drawn the long way too: (framed, drawn)."""
    seen: Drawn = []
    framed: Callable[..., bytes] = frames.render

    def render(template: str, *kept: object, **context: object) -> bytes:
        quick = framed(template, *kept, **context)
        keep, parts = kept or (None, {})
        slow = render_template(template, keep=keep, parts=parts, **context)
        seen.append((quick.decode(), slow))
        return quick

    monkeypatch.setattr(frames, "render", render)
    return seen


def reader(app: Flask, behind: Behind, *roles: Role, **changes: str) -> Visitor:
    with behind():
        person = make_person(*roles)
        for name, value in changes.items():
            setattr(person, name, value)
        db.session.commit()
        return Visitor(app).as_person(person)


def a_minute(visitor: Visitor) -> list[Page]:
    """The four pages of a minute, with one answer that is empty."""
    pages = [visitor.get("/minute")]
    pages.append(visitor.submit(pages[0], "/minute/", {}, 400))
    for _question in (1, 2):
        pages += [asked := visitor.get("/minute"), visitor.submit(asked, "/minute/", DONT_KNOW)]
    return pages


READERS: list[tuple[tuple[Role, ...], dict[str, str]]] = [
    ((), {}),
    ((), {"given_name": "Zoé <b>&", "family_name": "O’Neil \"the\" 'quick'"}),
    ((Role.ADMIN,), {"language": "fr"}),
    ((Role.AUTHOR, Role.HR), {"colour_scheme": "dark"}),
    ((), {"given_name": "hole-name-", "family_name": "N’Guyễn van der Berg de la Tour"}),
]


def test_a_framed_page_is_the_page(app: Flask, behind: Behind, both: Drawn) -> None:
    for roles, changes in READERS:
        a_minute(reader(app, behind, *roles, **changes))

    assert len(both) == 6 * len(READERS)
    for framed, drawn in both:
        assert squeezed(framed) == squeezed(drawn)


def test_the_second_reader_gets_nothing_of_the_first(app: Flask, behind: Behind) -> None:
    first = reader(app, behind, given_name="Ursula", family_name="Firstborn")
    second = reader(app, behind, given_name="Viktor", family_name="Latecomer")

    seen = [a_minute(first), a_minute(second)]

    for mine, theirs, name in ((0, 1, "Ursula Firstborn"), (1, 0, "Viktor Latecomer")):
        other = tokens(seen[theirs])
        for page in seen[mine]:
            assert page.all(".account-name") == [name]
            assert page.all(".initials") == ["".join(word[0] for word in name.split())]
            assert tokens([page]).isdisjoint(other)


def test_what_is_said_once_is_said_in_a_framed_page_too(
    reader: Visitor, behind: Behind, ada: Person
) -> None:
    reader.get("/minute")
    with reader.client.session_transaction() as held:
        held["_flashes"] = [("success", "Saved, once.")]

    assert reader.get("/minute").all(".toast") == ["Saved, once."]
    assert reader.get("/minute").all(".toast") == []


def test_a_reader_who_changes_is_framed_anew(reader: Visitor, behind: Behind, ada: Person) -> None:
    before = reader.get("/minute")
    with behind():
        people.prefer(ada.id, Preferences("fr", "Europe/Paris", "dark", ()))
        db.session.commit()

    after = reader.get("/minute")

    assert before.html.html is not None
    assert after.html.html is not None
    assert (before.html.html["lang"], after.html.html["lang"]) == ("en", "fr")
    assert after.html.html["data-theme"] == "dark"


def test_no_mark_of_a_frame_reaches_a_reader(reader: Visitor) -> None:
    for page in a_minute(reader):
        assert frames.MARK not in page.response.text


def tokens(pages: list[Page]) -> set[str]:
    return {
        str(field["value"])
        for page in pages
        for field in page.html.select("input[name=csrf_token]")
    }


def squeezed(html: str) -> str:
    """Without the white space between blocks, which no reader sees."""
    return " ".join(html.split()).replace("> <", "><")


@pytest.mark.parametrize("query", ["", "?x=1&y=é%20&z='\"<b>"])
def test_a_report_comes_back_to_the_explanation_whatever_its_address(
    reader: Visitor, query: str
) -> None:
    asked = reader.get("/minute")
    explained = asked.form("/minute/").action
    reader.submit(asked, "/minute/", DONT_KNOW)

    for _drawn_and_kept in (1, 2):
        page = reader.get(explained + query)
        link = page.html.select_one("a.report-link")
        assert link is not None
        back = parse_qs(urlsplit(str(link["href"])).query)["back"][0]
        assert unquote(back) == unquote(explained + query)


PERSONAL = {
    "name": "{{ current_user.name }}",
    "number": "{{ current_user.id }}",
    "colours": "{{ colour_scheme }}",
    "address": "{{ here }}",
    "session": "{{ session._user_id }}",
    "token": "{{ csrf_token() }}",
    "form": '{% from "components/core.html" import csrf %}{{ csrf() }}',
}


@pytest.fixture(params=PERSONAL)
def personal(app: Flask, ada: Person, request: pytest.FixtureRequest) -> Iterator[str]:
    """What a template says of the one reader; Ada is on a page of hers, and templates may be added."""
    before = app.jinja_env.loader
    assert before is not None
    said = PERSONAL[request.param]
    pages = {
        "kept.html": "{% extends layout %}{% block main %}" + said + "{% endblock %}",
        "once.html": '{% call once("' + request.param + '") %}' + said + "{% endcall %}",
        "macro.html": "{% macro piece() %}" + said + "{% endmacro %}",
    }
    app.jinja_env.loader = ChoiceLoader([DictLoader(pages), before])
    with app.test_request_context("/minute"):
        person = queries.signed_in(f"{ada.id}.0", MONDAY.date())
        assert person is not None
        login_user(person)
        yield said
    app.jinja_env.loader = before
    app.jinja_env.cache.clear()  # type: ignore[union-attr]  # there is one


def test_nothing_of_a_reader_enters_a_page_kept_for_others(personal: str) -> None:
    frames.render("kept.html")  # a page of one's own may say it
    for _first_and_second in (1, 2):
        with pytest.raises(UndefinedError):
            frames.render("kept.html", "key")


@pytest.mark.parametrize("personal", ["token", "form"], indirect=True)
def test_no_token_enters_a_piece_kept_for_others(personal: str) -> None:
    token = generate_csrf()
    for _first_and_second in (1, 2):
        with pytest.raises(UndefinedError):
            render_template("once.html")
        with pytest.raises(UndefinedError):
            pieces.pen("macro.html")("piece")

    assert token in frames.render("kept.html").decode()  # it is where it was
