"""My Paper Toy: the page, the sheet as PDF, the stickers; what is read back from paper."""

from collections.abc import Callable
from io import BytesIO
from typing import Any

import pdfplumber
import pikepdf
import pytest
import zxingcpp
from bs4 import BeautifulSoup
from PIL import ImageOps
from werkzeug.test import TestResponse

from academy.database import db
from academy.passport import queries as passports
from academy.passport.links import services as links
from academy.passport.toy import queries
from academy.passport.toy.crew.people import Character
from academy.passport.toy.views import PRINTS
from academy.people.models import Person
from academy.rewards import badges
from tests.conftest import MONDAY
from tests.factories import do_round, earn_passport, make_person
from tests.pages.conftest import Behind, forge, on_sqlite_only, token
from tests.visitor import Fields, Page, Visitor

FIRST: dict[str, str | list[str]] = {"character": "armel", "colour": "sea", "paper": "a4"}
SIZES = {"a4": (595.28, 841.89), "letter": (612, 792)}
DOTS = 150


@pytest.fixture
def winner(behind: Behind, ada: Person) -> Person:
    with behind():
        earn_passport(ada)
    return ada


def figure(visitor: Visitor, **wanted: str | list[str]) -> TestResponse:
    fields: dict[str, Any] = {**FIRST, **wanted, "csrf_token": token(visitor)}
    return visitor.client.post("/passport/toy/figure", data=fields)


def stickers(visitor: Visitor, number: int = 1) -> TestResponse:
    fields = {"csrf_token": token(visitor)}
    return visitor.client.post(f"/passport/toy/stickers/{number}", data=fields)


def choose(visitor: Visitor, status: int = 200, **wanted: str | list[str]) -> Page:
    fields: Fields = {**FIRST, **wanted}
    page = visitor.get("/passport/toy")
    form = next(each for each in page.html.select("form") if each.select_one("[name=character]"))
    hidden = str(form.select("input[type=hidden]")[0]["value"])
    return visitor.post("/passport/toy", {"csrf_token": hidden, **fields}, status)


def codes(content: bytes) -> list[str]:
    """What a telephone reads on the first page."""
    with pdfplumber.open(BytesIO(content)) as document:
        picture = document.pages[0].to_image(resolution=200).original
    return [found.text for found in zxingcpp.read_barcodes(picture)]


def said(content: bytes) -> str:
    with pdfplumber.open(BytesIO(content)) as document:
        return "\n".join(page.extract_text() for page in document.pages)


def certificate_code(behind: Behind, person: Person) -> str:
    with behind():
        found = passports.valid_one(person.id)
        assert found is not None
        return found.code


def pictures_of(document: pikepdf.Pdf) -> list[str]:
    """Every raster picture, on pages and inside drawings."""
    return [
        str(each.get("/Type", ""))
        for each in document.objects
        if isinstance(each, pikepdf.Stream) and each.get("/Subtype") == "/Image"
    ]


def fonts_of(document: pikepdf.Pdf) -> list[pikepdf.Dictionary]:
    return [
        each
        for each in document.objects
        if isinstance(each, pikepdf.Dictionary) and each.get("/Type") == "/FontDescriptor"
    ]


def is_drawn_and_tagged(content: bytes, paper: str, language: str) -> None:
    """Lines and fonts, no raster; the right paper; made for screen readers."""
    with pikepdf.open(BytesIO(content)) as document:
        assert pictures_of(document) == []
        fonts = fonts_of(document)
        assert fonts
        assert all(any(f"/FontFile{kind}" in font for kind in ("", "2", "3")) for font in fonts)
        for page in document.pages:
            assert [float(side) for side in page.mediabox[2:]] == pytest.approx(
                SIZES[paper], abs=0.1
            )
        assert document.Root.MarkInfo.Marked
        assert str(document.Root.Lang).startswith(language)
        with document.open_metadata() as about:
            assert about["pdfuaid:part"] == "1"
            assert about["dc:title"]


def keeps_its_margins(content: bytes) -> None:
    """No ink within ten millimetres of an edge, but for the breadth of a line."""
    with pdfplumber.open(BytesIO(content)) as document:
        for page in document.pages:
            picture = page.to_image(resolution=DOTS).original.convert("L")
            ink = ImageOps.invert(picture).getbbox()
            assert ink is not None
            margin = DOTS / 25.4 * 10 - 3
            assert min(ink[0], ink[1]) >= margin
            assert max(ink[2] - picture.width, ink[3] - picture.height) <= -margin


def test_a_newcomer_finds_an_invitation_and_a_bare_figure(reader: Visitor) -> None:
    page = reader.get("/passport/toy")

    assert page.title == "My Paper Toy"
    assert "You have no badge yet" in page.text
    assert "you have no passport" in page.text
    assert "The first sheet comes with your first badge." in page.text
    assert len(page.all(".toy-steps li")) == 6
    assert page.all(".toy-candidate-name") == ["Armel", "Ohm", "Pixel", "Noctua"]


def test_it_is_reached_from_the_passport(reader: Visitor) -> None:
    assert reader.get("/passport").link("My Paper Toy") == "/passport/toy"


def test_the_choice_is_found_again(reader: Visitor, winner: Person) -> None:
    page = choose(reader, character="noctua", colour="pine", paper="letter")

    assert page.all(".toy-name") == ["Noctua"]
    ticked = [str(each["value"]) for each in page.html.select(".toy-form input[checked]")]
    assert ticked == ["noctua", "pine", "letter"]


