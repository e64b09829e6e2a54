"""Every page, light and dark, narrow and wide, in French and English: nothing stands in anybody's way."""

from datetime import datetime
from typing import Literal, NamedTuple

import pytest
from playwright.sync_api import expect

from academy.catalog.tree import Language
from tests.journeys.conftest import Screen
from tests.journeys.eyes import flaws, missed_by_tab, too_wide
from tests.journeys.places import PLACES, Visit
from tests.journeys.server import Served

pytestmark = pytest.mark.journey

PHONE, DESK, NARROWEST = 390, 1280, 320


class Look(NamedTuple):
    language: Language
    scheme: Literal["light", "dark"]
    width: int


# Two looks show a page in each language, each scheme and each width; the pages take the pairs in turn.
PAIRS = (
    (Look("fr", "light", PHONE), Look("en", "dark", DESK)),
    (Look("en", "dark", PHONE), Look("fr", "light", DESK)),
    (Look("fr", "dark", PHONE), Look("en", "light", DESK)),
    (Look("en", "light", PHONE), Look("fr", "dark", DESK)),
)
SEEN = [
    pytest.param(name, look, id=f"{name}-{'-'.join(map(str, look))}")
    for turn, name in enumerate(PLACES)
    for look in PAIRS[turn % len(PAIRS)]
]


@pytest.mark.parametrize(("name", "look"), SEEN)
def test_a_page_stands_in_nobodys_way(
    served: Served, screen: Screen, now: datetime, name: str, look: Look
) -> None:
    page = screen(*look)

    PLACES[name](Visit(served, page, look.language, now))

    expect(page.locator("html")).to_have_attribute("lang", look.language)
    found = flaws(page)
    if look.width == PHONE:
        found += too_wide(page, NARROWEST)
    assert found == []


@pytest.mark.parametrize("width", [PHONE, DESK])
@pytest.mark.parametrize("name", ["home new", "minute of single", "minute of ordering", "quiz"])
def test_tab_reaches_everything_in_the_order_of_the_page(
    served: Served, screen: Screen, now: datetime, name: str, width: int
) -> None:
    page = screen("en", "light", width)

    PLACES[name](Visit(served, page, "en", now))

    assert missed_by_tab(page) == []


@pytest.mark.parametrize(("device", "wish"), [("light", "dark"), ("dark", "light")])
def test_ones_own_colours_win_over_those_of_the_device(
    served: Served,
    screen: Screen,
    now: datetime,
    device: Literal["light", "dark"],
    wish: Literal["light", "dark"],
) -> None:
    page = screen("en", device)
    PLACES["preferences"](Visit(served, page, "en", now))

    page.locator("#colour_scheme").select_option(wish)
    page.locator("#submit").click()

    expect(page.locator("html")).to_have_attribute("data-theme", wish)
    assert flaws(page) == []
