"""Somebody on their way to a page; and the register of the pages, each with the way there."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from functools import cached_property

from playwright.sync_api import Page, expect
from sqlalchemy import select

from academy.catalog.tree import Language
from academy.database import db
from academy.people.models import Person
from academy.people.services import PERSONAS
from tests.journeys.hand import Hand
from tests.journeys.rounds import ALWAYS_UTC, enter, somebody
from tests.journeys.server import Served


@dataclass
class Visit:
    """Somebody on their way to a page."""

    served: Served
    page: Page
    language: Language
    now: datetime

    def open(self, path: str, sign: str = "h1") -> None:
        """Open a page and see that it is the one that was meant."""
        self.page.goto(path)
        self.see(sign)

    def see(self, sign: str) -> None:
        expect(self.page.locator(sign).first).to_be_visible()

    def send(self, action: str = "") -> None:
        """Send the form of the page as it is; the last one, or that of this address."""
        which = f"main form[action*='{action}']" if action else "main form"
        self.page.locator(f"{which} [type=submit]").last.click()

    @cached_property
    def person(self) -> Person:
        """Somebody who joined today, signed in."""
        with self.served.behind():
            person = somebody(self.now, self.language)
        enter(self.page, self.served, person)
        return person

    @cached_property
    def regular(self) -> Person:
        """Karim, three months of minutes, lessons and quizzes behind him, signed in."""
        with self.served.behind():
            person = db.session.scalars(
                select(Person).where(Person.email == PERSONAS["learner"])
            ).one()
            person.language, person.zone = self.language, ALWAYS_UTC
            db.session.commit()
        enter(self.page, self.served, person)
        return person

    @cached_property
    def hand(self) -> Hand:
        return Hand(self.page, self.served.catalog, self.language)


Way = Callable[[Visit], None]
PLACES: dict[str, Way] = {}


def place(way: Way) -> Way:
    PLACES[way.__name__.replace("_", " ")] = way
    return way
