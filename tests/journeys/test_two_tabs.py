"""Two tabs, the back button, a page sent again: an answer counts once."""

from dataclasses import dataclass
from datetime import datetime

import pytest
from playwright.sync_api import Page, expect
from sqlalchemy import func, select

from academy.catalog.tree import QuestionType
from academy.database import db
from academy.deeds.models import Deed
from academy.deeds.verbs import Verb
from academy.mastery.models import Answer
from academy.people.models import Person
from academy.rewards import queries as rewards
from academy.rewards.queries import Balances
from tests.journeys.conftest import Screen
from tests.journeys.hand import Hand, tidy
from tests.journeys.rounds import ask_today, enter, question_of, somebody
from tests.journeys.server import Served

pytestmark = pytest.mark.journey


@dataclass(frozen=True, slots=True)
class Ada:
    """Somebody with two choices to make today, and all that was counted for her."""

    served: Served
    person: Person

    def answers(self) -> list[bool]:
        """Right or not, one by one."""
        with self.served.behind():
            mine = select(Answer.right).where(Answer.person_id == self.person.id)
            return list(db.session.scalars(mine.order_by(Answer.slot)))

    def minutes(self) -> int:
        """How many minutes the log says were done."""
        done = (Deed.person_id == self.person.id, Deed.verb == Verb.ROUND_DONE)
        with self.served.behind():
            return db.session.scalar(select(func.count(Deed.id)).where(*done)) or 0

    def balance(self) -> Balances:
        with self.served.behind():
            return rewards.balances(self.person.id)

    def open_tab(self, beside: Page) -> Page:
        tab = beside.context.new_page()
        tab.goto("/minute")
        return tab

    def answer(self, tab: Page, right: bool) -> None:
        Hand(tab, self.served.catalog, "en").answer(tab.locator("fieldset.ask"), right)
        expect(tab.locator(".review")).to_be_visible()


@pytest.fixture
def ada(served: Served, now: datetime) -> Ada:
    first = question_of(served, QuestionType.SINGLE)
    second = question_of(served, QuestionType.TRUE_FALSE)
    with served.behind():
        person = somebody(now)
        ask_today(person, now, first, second)
    return Ada(served, person)


@pytest.fixture
def tab(served: Served, screen: Screen, ada: Ada) -> Page:
    tab = screen("en")
    enter(tab, served, ada.person)
    tab.goto("/minute")
    return tab


def review_on(tab: Page) -> str:
    return tidy(tab.locator(".review").text_content())


def test_the_second_tab_shows_what_the_first_one_answered(tab: Page, ada: Ada) -> None:
    late = ada.open_tab(beside=tab)

    ada.answer(tab, right=True)
    ada.answer(late, right=False)

    assert review_on(late) == review_on(tab)
    assert ada.answers() == [True]


def test_a_tab_left_open_over_a_finished_minute_changes_nothing(tab: Page, ada: Ada) -> None:
    late = ada.open_tab(beside=tab)
    finish(tab, ada)
    paid = ada.balance()

    ada.answer(late, right=False)

    assert ada.answers() == [True, True]
    assert ada.minutes() == 1
    assert ada.balance() == paid


def test_a_page_sent_again_counts_once(tab: Page, ada: Ada) -> None:
    ada.answer(tab, right=False)
    explained = review_on(tab)

    tab.reload()

    assert review_on(tab) == explained
    assert ada.answers() == [False]


def test_the_last_answer_sent_again_pays_once(tab: Page, ada: Ada) -> None:
    ada.answer(tab, right=True)
    tab.get_by_role("link", name="Next question").click()
    ada.answer(tab, right=True)
    paid = ada.balance()

    tab.reload()

    expect(tab.locator(".coin-star")).to_be_visible()
    assert ada.balance() == paid
    assert (paid.stars, paid.keys) == (1, 2)
    assert ada.minutes() == 1


def test_going_back_after_an_answer_asks_what_is_left(tab: Page, ada: Ada) -> None:
    ada.answer(tab, right=True)

    tab.go_back()

    expect(tab.locator("h1")).to_have_text("Question 2 of 2")
    assert ada.answers() == [True]


def test_going_back_after_the_end_shows_the_end(tab: Page, ada: Ada) -> None:
    finish(tab, ada)

    tab.go_back()
    tab.go_back()

    expect(tab.locator("h1")).to_have_text("Your minute is done")
    assert ada.minutes() == 1


def finish(tab: Page, ada: Ada) -> None:
    ada.answer(tab, right=True)
    tab.get_by_role("link", name="Next question").click()
    ada.answer(tab, right=True)
    tab.get_by_role("link", name="See my minute").click()
    expect(tab.locator("h1")).to_have_text("Your minute is done")
