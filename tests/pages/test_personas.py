"""The make-believe people of the demonstration: one click, and only there."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import date

import pytest
from flask import Flask

from academy.database import db
from academy.people import services as people
from academy.people.models import Person
from academy.people.services import PERSONAS, Newcomer
from tests.conftest import MONDAY
from tests.pages.conftest import Behind, forge
from tests.visitor import Visitor


@pytest.fixture
def karim(behind: Behind) -> Person:
    """The learner of the demonstration."""
    newcomer = Newcomer(PERSONAS["learner"], "Karim", "Benali", date(2026, 1, 5), language="en")
    with behind():
        person = people.open_account(newcomer, MONDAY)
        db.session.commit()
        return person


@pytest.fixture
def outside_the_demonstration(app: Flask) -> Iterator[None]:
    config = app.config["SETTINGS"]
    app.config["SETTINGS"] = replace(config, demo=False)
    yield
    app.config["SETTINGS"] = config


@pytest.mark.usefixtures("karim")
def test_one_click_makes_one_somebody(visitor: Visitor) -> None:
    page = visitor.submit(visitor.get("/sign-in"), "/sign-in/as/learner")

    assert page.title == "Hello Karim"


@pytest.mark.usefixtures("karim")
def test_only_people_who_exist_are_offered(visitor: Visitor) -> None:
    assert visitor.get("/sign-in").all(".persona strong") == ["Karim Benali"]


@pytest.mark.usefixtures("karim")
def test_becoming_somebody_leads_where_one_was_going(visitor: Visitor) -> None:
    page = visitor.submit(visitor.get("/sign-in?next=/passport"), "/sign-in/as/learner")

    assert page.url == "/passport"


@pytest.mark.usefixtures("karim")
def test_becoming_somebody_follows_no_address_elsewhere(visitor: Visitor) -> None:
    page = forge(visitor, "/sign-in/as/learner", {"next": "//evil.example"}, 200)

    assert page.url == "/"


@pytest.mark.usefixtures("karim")
@pytest.mark.parametrize("nobody", ["mentor", "nobody", "Learner", "1"])
def test_a_persona_that_does_not_exist_is_not_found(visitor: Visitor, nobody: str) -> None:
    forge(visitor, f"/sign-in/as/{nobody}", {}, 404)
    assert visitor.get("/").url == "/sign-in"


@pytest.mark.usefixtures("karim", "outside_the_demonstration")
def test_there_are_no_personas_outside_the_demonstration(visitor: Visitor) -> None:
    assert visitor.get("/sign-in").all(".persona") == []
    forge(visitor, "/sign-in/as/learner", {}, 404)
    assert visitor.get("/").url == "/sign-in"


def test_a_persona_whose_account_is_closed_is_refused(
    visitor: Visitor, behind: Behind, karim: Person
) -> None:
    with behind():
        db.session.get_one(Person, karim.id).active = False
        db.session.commit()

    forge(visitor, "/sign-in/as/learner", {}, 403)
    assert visitor.get("/").url == "/sign-in"
