"""Watching: our own film moves, and a player elsewhere is asked for by a click alone."""

import time
import urllib.request
from collections.abc import Iterator

import pytest
from playwright.sync_api import Page, Route, expect

from academy import clock
from academy.catalog import services
from academy.catalog.services import Publication
from academy.database import db
from tests.films import ADDRESS, HOST, LESSON, with_player
from tests.journeys.conftest import Screen
from tests.journeys.rounds import enter, somebody
from tests.journeys.server import PATIENCE, Served
from tests.services.packs import pack, shipped

pytestmark = pytest.mark.journey

OURS = "/lessons/cookie-who-remembers"


def reading(screen: Screen, served: Served, path: str, javascript: bool = True) -> Page:
    """Somebody who has just opened this page."""
    page = screen("en", javascript=javascript)
    with served.behind():
        person = somebody(clock.now())
    enter(page, served, person)
    page.goto(path)
    return page


@pytest.fixture
def elsewhere(served: Served) -> Iterator[None]:
    """A release with a player elsewhere is served; the whole content is again when the test is over."""
    made = pack(with_player(shipped()))
    with served.behind():
        services.publish(made, Publication(), clock.now())
        db.session.commit()
    wait_for_player(served, shows=True)
    yield
    served.begin_again()
    wait_for_player(served, shows=False)


def wait_for_player(served: Served, shows: bool) -> None:
    """Until the worker follows: it looks every two seconds."""
    with served.behind():
        person = somebody(clock.now())
    page = urllib.request.Request(  # noqa: S310  # our own server
        f"{served.address}/lessons/{LESSON}",
        headers={"Cookie": f"session={served.session_of(person)}"},
    )
    until = time.monotonic() + PATIENCE
    while time.monotonic() < until:
        with urllib.request.urlopen(page) as answer:  # noqa: S310  # our own server
            if (b"data-player" in answer.read()) == shows:
                return
        time.sleep(0.2)
    raise AssertionError("the release was not picked up")


def test_our_film_moves_and_its_captions_are_those_of_the_page(
    screen: Screen, served: Served
) -> None:
    page = reading(screen, served, OURS)

    page.locator("video").evaluate("video => video.play()")

    assert page.wait_for_function(
        "() => { const video = document.querySelector('video');"
        " return video.currentTime > 0.3 && video.videoWidth > 0; }"
    )
    shown = "video => [...video.textTracks].filter(t => t.mode === 'showing').map(t => t.language)"
    assert page.locator("video").evaluate(shown) == ["en"]
    cues = "video => video.textTracks[1].cues.length"
    assert page.locator("video").evaluate(cues) == 8


@pytest.mark.usefixtures("elsewhere")
def test_nobody_elsewhere_is_asked_before_somebody_presses(screen: Screen, served: Served) -> None:
    page = reading(screen, served, f"/lessons/{LESSON}")
    asked: list[str] = []

    def answer(route: Route) -> None:
        asked.append(route.request.url)
        route.fulfill(content_type="text/html", body="<title>Player</title>")

    page.route(f"https://{HOST}/**", answer)
    expect(page.locator("[data-plain]")).to_be_hidden()
    button = page.get_by_role("button", name=f"Play: {HOST} will see your address")
    button.hover()
    button.focus()
    page.wait_for_load_state("networkidle")
    assert asked == []
    assert page.locator("iframe").count() == 0

    page.keyboard.press("Enter")

    player = page.locator("iframe")
    expect(player).to_be_visible()
    assert (player.get_attribute("src"), player.get_attribute("title")) == (ADDRESS, "A hand")
    expect(page.frame_locator("iframe").locator("html")).to_be_attached()
    assert asked == [ADDRESS]


@pytest.mark.usefixtures("elsewhere")
def test_without_javascript_there_is_a_link(screen: Screen, served: Served) -> None:
    page = reading(screen, served, f"/lessons/{LESSON}", javascript=False)

    link = page.get_by_role("link", name=f"Watch at {HOST} (new tab)")
    expect(link).to_be_visible()
    assert link.get_attribute("href") == ADDRESS
    expect(page.locator("[data-play]")).to_be_hidden()
