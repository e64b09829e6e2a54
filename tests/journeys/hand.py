"""A hand on the keyboard: finds the words of a question on the page and answers it."""

from bs4 import BeautifulSoup
from playwright.sync_api import Locator, Page

from academy.catalog.sheets import gap_pieces, right_words
from academy.catalog.tree import (
    Catalog,
    Choice,
    Cloze,
    Language,
    Matching,
    Numeric,
    Ordering,
    Question,
    Short,
)


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
        question = self.catalog.questions[key if key in self.catalog.questions else _rest(key)]
        shown = tidy(ask.locator("legend").text_content())
        assert shown == visible(question.ask_html.said(self.language))
        return question

    def answer(self, ask: Locator) -> None:
        """Answer rightly; a form of one tap is sent by it."""
        match self.question_in(ask).body:
            case Choice(options):
                right = [option.text_html for option in options if option.grade == 100]
                for words in right:
                    self.choose(ask, visible(words.said(self.language)))
            case Ordering(items):
                for place, item in enumerate(items, 1):
                    self.pick(self._named(ask, item.text.said(self.language)), str(place))
            case Matching() as body:
                for pair, right_hand in zip(body.pairs, right_words(body), strict=False):
                    list_of_words = self._named(ask, pair.left.said(self.language))
                    self.pick(list_of_words, right_hand.said(self.language))
            case Cloze() as body:
                pieces, _after = gap_pieces(body, self.language)
                for gap, (place, _before) in enumerate(pieces):
                    right_word = body.blanks[place].choices[self.language][0]
                    self.pick(ask.locator("select").nth(gap), right_word)
            case Numeric(answer):
                figures = f"{answer:g}"
                self._type(ask, figures.replace(".", ",") if self.language == "fr" else figures)
            case Short(accept):
                self._type(ask, accept[self.language][0])

    def answer_wrongly(self, ask: Locator) -> None:
        """Answer in earnest, and wrongly."""
        match self.question_in(ask).body:
            case Choice(options):
                wrong = next(option for option in options if option.grade == 0)
                self.choose(ask, visible(wrong.text_html.said(self.language)))
            case Ordering(items):  # as they came: never the right order
                for place in range(len(items)):
                    ask.locator("select").nth(place).select_option(index=place + 1)
            case Matching(pairs):  # the same word everywhere
                for place in range(len(pairs)):
                    ask.locator("select").nth(place).select_option(index=1)
            case Cloze(_text, blanks):
                others = {word for blank in blanks for word in blank.choices[self.language][1:]}
                for gap in ask.locator("select").all():
                    words = [tidy(text) for text in gap.locator("option").all_text_contents()]
                    self.pick(gap, next(word for word in words if word in others))
            case Numeric(answer, tolerance):
                self._type(ask, f"{round(answer + tolerance) + 1}")
            case Short():
                self._type(ask, "une idée au hasard")

    def choose(self, ask: Locator, words: str) -> None:
        """Choose the option that says this, by keyboard."""
        found = [tidy(text) for text in ask.locator(".option .option-text").all_text_contents()]
        option = ask.locator(".option").nth(found.index(words))
        box = option.locator("input")
        (box if box.count() else option).focus()
        self.page.keyboard.press("Space")

    def pick(self, select: Locator, words: str) -> None:
        """Pick these words in a list."""
        found = [tidy(text) for text in select.locator("option").all_text_contents()]
        select.select_option(index=found.index(tidy(words)))

    def send(self) -> None:
        """Press the button that sends a question of the minute."""
        self.page.locator("form.round-card .button-primary").press("Enter")

    def _named(self, ask: Locator, words: str) -> Locator:
        """The list whose label says this."""
        labels = ask.locator("label[for]")
        found = [tidy(text) for text in labels.all_text_contents()]
        control = labels.nth(found.index(tidy(words))).get_attribute("for")
        return self.page.locator(f"[id='{control}']")

    def _type(self, ask: Locator, text: str) -> None:
        ask.locator("input[type=text]").focus()
        self.page.keyboard.type(text)


def _rest(key: str) -> str:
    """A question's key without the slot of its quiz (`q3-`)."""
    return key.partition("-")[2]
