"""Getting in, around and out with the keyboard alone: the focus is always seen."""

import pytest
from playwright.sync_api import Locator, Page, expect

from academy.people.services import PERSONAS
from academy.seed import SHARED_PASSWORD
from tests.journeys.conftest import Screen

pytestmark = pytest.mark.journey

FAR = 60
PATIENCE_MS = 5_000
RINGED = """() => {
  const ringed = (element, pseudo) => {
    const style = getComputedStyle(element, pseudo);
    return style.outlineStyle !== "none" && parseFloat(style.outlineWidth) >= 2;
  };
  const element = document.activeElement;
  return element.matches(":focus-visible") && (ringed(element) || ringed(element, "::after")
    || (element.closest("label") !== null && ringed(element.closest("label"))));
}"""
FOCUSED = "element => element === document.activeElement"


def tab_to(page: Page, wanted: Locator) -> None:
    """Press Tab until the focus is there; each stop on the way shows a ring, once styles are in."""
    for _step in range(FAR):
        page.keyboard.press("Tab")
        page.wait_for_function(RINGED, timeout=PATIENCE_MS)
        if wanted.evaluate(FOCUSED):
            return
    raise AssertionError(f"{FAR} steps of Tab do not lead to {wanted}")


@pytest.fixture
def page(screen: Screen) -> Page:
    """Karim, who has three months of history, signs in by e-mail and password."""
    page = screen("fr")
    page.goto("/passport")
    tab_to(page, page.get_by_label("E-mail professionnel"))
    page.keyboard.type(PERSONAS["learner"])
    tab_to(page, page.get_by_label("Mot de passe"))
    page.keyboard.type(SHARED_PASSWORD)
    tab_to(page, page.locator("#remember"))
    page.keyboard.press("Space")
    expect(page.locator("#remember")).to_be_checked()
    tab_to(page, page.locator("#submit"))
    page.keyboard.press("Enter")
    expect(page.locator(".account")).to_be_visible()
    return page


def test_signing_in_leads_where_one_was_going(page: Page) -> None:
    expect(page).to_have_url("/passport")
    assert {each["name"] for each in page.context.cookies()} >= {"session", "remember_token"}


def test_a_wrong_password_is_said_beside_its_field(screen: Screen) -> None:
    page = screen("fr")
    page.goto("/sign-in")
    tab_to(page, page.locator("#email"))
    page.keyboard.type(PERSONAS["learner"])
    tab_to(page, page.locator("#password"))
    page.keyboard.type("papier-carbone")

    page.keyboard.press("Enter")

    expect(page.locator("#password-error")).to_be_visible()
    expect(page.locator("#password")).to_have_attribute("aria-invalid", "true")
    expect(page.locator("#email")).to_have_value(PERSONAS["learner"])


def test_the_first_stop_skips_to_the_content(page: Page) -> None:
    page.goto("/themes")

    page.keyboard.press("Tab")

    skip = page.locator(".skip")
    assert skip.evaluate(FOCUSED)
    expect(skip).to_be_in_viewport(ratio=1)

    page.keyboard.press("Enter")
    page.keyboard.press("Tab")

    assert page.evaluate("document.activeElement.closest('main') !== null")


def test_the_menu_opens_and_closes(page: Page) -> None:
    menu, summary = page.locator(".account-menu"), page.locator(".account-button")

    tab_to(page, summary)
    page.keyboard.press("Enter")

    expect(menu).to_be_visible()
    tab_to(page, menu.locator("a").first)

    page.keyboard.press("Escape")

    expect(menu).to_be_hidden()
    assert summary.evaluate(FOCUSED)


def test_a_menu_left_by_tab_closes(page: Page) -> None:
    menu = page.locator(".account-menu")
    tab_to(page, page.locator(".account-button"))
    page.keyboard.press("Space")

    tab_to(page, page.locator("main").locator("a, button").first)

    expect(menu).to_be_hidden()


def test_the_language_changes_and_stays(page: Page) -> None:
    tab_to(page, page.get_by_role("button", name="English"))
    page.keyboard.press("Enter")

    expect(page.locator("html")).to_have_attribute("lang", "en")
    expect(page).to_have_url("/passport")

    page.goto("/themes")

    expect(page.locator("h1")).to_have_text("Learn")


def test_signing_out_closes_the_door(page: Page) -> None:
    tab_to(page, page.locator(".account-button"))
    page.keyboard.press("Enter")
    tab_to(page, page.locator(".account-menu button"))

    page.keyboard.press("Enter")

    expect(page.locator("#email")).to_be_visible()
    page.goto("/passport")
    expect(page.locator("#email")).to_be_visible()


def test_a_page_with_something_to_mend_leads_there(page: Page) -> None:
    page.goto("/lessons/cookie-who-remembers/check")
    page.locator("main form [type=submit]").last.click()

    expect(page.locator("fieldset.ask :focus")).to_have_count(1)
    described = page.locator("fieldset.ask:focus-within").get_attribute("aria-describedby")
    expect(page.locator(f"#{described}")).to_be_visible()
