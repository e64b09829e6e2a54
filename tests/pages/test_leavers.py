"""The link of somebody who left: what they earned, for a while, and nothing else."""

from collections.abc import Callable
from datetime import datetime, timedelta

import pytest
from flask import Flask

from academy.database import db
from academy.people.directory import services
from academy.people.leaving.queries import departure
from academy.people.models import Person, Role
from academy.settings import LEAVER_LINK
from tests.conftest import MONDAY, Counting
from tests.factories import earn_passport, make_person
from tests.pages.conftest import Behind
from tests.postbox import link, mails
from tests.visitor import Visitor


@pytest.fixture
def gone(behind: Behind) -> Person:
    with behind():
        person = make_person()
        earn_passport(person)
        services.close_account(person, None, MONDAY)
        db.session.commit()
        return person


@pytest.fixture
def path(app: Flask, gone: Person) -> str:
    (mail,) = [each for each in mails(app) if each.once.startswith("farewell")]
    assert mail.address == gone.email
    return link(mail)


def test_what_was_earned_is_fetched_without_signing_in(visitor: Visitor, path: str) -> None:
    page = visitor.get(path)

    assert page.title == "What you earned, Ada Number" + page.title.rpartition("Number")[2]
    form = page.form("/files/passport")
    file = visitor.client.post(form.action, data=form.filled({"format": "json"}))
    assert (file.status_code, file.mimetype) == (200, "application/vc")
    form = page.form("/booklet")
    file = visitor.client.post(form.action, data=form.filled({"paper": "pages"}))
    assert file.data.startswith(b"%PDF")
    assert visitor.client.post(form.action, data=form.filled({"paper": "x"})).status_code == 400


def test_the_link_ends_after_a_while(
    visitor: Visitor, path: str, now: Callable[[datetime], None]
) -> None:
    now(MONDAY + LEAVER_LINK - timedelta(minutes=1))
    assert visitor.get(path).form("/files/passport")
    now(MONDAY + LEAVER_LINK + timedelta(minutes=1))

    assert visitor.get(path, 404).title == "There is nothing at this address"


def test_the_link_ends_with_its_account_opened_again(
    visitor: Visitor, behind: Behind, gone: Person, path: str
) -> None:
    with behind():
        services.reopen_account(db.session.get_one(Person, gone.id), None, MONDAY)
        db.session.commit()

    assert visitor.get(path, 404).title == "There is nothing at this address"


def test_no_other_secret_opens_anything_and_tries_are_counted(
    visitor: Visitor, behind: Behind, gone: Person, path: str
) -> None:
    secret = path.rpartition("/")[2]
    assert len(secret) >= 22  # 128 bits
    with behind():
        left = departure(gone.id)
        assert left is not None
        assert secret not in (left.link_hash or "")
    for other in (secret[:-1], secret.swapcase(), f"{secret}A", left.link_hash):
        visitor.get(f"/left/{other}", 404)

    for _try in range(60):
        visitor.client.get("/left/nothing")
    visitor.get(path, 429)


def test_whoever_closes_the_account_sees_the_link_once(
    app: Flask, behind: Behind, visitor: Visitor
) -> None:
    with behind():
        boss, person = make_person(Role.ADMIN), make_person()
    desk = Visitor(app).as_person(boss)

    page = desk.submit(desk.get(f"/people/{person.id}"), "/close")

    (shown,) = [each for each in page.all(".toast") if "/left/" in each]
    address = shown.partition("https://academy.example")[2].split()[0]
    assert visitor.get(address).status == 200
    assert "/left/" not in desk.get(f"/people/{person.id}").text
    assert "Last day" in page.text


def test_the_page_asks_a_bounded_number_of_statements(
    visitor: Visitor, path: str, count_statements: Counting
) -> None:
    visitor.get(path)
    with count_statements() as statements:
        visitor.client.get(path)

    assert len(statements) == 6
