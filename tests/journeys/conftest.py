"""A browser, a real server, and a fresh screen for each test."""

import re
import shutil
from collections.abc import Callable, Generator, Iterator
from contextlib import ExitStack
from datetime import UTC, datetime
from pathlib import Path
from typing import Literal

import pytest
from playwright.sync_api import (
    Browser,
    BrowserContext,
    ConsoleMessage,
    Error,
    Page,
    Playwright,
    Route,
    sync_playwright,
)

from tests.journeys.server import Served, serving

ARGUMENTS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--disable-dev-shm-usage",
]
NO_BROWSER = (
    "No browser for the journeys: install Debian's (apt-get install chromium) "
    "or Playwright's own (.venv/bin/playwright install chromium)."
)
ELSEWHERE = re.compile(r"^https?://(?!127\.0\.0\.1[:/])")
EXPECTED = re.compile(
    r"^Failed to load resource: (the server responded with a status of 4\d\d"
    r"|net::ERR_INTERNET_DISCONNECTED)"  # a test that cuts the network
)
FILES = ("/static/", ".svg")
TALL = 900
TIMEOUT_MS = 10_000

Screen = Callable[..., Page]


@pytest.fixture(autouse=True)
def now() -> datetime:
    """Here time goes by: the server lives in its own process."""
    return datetime.now(UTC)


@pytest.fixture(scope="session")
def playwright() -> Iterator[Playwright]:
    with sync_playwright() as started:
        yield started


@pytest.fixture(scope="session")
def chromium(playwright: Playwright) -> Iterator[Browser]:
    """Debian's Chromium, or Playwright's own; without any, the journeys are skipped."""
    found = shutil.which("chromium") or playwright.chromium.executable_path
    if not Path(found).exists():
        pytest.skip(NO_BROWSER)
    browser = playwright.chromium.launch(executable_path=found, args=ARGUMENTS)
    yield browser
    browser.close()


@pytest.fixture(scope="session")
def served_all_along(
    chromium: Browser, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Served]:
    with serving(tmp_path_factory.mktemp("academy")) as running:
        yield running


@pytest.fixture
def served(served_all_along: Served) -> Served:
    """The server, with the company as it was planted: nothing of another test is left."""
    served_all_along.begin_again()
    return served_all_along


@pytest.fixture
def screen(chromium: Browser, served: Served) -> Iterator[Screen]:
    """`screen(language="en", width=390)`: somebody's browser, without cookies. Complaints fail the test."""
    complaints: list[str] = []
    with ExitStack() as stack:

        def open_one(
            language: str = "fr",
            scheme: Literal["light", "dark"] = "light",
            width: int = 1280,
            javascript: bool = True,
        ) -> Page:
            context = chromium.new_context(
                base_url=served.address,
                locale={"fr": "fr-FR", "en": "en-GB"}[language],
                color_scheme=scheme,
                viewport={"width": width, "height": TALL},
                reduced_motion="reduce",
                java_script_enabled=javascript,
                timezone_id="Europe/Paris",
            )
            stack.callback(context.close)
            context.set_default_timeout(TIMEOUT_MS)
            _watch(context, complaints)
            return context.new_page()

        yield open_one
    assert complaints == []


def _watch(context: BrowserContext, complaints: list[str]) -> None:
    """Nothing may be asked of another host, and the console stays silent."""

    def refuse(route: Route) -> None:
        complaints.append(f"asked elsewhere: {route.request.url}")
        route.abort()

    def listen(message: ConsoleMessage) -> None:
        refused = EXPECTED.match(message.text)
        of_a_file = any(sign in message.location["url"] for sign in FILES)
        if message.type in {"error", "warning"} and (of_a_file or not refused):
            complaints.append(f"{message.type} at {message.location['url']}: {message.text}")

    def note(error: Error) -> None:
        complaints.append(f"script error: {error}")

    context.route(ELSEWHERE, refuse)
    context.on("console", listen)
    context.on("weberror", lambda broken: note(broken.error))


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport(
    item: pytest.Function, call: pytest.CallInfo[None]
) -> Generator[None, pytest.TestReport, pytest.TestReport]:
    report = yield
    served = item.funcargs.get("served")
    if report.failed and isinstance(served, Served):
        report.sections.append(("Server log", served.log()))
    return report
