"""The passport as a PDF: what it says, how it is made, and when it cannot be made."""

from collections.abc import Iterator
from datetime import timedelta
from io import BytesIO

import pdfplumber
import pikepdf
import pypdfium2
import pytest
import zxingcpp

from academy.database import db
from academy.passport import codes
from academy.passport import queries as passports
from academy.passport.booklet.views import PRINTED
from academy.people.models import Person
from academy.web import throttle
from tests.conftest import MONDAY
from tests.factories import earn_passport, sit_quiz
from tests.pages.conftest import Behind, forge, on_sqlite_only
from tests.visitor import Visitor

A4 = (595.3, 841.9)
A6 = (297.6, 421.0)


def print_it(visitor: Visitor, paper: str) -> bytes:
    fields = visitor.get("/passport/files").form("/passport/booklet").filled({"paper": paper})
    answer = visitor.client.post("/passport/booklet", data=fields)
    assert (answer.status_code, answer.mimetype) == (200, "application/pdf")
    return answer.data


def said(file: bytes) -> list[str]:
    with pdfplumber.open(BytesIO(file)) as pdf:
        return [page.extract_text() for page in pdf.pages]


def fonts_of(file: bytes) -> Iterator[pikepdf.Object]:
    with pikepdf.open(BytesIO(file)) as pdf:
        for thing in pdf.objects:
            if isinstance(thing, pikepdf.Dictionary) and thing.get("/Type") == "/FontDescriptor":
                yield thing


def test_before_it_is_issued_it_says_so_and_what_is_on_the_way(
    reader: Visitor, behind: Behind, ada: Person
) -> None:
    with behind():
        sit_quiz(ada, "doors", MONDAY)

    pages = said(print_it(reader, "pages"))

    assert len(pages) == 8
    assert "Not issued yet" in pages[1]
    assert "Security visa" in pages[2]
    assert "2 March 2026" in pages[2]
    assert "Digital culture visa" in pages[4]


def test_once_issued_it_says_what_was_certified_and_its_code_is_read_by_a_telephone(
    reader: Visitor, behind: Behind, ada: Person
) -> None:
    with behind():
        earn_passport(ada)
        certificate = passports.valid_one(ada.id)
        assert certificate is not None
        code = certificate.code

    file = print_it(reader, "pages")

    assert codes.grouped(code) in said(file)[1]
    assert "AI at work visa" in said(file)[2]
    picture = pypdfium2.PdfDocument(file)[1].render(scale=3).to_pil()
    (read,) = zxingcpp.read_barcodes(picture)
    assert read.text.endswith(f"/verify/{code}")


def test_what_was_won_since_is_not_in_it_until_it_is_certified(
    reader: Visitor, behind: Behind, ada: Person
) -> None:
    with behind():
        earn_passport(ada)
    before = "".join(said(print_it(reader, "pages"))[5:7])
    with behind():
        sit_quiz(ada, "inventions", MONDAY + timedelta(days=1))

    assert "".join(said(print_it(reader, "pages"))[5:7]) == before


def test_a_closed_code_is_not_printed(reader: Visitor, behind: Behind, ada: Person) -> None:
    with behind():
        earn_passport(ada)
    page = reader.get("/passport/links")
    reader.submit(page, "/passport/links/own/close")

    pages = said(print_it(reader, "pages"))

    assert "This code is closed" in pages[1]
    assert "verify" not in pages[1] + pages[7]


@pytest.mark.parametrize(("paper", "pages", "size"), [("pages", 8, A6), ("sheet", 2, A4)])
def test_it_is_vector_tagged_and_carries_its_fonts(
    reader: Visitor, behind: Behind, ada: Person, paper: str, pages: int, size: tuple[float, float]
) -> None:
    with behind():
        earn_passport(ada)

    file = print_it(reader, paper)

    with pikepdf.open(BytesIO(file)) as pdf:
        assert [tuple(float(at) for at in page.mediabox[2:]) for page in pdf.pages] == [
            pytest.approx(size, abs=0.6)
        ] * pages
        assert str(pdf.Root.Lang) == "en"
        assert pdf.Root.MarkInfo.Marked
        assert pdf.open_metadata()["pdfuaid:part"] == "1"
        kinds = {
            str(each.get("/Subtype")) for each in pdf.objects if isinstance(each, pikepdf.Stream)
        }
        assert "/Image" not in kinds
    assert all({"/FontFile2", "/FontFile3"} & set(font.keys()) for font in fonts_of(file))
    assert list(fonts_of(file))


def test_on_the_sheet_the_leaves_lie_so_that_they_follow_one_another_once_folded(
    reader: Visitor, behind: Behind, ada: Person
) -> None:
    with behind():
        earn_passport(ada)

    with pdfplumber.open(BytesIO(print_it(reader, "sheet"))) as pdf:
        quarters = [
            page.crop((left, top, left + page.width / 2, top + page.height / 2)).extract_text()
            for page in pdf.pages
            for top in (0, page.height / 2)
            for left in (0, page.width / 2)
        ]

    titles = [
        "Is it genuine?",
        "Digital passport",
        "Badges and medals",
        "Visas",
        "Identity",
        "Badges and medals, continued",
        "Visas, continued",
        "On the way",
    ]
    assert [title in text for title, text in zip(titles, quarters, strict=True)] == [True] * 8
    assert quarters[1].split("\n")[-1].startswith("Ada")


def test_letters_without_a_font_are_refused_in_words(
    reader: Visitor, behind: Behind, ada: Person
) -> None:
    with behind():
        db.session.get_one(Person, ada.id).given_name = "\U00012345\U00012346"
        db.session.commit()

    page = forge(reader, "/passport/booklet", {"paper": "sheet"}, 200)

    assert page.all(".toast") == [
        "This academy has no font for some letters of your passport. Ask those who run it."
    ]


@on_sqlite_only
@pytest.mark.parametrize("paper", ["", "a0", "PAGES"])
def test_other_papers_are_refused(reader: Visitor, ada: Person, paper: str) -> None:
    refused = forge(reader, "/passport/booklet", {"paper": paper}, 400)

    assert refused.response.mimetype == "text/html"


def test_nobody_prints_too_many_in_a_short_time(
    reader: Visitor, ada: Person, behind: Behind
) -> None:
    with behind():
        for _each in range(20):
            throttle.allow(PRINTED, str(ada.id), MONDAY)
        db.session.commit()

    refused = forge(reader, "/passport/booklet", {"paper": "pages"}, 429)

    assert refused.response.mimetype == "text/html"
