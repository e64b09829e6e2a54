"""Wishes put in order by hand, by keys and by lists, and handed in."""

from datetime import datetime

import pytest
from playwright.sync_api import Locator, Page, expect
from sqlalchemy import select

from academy.database import db
from academy.mentoring.wishes.models import Wish
from academy.people.models import Person
from tests import wishing
from tests.journeys.conftest import Screen
from tests.journeys.places_pairs import gathered
from tests.journeys.rounds import enter
from tests.journeys.server import Served
from tests.journeys.visit import Visit

pytestmark = pytest.mark.journey


@pytest.fixture
def page(screen: Screen) -> Page:
    return screen("en")


@pytest.fixture
def met(served: Served, page: Page, now: datetime) -> wishing.Company:
    """Ada met four people: one she noted gladly, one fine, one rather not, one without a note."""
    found = gathered(Visit(served, page, "en", now), mentors=1)
    enter(page, served, found[1][0])
    page.goto(f"/mentoring/{found[0]}/wishes")
    return found


def zone(page: Page, name: str) -> list[str]:
    return page.locator(f"[data-zone={name}] h3").all_text_contents()


def row(page: Page, person: Person) -> Locator:
    return page.locator(".wish", has=page.get_by_text(name_of(person), exact=True))


def name_of(person: Person) -> str:
    return f"{person.given_name} {person.family_name}"


def kept(served: Served, person: Person) -> dict[int, int | str | None]:
    with served.behind():
        rows = db.session.scalars(select(Wish).where(Wish.person_id == person.id))
        return {each.other_id: "no" if each.veto else each.rank for each in rows}


def hand_in(page: Page) -> None:
    page.get_by_role("button", name="Hand in").click()
    expect(page.locator(".wishes-state")).to_contain_text("Handed in on")


def test_by_keys_alone_people_are_put_in_order_share_a_place_and_are_handed_in(
    served: Served, page: Page, met: wishing.Company
) -> None:
    _number, [ada], [bob, cleo, dan, eve] = met
    assert zone(page, "ranked") == [name_of(bob)]

    row(page, cleo).locator("[data-up]").press("Enter")
    expect(page.locator("[data-status]")).to_have_text(f"{name_of(cleo)}: place 2 of 2")
    expect(row(page, cleo).locator("[data-up]")).to_be_focused()
    row(page, cleo).locator("[data-up]").press("Space")
    expect(row(page, cleo).locator("[data-down]")).to_be_focused()
    assert zone(page, "ranked") == [name_of(cleo), name_of(bob)]
    row(page, eve).locator("select").select_option("1")
    expect(page.locator("[data-status]")).to_have_text(f"{name_of(eve)}: place 1, shared")
    row(page, dan).locator("[data-up]").press("Enter")

    hand_in(page)
    assert kept(served, ada) == {cleo.id: 1, eve.id: 1, bob.id: 2, dan.id: None}


def test_by_hand_people_are_dragged_from_list_to_list(
    served: Served, page: Page, met: wishing.Company
) -> None:
    _number, [ada], [bob, cleo, dan, eve] = met

    drag(page, row(page, eve), row(page, bob), 4)
    assert zone(page, "ranked") == [name_of(eve), name_of(bob)]
    drag(page, row(page, cleo), row(page, dan), 4)
    assert zone(page, "refused") == [name_of(cleo), name_of(dan)]

    hand_in(page)
    assert kept(served, ada) == {eve.id: 1, bob.id: 2, cleo.id: "no", dan.id: "no"}


def test_without_any_script_lists_do_the_whole_job(
    served: Served, screen: Screen, met: wishing.Company
) -> None:
    number, [ada], [bob, cleo, dan, eve] = met
    page = screen("en", javascript=False)
    enter(page, served, ada)
    page.goto(f"/mentoring/{number}/wishes")

    expect(page.locator("[data-up]").first).to_be_hidden()
    row(page, bob).locator("select").select_option("2")
    row(page, cleo).locator("select").select_option("1")
    row(page, dan).locator("select").select_option("")
    hand_in(page)

    assert zone(page, "ranked") == [name_of(cleo), name_of(bob)]
    assert kept(served, ada) == {cleo.id: 1, bob.id: 2, dan.id: None, eve.id: None}


def drag(page: Page, moved: Locator, onto: Locator, below: float) -> None:
    """Press on the handle, go just under the upper edge of the other in small steps, let go."""
    handle = moved.locator("[data-handle]")
    handle.scroll_into_view_if_needed()
    start, end = handle.bounding_box(), onto.bounding_box()
    assert start is not None
    assert end is not None
    page.mouse.move(start["x"] + start["width"] / 2, start["y"] + start["height"] / 2)
    page.mouse.down()
    page.mouse.move(start["x"] + 5, end["y"] + below, steps=14)
    page.mouse.up()
