"""Twelve scenes in a real browser, from the home page to the letter and on to the path."""

from datetime import datetime

import pytest
from playwright.sync_api import Page, expect

from academy.catalog.tree import Language
from tests.journeys.conftest import Screen
from tests.journeys.server import Served
from tests.journeys.visit import Visit

pytestmark = pytest.mark.journey

ALL, BEFORE_LEAVING = 12, 5


@pytest.mark.parametrize(("language", "javascript"), [("en", True), ("fr", False)])
def test_a_newcomer_sails_goes_ashore_comes_back_and_reads_the_letter(
    served: Served, screen: Screen, now: datetime, language: Language, javascript: bool
) -> None:
    page = screen(language, width=390, javascript=javascript)
    visit = Visit(served, page, language, now)
    assert visit.person

    visit.open("/", ".voyage-invite")
    page.locator(".voyage-invite a").click()
    page.locator("form[action='/placement/start'] button").click()
    for scene in range(1, BEFORE_LEAVING + 1):
        do_not_know(page, scene)

    page.locator(".voyage-leave a").click()
    page.locator(".voyage-invite a").click()
    for scene in range(BEFORE_LEAVING + 1, ALL + 1):
        do_not_know(page, scene)

    expect(page.locator(".traveller")).to_be_visible()
    expect(page.locator(".found-theme")).to_have_count(6)
    page.locator("main a[href='/path']").click()
    expect(page.locator(".map-sheet")).to_have_count(6)


def do_not_know(page: Page, scene: int) -> None:
    expect(page.locator(".voyage-stop.is-done")).to_have_count(scene - 1)
    page.locator("[name=dont_know]").click()
