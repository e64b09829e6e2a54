"""Several browsers at once, with the same identity or the same address: one account, linked once."""

from threading import Barrier, Thread

import pytest
from flask import Flask
from sqlalchemy import func, select

from academy import database
from academy.database import db
from academy.people.models import Person, Posting
from academy.people.signon import rules, services
from academy.people.signon.models import SignOn
from academy.people.signon.troubles import SignOnRefused, Trouble
from academy.providers import Provider, Reading
from tests.conftest import MONDAY
from tests.factories import make_person, make_site

MANY = 5
HOUSE = "https://id.aurore.example"


def house(entity: Reading | None = None) -> Provider:
    domains = frozenset({"aurore.example"})
    return Provider("house", HOUSE, "us", domains, "Aurore", "Aurore", entity=entity)


def at_once(app: Flask, provider: Provider, email: str, subjects: list[str]) -> list[int | Trouble]:
    """Everybody comes back from the provider in the same moment."""
    found: list[int | Trouble] = []
    start = Barrier(len(subjects))

    def come_back(subject: str) -> None:
        claims = {"sub": subject, "email": email, "email_verified": True, "name": "Lea Roux"}
        with app.app_context():
            database.about_to_write()
            start.wait(10)
            try:
                account = services.recognise(provider, rules.identity(claims), "here", MONDAY)
                db.session.commit()
                found.append(account.person_id)
            except SignOnRefused as refused:
                db.session.rollback()
                found.append(refused.trouble)

    threads = [Thread(target=come_back, args=(subject,)) for subject in subjects]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(30)
    return found


def rows(app: Flask, table: type) -> int:
    with app.app_context():
        return db.session.scalar(select(func.count()).select_from(table)) or 0


@pytest.fixture
def ada(app: Flask) -> Person:
    with app.app_context():
        return make_person()


def test_one_identity_is_linked_once(app: Flask, ada: Person) -> None:
    found = at_once(app, house(), ada.email, ["s"] * MANY)

    assert found == [ada.id] * MANY
    assert rows(app, SignOn) == 1


def test_of_several_identities_one_gets_the_account(app: Flask, ada: Person) -> None:
    found = at_once(app, house(), ada.email, [str(number) for number in range(MANY)])

    assert sorted(found, key=str) == sorted([ada.id, *[Trouble.TAKEN] * (MANY - 1)], key=str)
    assert rows(app, SignOn) == 1


def test_one_account_is_opened(app: Flask) -> None:
    with app.app_context():
        team = make_site().key

    found = at_once(app, house(Reading(otherwise=team)), "lea@aurore.example", ["s"] * MANY)

    assert len(found) == MANY
    assert len(set(found)) == 1
    assert [rows(app, each) for each in (Person, Posting, SignOn)] == [1, 1, 1]


@pytest.mark.parametrize("times", [1, 2])
def test_letting_go_is_harmless_to_repeat(app: Flask, ada: Person, times: int) -> None:
    at_once(app, house(), ada.email, ["s"])
    with app.app_context():
        number = db.session.scalars(select(SignOn.id)).one()
        for _ in range(times):
            services.unlink(ada.id, number)
        db.session.commit()

    assert rows(app, SignOn) == 0
