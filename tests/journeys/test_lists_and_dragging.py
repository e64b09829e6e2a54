"""Putting in order and matching: by lists without any script, by buttons and by hand with it."""

from datetime import datetime

import pytest
from playwright.sync_api import Locator, Page, Route, expect

from academy.catalog.tree import Item, Ordering, QuestionType
from academy.people.models import Person
from tests.journeys.conftest import Screen
from tests.journeys.hand import Hand, tidy
from tests.journeys.rounds import ask_today, enter, question_of, somebody
from tests.journeys.server import Served

pytestmark = pytest.mark.journey


@pytest.fixture
def ada(served: Served, now: datetime) -> Person:
    """Today her minute asks her to put things in order, then to match them."""
    with served.behind():
        ada = somebody(now)
        kinds = (QuestionType.ORDERING, QuestionType.MATCHING)
        ask_today(ada, now, *(question_of(served, kind) for kind in kinds))
    return ada


@pytest.fixture
def page(served: Served, screen: Screen, ada: Person) -> Page:
    page = screen("en")
    enter(page, served, ada)
    page.goto("/minute")
    return page


def right_order(served: Served) -> list[str]:
    body = question_of(served, QuestionType.ORDERING).body
    assert isinstance(body, Ordering)
    return [_words(item) for item in body.items]


def _words(item: Item) -> str:
    return tidy(item.text.en)


def order_on(page: Page) -> list[str]:
    return [tidy(text) for text in page.locator("[data-item]").all_text_contents()]


def places_on(page: Page) -> list[str]:
    return [each.input_value() for each in page.locator(".order-select").all()]


def row_of(page: Page, words: str) -> Locator:
    """The line that says this, wherever it moves."""
    return page.locator(".order-item", has=page.get_by_text(words, exact=True))


def send(page: Page, served: Served) -> None:
    Hand(page, served.catalog, "en").send()


def send_and_read(page: Page, served: Served) -> None:
    send(page, served)
    its_right(page)


def its_right(page: Page) -> None:
    expect(page.locator("h1")).to_have_text("That’s right")


def test_without_any_script_lists_do_the_whole_job(
    served: Served, screen: Screen, ada: Person
) -> None:
    page = screen("en", javascript=False)
    hand = Hand(page, served.catalog, "en")
    enter(page, served, ada)
    page.goto("/minute")

    expect(page.locator("[data-up]").first).to_be_hidden()
    for onwards in ("Next question", "See my minute"):
        hand.answer(page.locator("fieldset.ask"))
        its_right(page)
        page.get_by_role("link", name=onwards).click()

    expect(page.locator("h1")).to_have_text("Your minute is done")


def test_buttons_put_the_lines_in_order_and_the_lists_follow(page: Page, served: Served) -> None:
    wanted = right_order(served)

    for place, words in enumerate(wanted):
        for _step in range(order_on(page).index(words) - place):
            row_of(page, words).locator("[data-up]").press("Enter")

    assert order_on(page) == wanted
    assert places_on(page) == [str(place) for place in range(1, len(wanted) + 1)]
    send_and_read(page, served)


def test_a_moved_line_says_its_new_place_and_keeps_the_focus(page: Page) -> None:
    last = order_on(page)[-1]
    count = len(order_on(page))

    row_of(page, last).locator("[data-up]").press("Space")

    expect(page.locator("[data-said]")).to_have_text(f"{last}: place {count - 1} of {count}")
    expect(row_of(page, last).locator("[data-up]")).to_be_focused()


def test_a_line_at_the_end_cannot_go_further_and_the_focus_turns_round(page: Page) -> None:
    second = order_on(page)[1]

    row_of(page, second).locator("[data-up]").press("Enter")

    row = row_of(page, second)
    expect(row.locator("[data-up]")).to_be_disabled()
    expect(row.locator("[data-down]")).to_be_focused()


def test_lists_move_the_lines_by_keyboard(page: Page, served: Served) -> None:
    wanted = right_order(served)

    Hand(page, served.catalog, "en").fill(page.locator("fieldset.ask"))

    assert order_on(page) == wanted
    send_and_read(page, served)


def test_places_chosen_before_the_script_came_are_kept(page: Page, served: Served) -> None:
    """On a slow network somebody is faster than the script."""
    wanted, held = right_order(served), list[Route]()
    page.route("**/drag.js*", lambda route: held.append(route))  # Playwright marks it
    page.reload(wait_until="commit")
    for place, words in enumerate(wanted[:2], 1):
        row_of(page, words).locator(".order-select").select_option(str(place))

    held[0].continue_()

    expect(page.locator(".is-draggable")).to_be_visible()
    assert order_on(page)[:2] == wanted[:2]
    Hand(page, served.catalog, "en").fill(page.locator("fieldset.ask"))
    send_and_read(page, served)


def test_a_line_is_dragged_by_its_handle(page: Page) -> None:
    first, *others = order_on(page)

    drag(page, row_of(page, first).locator("[data-handle]"), row_of(page, others[-1]))

    assert order_on(page) == [*others, first]
    assert places_on(page) == [str(place) for place in range(1, len(others) + 2)]


def test_a_wrong_order_is_explained_line_by_line(page: Page, served: Served) -> None:
    page.locator("[data-down]").first.press("Enter")
    page.locator("[data-up]").nth(1).press("Enter")

    send(page, served)

    expect(page.locator(".seen-places .seen-wrong").first).to_be_visible()


def drag(page: Page, handle: Locator, onto: Locator) -> None:
    """Press on the handle, go to the far side of the other line in small steps, let go."""
    start, end = handle.bounding_box(), onto.bounding_box()
    assert start is not None
    assert end is not None
    page.mouse.move(start["x"] + start["width"] / 2, start["y"] + start["height"] / 2)
    page.mouse.down()
    page.mouse.move(start["x"] + 5, end["y"] + end["height"] - 4, steps=12)
    page.mouse.up()
