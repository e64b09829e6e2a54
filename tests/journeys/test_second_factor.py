"""A second factor in a real browser: set up, asked for at sign-in, and a recovery code in its place."""

from datetime import UTC, datetime, timedelta

import pytest
from playwright.sync_api import Page, expect

from tests import phones
from tests.factories import PASSWORD, make_person
from tests.journeys.conftest import Screen
from tests.journeys.rounds import enter
from tests.journeys.server import Served

pytestmark = pytest.mark.journey


def show(page: Page, typed: str) -> None:
    page.locator("#code").fill(typed)
    page.locator("#code").press("Enter")


def sign_out_and_in(page: Page, email: str) -> None:
    page.locator(".account-button").click()
    page.locator("form[action='/sign-out'] button").click()
    page.locator("#email").fill(email)
    page.locator("#password").fill(PASSWORD)
    page.locator("#password").press("Enter")
    expect(page).to_have_url("/sign-in/code")


def test_a_phone_and_a_paper_open_the_account_once_each(served: Served, screen: Screen) -> None:
    page = screen("en", "light", 390)
    with served.behind():
        person = make_person(password=PASSWORD)
        email = person.email
    enter(page, served, person)
    page.goto("/account")
    page.get_by_role("link", name="Change my second factor").click()
    page.get_by_label("Present password").fill(PASSWORD)
    page.get_by_role("button", name="Begin").click()
    key = (page.locator(".code").text_content() or "").replace(" ", "")
    now = datetime.now(UTC)
    show(page, phones.code(now, key))
    papers = page.locator(".recovery-codes li").all_text_contents()
    page.get_by_role("link", name="I have kept them").click()

    sign_out_and_in(page, email)
    show(page, phones.code(now, key))
    expect(page.locator(".field-error")).to_be_visible()  # it confirmed the key
    show(page, phones.code(now + timedelta(seconds=30), key))
    expect(page.locator("h1")).to_contain_text("Hello Ada")

    sign_out_and_in(page, email)
    page.get_by_role("link", name="I do not have my phone").click()
    show(page, papers[3].lower())
    expect(page.locator(".toast")).to_contain_text("9 are left")
