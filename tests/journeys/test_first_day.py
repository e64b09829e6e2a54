"""From the first click to a passport that a stranger verifies, in both languages."""

from io import BytesIO

import pytest
import zxingcpp
from PIL import Image
from playwright.sync_api import Page, expect

from academy.catalog.tree import Language
from academy.rewards import badges
from tests.journeys.conftest import Screen
from tests.journeys.hand import Hand, tidy
from tests.journeys.server import Served, path_of

pytestmark = pytest.mark.journey

QUIZZES = ("changes", "data", "platforms", "doors", "basics")
VISAS = ("visa-culture", "visa-security", "visa-ai")


class Walk:
    """One person at one screen, who reads the page and follows its words."""

    def __init__(self, served: Served, page: Page, language: Language) -> None:
        self.served, self.page, self.language = served, page, language
        self.hand = Hand(page, served.catalog, language)

    def said(self, sentence: str, **values: object) -> str:
        return self.served.say(sentence, self.language, **values)

    def title_of(self, award: str) -> str:
        with self.served.app.app_context():
            return badges.current()[award].title.said(self.language)

    def follow(self, sentence: str) -> None:
        self.page.get_by_role("link", name=self.said(sentence), exact=True).click()

    def press(self, sentence: str) -> None:
        self.page.get_by_role("button", name=self.said(sentence), exact=True).click()

    def reads(self, sentence: str, **values: object) -> None:
        """The page is headed by this."""
        expect(self.page.locator("h1")).to_have_text(self.said(sentence, **values))

    def won(self) -> list[str]:
        return [tidy(text) for text in self.page.locator(".won-title").all_text_contents()]

    def answer_all(self) -> None:
        asks = self.page.locator("fieldset[data-question]")
        for place in range(asks.count()):
            self.hand.fill(asks.nth(place))
        count = str(asks.count())
        expect(self.page.locator("[data-tally]")).to_have_text(
            self.said("{answered} answered out of {all}")
            .replace("{answered}", count)
            .replace("{all}", count)
        )


@pytest.mark.parametrize("language", ["fr", "en"])
def test_a_first_day_leads_from_a_lesson_to_a_passport_that_a_stranger_verifies(
    served: Served, screen: Screen, language: Language
) -> None:
    walk = Walk(served, screen(language), language)

    arrive(walk)
    read_a_lesson(walk)
    do_the_minute(walk)
    won = [award for module in QUIZZES for award in pass_the_quiz(walk, module)]
    assert {walk.title_of(award) for award in (*VISAS, "passport")} <= set(won)
    address = show_the_passport(walk)
    verify_as_a_stranger(Walk(served, screen(language), language), address)


def arrive(walk: Walk) -> None:
    """One click on the new employee's card; home says that the minute waits."""
    walk.page.goto("/")
    walk.page.get_by_role("button", name="Léa Nouvelle").click()
    if walk.language == "en":
        walk.page.get_by_role("button", name="English").click()
    walk.reads("Hello %(name)s", name="Léa")
    waiting = walk.page.get_by_role("heading", name=walk.said("Your minute is waiting"))
    expect(waiting).to_be_visible()


def read_a_lesson(walk: Walk) -> None:
    """The next lesson, its check without a mistake, and the first badge."""
    walk.page.locator(".next-lesson a").click()
    walk.follow("I have read: ask me")
    walk.answer_all()
    walk.press("See the answers")
    walk.reads("Lesson read")
    first = walk.title_of("first-lesson")
    assert first in walk.won()
    walk.page.goto("/badges")
    held = walk.page.locator(".award:not(.award-to-come) .award-title")
    expect(held.filter(has_text=first)).to_have_count(1)


def do_the_minute(walk: Walk) -> None:
    """Two questions, two explanations, and a star."""
    walk.page.goto("/")
    walk.follow("Start my minute")
    for onwards in ("Next question", "See my minute"):
        walk.hand.answer(walk.page.locator("fieldset.ask"))
        walk.reads("That’s right")
        expect(walk.page.locator(".review-explain")).not_to_be_empty()
        walk.follow(onwards)
    walk.reads("Your minute is done")
    expect(walk.page.locator(".coin-star")).to_be_visible()
    assert walk.title_of("first-minute") in walk.won()


def pass_the_quiz(walk: Walk, module: str) -> list[str]:
    """From the shelves to the quiz of a module; gives what was won."""
    found = walk.served.catalog.modules[module]
    theme = walk.served.catalog.themes[found.theme]
    walk.page.goto("/themes")
    walk.page.get_by_role("link", name=theme.title.said(walk.language), exact=True).click()
    walk.page.locator(f"#{module} .quiz-words a").click()
    walk.press("Start the quiz")
    walk.answer_all()
    walk.press("Hand in my answers")
    walk.reads("Passed")
    return walk.won()


def show_the_passport(walk: Walk) -> str:
    """The passport with its three visas; gives what its QR code says."""
    walk.page.goto("/passport")
    walk.reads("My digital passport")
    expect(walk.page.locator(".identity-name")).to_have_text("Léa Nouvelle")
    stamps = walk.page.locator(".stamp-granted .stamp-title")
    expect(stamps).to_have_count(len(VISAS))
    picture = Image.open(BytesIO(walk.page.locator(".qr").screenshot()))
    (code,) = zxingcpp.read_barcodes(picture)
    return str(code.text)


def verify_as_a_stranger(stranger: Walk, address: str) -> None:
    """Without an account: the state, the holder, the visas and the code."""
    stranger.page.goto(path_of(address))
    stranger.reads("This passport is valid")
    expect(stranger.page.locator(".account, .nav")).to_have_count(0)
    expect(stranger.page.locator(".certificate-holder")).to_have_text("Léa Nouvelle")
    stamps = stranger.page.locator(".stamp-granted .stamp-title").all_text_contents()
    assert {tidy(text) for text in stamps} == {stranger.title_of(visa) for visa in VISAS}
