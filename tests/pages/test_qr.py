"""The QR code of a passport, read by somebody else's reader."""

import re

import pytest
import zxingcpp
from bs4 import Tag

from academy.passport import queries as passports
from academy.people.models import Person
from academy.web.qr import QUIET, qr_svg
from tests.factories import earn_passport
from tests.pages.conftest import Behind
from tests.visitor import Visitor

DOT = 4
BLACK, WHITE = 0, 255


def rows_of(drawing: str) -> list[list[bool]]:
    """The squares of the drawing: dark or not."""
    found = re.search(r'viewBox="0 0 (\d+) \1"', drawing)
    assert found is not None
    size = int(found[1])
    dark = {(int(x), int(y)) for x, y in re.findall(r"M(\d+) (\d+)h1v1h-1z", drawing)}
    return [[(x, y) in dark for x in range(size)] for y in range(size)]


def read(drawing: str) -> str:
    """What a telephone reads in the drawing."""
    rows = rows_of(drawing)
    side = len(rows) * DOT
    pixels = bytes(
        BLACK if dark else WHITE
        for row in rows
        for _ in range(DOT)
        for dark in row
        for _ in range(DOT)
    )
    found = zxingcpp.read_barcode(memoryview(pixels).cast("B", (side, side)))
    assert found is not None
    return str(found.text)


def drawn_on(visitor: Visitor) -> Tag:
    drawing = visitor.get("/passport").html.select_one(".qr svg")
    assert drawing is not None
    return drawing


def test_it_leads_to_the_public_page_of_this_passport(
    reader: Visitor, behind: Behind, ada: Person
) -> None:
    with behind():
        earn_passport(ada)
        certificate = passports.valid_one(ada.id)
        assert certificate is not None

    address = read(str(drawn_on(reader)).replace("viewbox", "viewBox"))

    assert address == f"https://academy.example/verify/{certificate.code}"
    stranger = Visitor(reader.app).get(address.removeprefix("https://academy.example"))
    assert stranger.title == "This passport is valid"


@pytest.mark.parametrize("address", ["http://127.0.0.1:8000/verify/X", "https://a.example/" * 8])
def test_any_address_is_read_back(address: str) -> None:
    assert read(qr_svg(address)) == address


def test_its_quiet_zone_is_left_white() -> None:
    rows = rows_of(qr_svg("https://academy.example"))

    edge = [*rows[:QUIET], *rows[-QUIET:], *(row[:QUIET] + row[-QUIET:] for row in rows)]
    assert not any(dark for row in edge for dark in row)
