"""Pictures to share: what each shows, to whom, and until when."""

from io import BytesIO

import pytest
import zxingcpp
from flask import Flask
from PIL import Image

from academy.database import db
from academy.passport import queries as passports
from academy.passport import services as passport
from academy.passport.cards import pages
from academy.passport.cards.drawing import HEIGHT, WIDTH, Card, Shape, drawn
from academy.passport.cards.views import DRAWN
from academy.passport.links import queries as links
from academy.people.models import Person
from academy.web import throttle
from tests.conftest import MONDAY
from tests.pages.conftest import Behind, forge
from tests.pages.test_passport_links import code_of, holder, new, own
from tests.visitor import Visitor

__all__ = ["holder"]  # the fixture


def card_of(app: Flask, code: str) -> Card:
    """What the picture says, before it is drawn."""
    with app.test_request_context(headers={"Accept-Language": "en"}):
        shown = links.shown_by(code)
        assert shown is not None
        card = pages.of_link(shown, f"https://academy.example/verify/{code}")
    assert card is not None
    return card


def test_a_link_has_a_picture_of_the_size_that_networks_want(
    app: Flask, reader: Visitor, holder: Person
) -> None:
    path = new(reader, visas="y")
    page = Visitor(app).get(path)

    told = page.html.select_one("meta[property='og:image']")
    assert told is not None
    assert told["content"] == f"https://academy.example{path}/card.png"
    answer = Visitor(app).client.get(f"{path}/card.png")
    image = Image.open(BytesIO(answer.data))
    assert (answer.mimetype, image.size) == ("image/png", (WIDTH, HEIGHT))
    assert answer.headers["Cache-Control"] == "max-age=300, private"
    assert answer.headers["X-Robots-Tag"] == "noindex, noarchive"
    assert [each.text for each in zxingcpp.read_barcodes(image)] == [
        f"https://academy.example{path}"
    ]


def test_as_a_drawing_it_is_a_file_to_keep_without_a_script(
    app: Flask, reader: Visitor, holder: Person
) -> None:
    answer = Visitor(app).client.get(new(reader) + "/card.svg")

    assert answer.mimetype == "image/svg+xml"
    assert answer.headers["Content-Disposition"] == 'attachment; filename="passport-card.svg"'
    assert b"<script" not in answer.data
    assert b"http" not in answer.data.replace(b"http://www.w3.org/", b"")


@pytest.mark.parametrize(
    ("shown", "detail", "pictures"),
    [
        ({}, "Digital passport", 0),
        ({"visas": "y"}, "Digital passport · 3 visas", 3),
        ({"awards": "y"}, "Digital passport · 4 badges and medals", 4),
        ({"visas": "y", "awards": "y"}, "Digital passport · 3 visas · 4 badges and medals", 6),
    ],
)
def test_it_never_shows_more_than_its_link(
    app: Flask,
    reader: Visitor,
    holder: Person,
    shown: dict[str, str],
    detail: str,
    pictures: int,
) -> None:
    code = new(reader, **shown).rpartition("/")[2]

    card = card_of(app, code)

    assert (card.headline, card.detail) == (f"Ada {holder.family_name}", detail)
    assert len(card.row) == pictures
    assert "Lyon" not in f"{card}"


def test_a_link_that_is_closed_has_no_picture_any_more(
    app: Flask, reader: Visitor, holder: Person, behind: Behind
) -> None:
    path, mine = new(reader), f"/verify/{code_of(behind, holder)}"
    for each in (path, mine):
        assert Visitor(app).client.get(f"{each}/card.png").status_code == 200
    reader.submit(reader.get("/passport/links"), "/withdraw")
    forge(reader, "/passport/links/own/close", {}, 200)

    for each in (path, mine):
        assert Visitor(app).client.get(f"{each}/card.png").status_code == 410
        assert "og:image" not in Visitor(app).get(each, 410).response.text
    own(reader, shown={"visas": "y"})
    assert Visitor(app).client.get(f"{mine}/card.png").status_code == 200


def test_a_passport_that_was_revoked_has_no_picture(
    app: Flask, reader: Visitor, holder: Person, behind: Behind
) -> None:
    path = new(reader)
    with behind():
        certificate = passports.valid_one(holder.id)
        assert certificate is not None
        passport.revoke(certificate, "Lost.", MONDAY)
        db.session.commit()

    assert Visitor(app).client.get(f"{path}/card.png").status_code == 410
    assert "og:image" not in Visitor(app).get(path).response.text
    assert Visitor(app).client.get("/verify/2222-2222-2222/card.png").status_code == 404


def test_pictures_are_drawn_with_patience(app: Flask, behind: Behind) -> None:
    with behind():
        for _each in range(30):
            throttle.allow(DRAWN, "127.0.0.1", MONDAY)
        db.session.commit()

    assert Visitor(app).client.get("/verify/2222-2222-2222/card.png").status_code == 429


def test_the_holder_of_an_award_chooses_how_its_picture_names_them(
    reader: Visitor, holder: Person
) -> None:
    form = reader.get("/passport/files").form("/passport/files/flawless/card")
    files = {
        named: reader.client.post(
            "/passport/files/flawless/card", data=form.filled({"named": named, "format": "png"})
        )
        for named in ("full", "given", "none")
    }

    assert {file.status_code for file in files.values()} == {200}
    assert {Image.open(BytesIO(file.data)).size for file in files.values()} == {(WIDTH, HEIGHT)}
    assert len({file.data for file in files.values()}) == 3
    kept = files["none"].headers
    assert kept["Content-Disposition"] == 'attachment; filename="flawless-card.png"'
    assert kept["Cache-Control"] == "no-store"


@pytest.mark.parametrize(
    ("award", "fields", "status"),
    [
        ("keyring-gold", {"named": "full", "format": "png"}, 404),
        ("nothing", {"named": "full", "format": "png"}, 404),
        ("flawless", {"named": "full", "format": "gif"}, 400),
        ("flawless", {"named": "The Queen", "format": "png"}, 400),
        ("flawless", {}, 400),
    ],
)
def test_nobody_gets_a_picture_of_what_they_do_not_hold(
    reader: Visitor, holder: Person, award: str, fields: dict[str, str], status: int
) -> None:
    forge(reader, f"/passport/files/{award}/card", fields, status)


@pytest.mark.parametrize("name", ["#panic()", "\\ $x$ *b* @a <l>", 'a"b', "日本 Ελλάδα", "x" * 300])
def test_a_name_is_words_and_nothing_else(name: str) -> None:
    empty = '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 1 1"/>'

    picture = drawn(Card("Company", name, name, name, empty), Shape.PNG)

    assert Image.open(BytesIO(picture)).size == (WIDTH, HEIGHT)