@pytest.mark.parametrize(
    ("wrong", "words"),
    [
        ({"character": "ghost"}, "Choose one of the figures."),
        ({"colour": ""}, "Choose one of the colours."),
        ({"paper": "a0"}, "Choose a size of paper."),
    ],
)
@pytest.mark.parametrize("where", ["/passport/toy", "/passport/toy/figure"])
def test_a_choice_there_is_not_is_said_and_changes_nothing(
    reader: Visitor,
    rows: Callable[[], dict[str, int]],
    wrong: dict[str, str],
    words: str,
    where: str,
) -> None:
    before = rows()

    page = forge(reader, where, {**FIRST, **wrong}, 400)

    assert page.all(".field-error") == [words]
    assert rows() == before


def test_more_awards_than_places_are_refused(reader: Visitor, app: Any) -> None:
    with app.app_context():
        many = list(badges.current())[:9]

    page = choose(reader, 400, awards=many)

    assert page.all(".field-error") == ["This figure has 8 places: choose as many at most."]


@on_sqlite_only
@pytest.mark.parametrize("character", Character)
@pytest.mark.parametrize("paper", SIZES)
def test_the_sheet_is_drawn_tagged_and_within_its_margins(
    reader: Visitor, winner: Person, behind: Behind, character: str, paper: str
) -> None:
    answer = figure(reader, character=character, paper=paper)

    assert answer.mimetype == "application/pdf"
    assert f"{character}.pdf" in answer.headers["Content-Disposition"]
    is_drawn_and_tagged(answer.data, paper, "en")
    keeps_its_margins(answer.data)
    code = certificate_code(behind, winner)
    assert codes(answer.data) == [f"https://academy.example/verify/{code}"]


@on_sqlite_only
def test_the_sheet_speaks_the_language_of_its_reader(reader: Visitor, behind: Behind) -> None:
    with behind():
        zoe = make_person(language="fr")
        earn_passport(zoe)

    content = figure(Visitor(reader.app, "fr").as_person(zoe)).data

    is_drawn_and_tagged(content, "a4", "fr")
    text = said(content)
    assert "Comment monter Armel" in text
    assert "Passeport numérique" in text
    assert "How to build" not in text


@on_sqlite_only
def test_without_a_passport_there_is_no_code_and_it_is_said(reader: Visitor) -> None:
    content = figure(reader).data

    assert codes(content) == []
    assert "you have no passport yet" in said(content)
    assert "its octagons wait" in said(content)


@on_sqlite_only
def test_a_closed_code_is_not_printed(reader: Visitor, winner: Person, behind: Behind) -> None:
    with behind():
        links.close(winner.id, MONDAY)
        db.session.commit()

    assert codes(figure(reader).data) == []
    assert "your passport’s code is closed" in reader.get("/passport/toy").text


def test_stickers_hold_what_was_won_since_and_can_be_printed_again(
    reader: Visitor, winner: Person, behind: Behind
) -> None:
    figure(reader)
    with behind():
        do_round(winner)

    answer = stickers(reader)

    is_drawn_and_tagged(answer.data, "a4", "en")
    keeps_its_margins(answer.data)
    assert "First minute" in said(answer.data)
    assert "Digital passport" not in said(answer.data)
    page = reader.get("/passport/toy")
    assert "Everything you won is on paper." in page.text
    assert [words for words in page.all(".toy-sheet-title") if words.startswith("Sheet 1, of")]
    assert said(stickers(reader).data) == said(answer.data)


def test_no_sheet_without_anything_new_nor_out_of_order(reader: Visitor, winner: Person) -> None:
    assert stickers(reader, 2).status_code == 404
    assert stickers(reader, 1).status_code == 200
    refused = stickers(reader, 2)

    assert refused.status_code == 409
    assert "You have won nothing since your last print" in refused.text


def test_nobody_prints_the_sheets_of_somebody_else(
    reader: Visitor, winner: Person, behind: Behind
) -> None:
    stickers(reader)
    with behind():
        stranger = make_person()

    answer = stickers(Visitor(reader.app).as_person(stranger))

    assert answer.status_code == 409
    with behind():
        assert queries.on_paper(stranger.id) == {}


def test_two_presses_print_one_sheet(reader: Visitor, winner: Person, behind: Behind) -> None:
    stickers(reader)
    with behind():
        before = queries.on_paper(winner.id)
    stickers(reader)

    with behind():
        assert queries.on_paper(winner.id) == before


def test_letters_without_a_font_are_refused_in_words(
    reader: Visitor, winner: Person, behind: Behind
) -> None:
    with behind():
        db.session.get_one(Person, winner.id).given_name = "\U00012345\U00012346"
        db.session.commit()

    for path, fields in (("stickers/1", {}), ("figure", FIRST)):
        page = forge(reader, f"/passport/toy/{path}", fields, 200)
        assert page.all(".toast") == [
            "This academy has no font for some letters of your sheet. Ask those who run it."
        ]


def test_printing_is_not_without_end(reader: Visitor) -> None:
    answers = [figure(reader).status_code for _ in range(PRINTS.tries + 1)]

    assert answers == [200] * PRINTS.tries + [429]


def test_the_sheet_and_the_built_figure_are_pictures(reader: Visitor, winner: Person) -> None:
    for path in ("/passport/toy/sheet.svg", "/passport/toy/figure.svg"):
        answer = reader.client.get(path)

        assert answer.mimetype == "image/svg+xml"
        drawing = BeautifulSoup(answer.text, "xml").svg
        assert drawing is not None
        assert drawing.select("clipPath")
        ids = [each["id"] for each in drawing.select("[id]")]
        assert len(ids) == len(set(ids))
