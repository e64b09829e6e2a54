"""A hand on the keyboard: finds the words of a question on the page and answers it."""

from bs4 import BeautifulSoup
from playwright.sync_api import Locator, Page

from academy.catalog.tree import Catalog, Language, Question
from tests.journeys.knowing import Said, rightly, wrongly


def tidy(text: str | None) -> str:
    """Words with single spaces: thin and non-breaking ones are spaces too."""
    return " ".join((text or "").split())


def visible(html: str) -> str:
    """What a reader sees of a bit of HTML."""
    return tidy(BeautifulSoup(html, "html.parser").get_text())


class Hand:
    """Answers what a page asks, by keyboard and by the lists; never with the pointer."""

    def __init__(self, page: Page, catalog: Catalog, language: Language) -> None:
        self.page, self.catalog, self.language = page, catalog, language

    def question_in(self, ask: Locator) -> Question:
        """The question drawn in this fieldset, checked against the words the page shows."""
        key = (ask.get_attribute("id") or "").removeprefix("q-")
        slot, _dash, rest = key.partition("-")  # in a quiz, `q3-` stands before
        question = self.catalog.questions[rest if slot[1:].isdigit() else key]
        shown = tidy(ask.locator("legend").text_content())
        assert shown == visible(question.ask_html.said(self.language))
        return question

    def answer(self, ask: Locator, right: bool = True) -> None:
        """Answer in earnest, and send the answer if the form does not go with the tap."""
        sent_by_a_tap = ask.locator("button.option:not(.option-unsure)").count() > 0
        self.fill(ask, right)
        if not sent_by_a_tap:
            self.send()

    def fill(self, ask: Locator, right: bool = True) -> None:
        said = (rightly if right else wrongly)(self.question_in(ask).body, self.language)
        for words in said.chosen:
            self.choose(ask, visible(words))
        self._pick_all(ask, said)
        if said.typed:
            ask.locator("input[type=text]").focus()
            self.page.keyboard.type(said.typed)

    def choose(self, ask: Locator, words: str) -> None:
        """Choose the option that says this."""
        found = [tidy(text) for text in ask.locator(".option .option-text").all_text_contents()]
        option = ask.locator(".option").nth(found.index(words))
        box = option.locator("input")
        (box if box.count() else option).focus()
        self.page.keyboard.press("Space")

    def send(self) -> None:
        """Press the button that sends a question of the minute; whoever goes on expects something there."""
        self.page.locator("form.round-card .button-primary").focus()
        self.page.keyboard.press("Enter")

    def _pick_all(self, ask: Locator, said: Said) -> None:
        for where, words in said.picked:
            select = self._list(ask, where)
            found = [tidy(text) for text in select.locator("option").all_text_contents()]
            select.select_option(index=found.index(tidy(words)))

    def _list(self, ask: Locator, where: str | int) -> Locator:
        """The list whose label says this, or that stands at this place."""
        if isinstance(where, int):
            return ask.locator("select").nth(where)
        labels = ask.locator("label[for]")
        found = [tidy(text) for text in labels.all_text_contents()]
        control = labels.nth(found.index(tidy(where))).get_attribute("for")
        return self.page.locator(f"[id='{control}']")
