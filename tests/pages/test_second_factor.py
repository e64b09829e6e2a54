"""Signing in with a second factor, setting it up, and where the company asks for one."""

from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import datetime, timedelta

import pytest
from flask import Flask

from academy.database import db
from academy.people import services as people
from academy.people.models import Person, Role
from tests import phones
from tests.conftest import MONDAY, Counting
from tests.factories import PASSWORD, make_person
from tests.pages.conftest import Behind, forge, sit
from tests.phones import CODES, code
from tests.postbox import link, mails
from tests.visitor import Page, Visitor

ASK, SET_UP, MINE = "/sign-in/code", "/sign-in/set-up", "/account/second-factor"
NOT_NOW = "This is not the code of this moment"
Later = Callable[[datetime], None]


@pytest.fixture
def grace(behind: Behind) -> Person:
    with behind():
        return make_person(password=PASSWORD)


@pytest.fixture
def guarded(behind: Behind) -> Person:
    """Somebody who has a second factor since yesterday."""
    with behind():
        return phones.give(make_person(password=PASSWORD))


@pytest.fixture
def asked_of(app: Flask) -> Iterator[Callable[[str], None]]:
    """`asked_of("staff")`: whom the company asks a second factor."""
    before = app.config["SETTINGS"]

    def asked(whom: str) -> None:
        app.config["SETTINGS"] = replace(before, second_factor=whom)

    yield asked
    app.config["SETTINGS"] = before


def show(who: Visitor, page: Page, typed: str, status: int = 200) -> Page:
    return who.submit(page, page.url, {"code": typed}, status)


def prove(who: Visitor, page: Page, typed: str, status: int = 200) -> Page:
    return who.submit(page, page.url, {"present": PASSWORD, "code": typed}, status)


def key_of(page: Page) -> str:
    """The key as it stands on the page, for who cannot scan."""
    return page.all(".code")[0].replace(" ", "")


def is_in(who: Visitor) -> bool:
    return who.get("/account").url == "/account"


def test_the_password_alone_opens_nothing(visitor: Visitor, guarded: Person) -> None:
    page = visitor.sign_in(guarded.email, PASSWORD)

    assert page.url == ASK
    assert not is_in(visitor)
    assert visitor.get(MINE).url == "/sign-in"
    assert show(visitor, visitor.get(ASK), code()).title == "Hello Ada"
    assert is_in(visitor)


def test_one_comes_to_where_one_was_going_and_is_remembered(
    visitor: Visitor, guarded: Person
) -> None:
    form = visitor.get("/leave")
    fields = {"email": guarded.email, "password": PASSWORD, "remember": "y"}
    asked = visitor.post("/sign-in?next=/leave", form.form("sign-in").filled(fields))

    assert show(visitor, asked, f"{code()[:3]} {code()[3:]}").url == "/leave"
    visitor.client.delete_cookie("session")
    assert is_in(visitor)


def test_a_code_used_in_one_browser_opens_no_other(
    app: Flask, visitor: Visitor, guarded: Person, now: Later
) -> None:
    other = Visitor(app)
    waiting = other.sign_in(guarded.email, PASSWORD)
    show(visitor, visitor.sign_in(guarded.email, PASSWORD), code())

    refused = show(other, waiting, code(), 400)

    assert NOT_NOW in refused.text
    assert not is_in(other)
    now(MONDAY + timedelta(seconds=30))
    show(other, refused, code(MONDAY + timedelta(seconds=30)))
    assert is_in(other)


@pytest.mark.parametrize(
    "typed", ["", "000000", "12345", "abcdef", "\u0661\u0662\u0663\u0664\u0665\u0666"]
)
def test_what_is_no_code_is_refused_with_words(
    visitor: Visitor, guarded: Person, typed: str
) -> None:
    refused = show(visitor, visitor.sign_in(guarded.email, PASSWORD), typed, 400)

    assert refused.all(".field-error")
    assert not is_in(visitor)


def test_after_eight_wrong_codes_even_the_right_one_waits(
    visitor: Visitor, guarded: Person, now: Later
) -> None:
    page = visitor.sign_in(guarded.email, PASSWORD)
    for _try in range(8):
        page = show(visitor, page, "000000", 400)

    assert "Too many tries" in show(visitor, page, code(), 400).text
    paper = visitor.get("/sign-in/recovery-code")
    assert "Too many tries" in show(visitor, paper, CODES[0], 400).text
    later = MONDAY + timedelta(minutes=15)
    now(later)
    again = visitor.sign_in(guarded.email, PASSWORD)
    show(visitor, again, code(later))
    assert is_in(visitor)


def test_half_a_sign_in_is_over_after_ten_minutes_or_when_the_account_changes(
    visitor: Visitor, guarded: Person, behind: Behind, now: Later
) -> None:
    for end in ("late", "changed"):
        visitor.sign_in(guarded.email, PASSWORD)
        if end == "late":
            now(MONDAY + timedelta(minutes=10))
        else:
            with behind():
                people.sign_out_everywhere(guarded.id)
                db.session.commit()
        for path in (ASK, "/sign-in/recovery-code", SET_UP):
            page = visitor.get(path)
            assert page.url == "/sign-in"
            assert "Type your password again" in page.text


def test_a_recovery_code_lets_in_once_and_the_person_is_told(
    app: Flask, visitor: Visitor, guarded: Person
) -> None:
    other = Visitor(app)
    for who in (visitor, other):
        asked = who.sign_in(guarded.email, PASSWORD)
        page = who.get(asked.link("I do not have my phone"))
        assert "Human resources at Papeteries Aurore know who they are." in page.text
        for wrong in ("", "nonsense", CODES[1]):
            assert not is_in(who)
            page = show(who, page, wrong, 400)
        page = show(who, page, "2bcd fghj-kmnp", 200 if who is visitor else 400)
        assert ("That recovery code is used up: 9 are left." in page.text) is (who is visitor)

    assert is_in(visitor)
    assert not is_in(other)
    assert mails(app)[-1].subject == "A recovery code let somebody into your account"


def test_a_new_password_does_not_take_it_off(
    app: Flask, visitor: Visitor, guarded: Person, behind: Behind
) -> None:
    with behind():
        people.sign_out_everywhere(guarded.id)
        db.session.commit()
    visitor.post("/forgot", visitor.get("/forgot").form("/forgot").filled({"email": guarded.email}))
    mail = mails(app)[-1]
    page = visitor.get(link(mail))
    visitor.submit(page, page.url, {"password": "trois tasses", "again": "trois tasses"})

    assert visitor.sign_in(guarded.email, "trois tasses").url == ASK


def test_it_is_set_up_with_the_password_and_a_code_and_closes_other_sessions(
    app: Flask, grace: Person, now: Later
) -> None:
    visitor, other = Visitor(app).as_person(grace), Visitor(app).as_person(grace)
    page = visitor.get(visitor.get("/account").link("Change my second factor"))
    assert visitor.get(f"{MINE}/set-up").url == MINE  # nothing begun
    assert visitor.submit(page, MINE, {"present": "wrong password"}, 400).all(".field-error")
    page = visitor.submit(page, MINE, {"present": PASSWORD})
    key = key_of(page)
    assert page.html.select_one(".key-picture svg")
    assert key_of(visitor.get(f"{MINE}/set-up")) == key  # in another tab the same
    assert show(visitor, page, "000000", 400).all(".field-error")
    done = show(visitor, page, code(secret=key))

    codes = done.all(".recovery-codes li")
    assert len(set(codes)) == 10
    assert other.get("/account").url == "/sign-in"
    assert visitor.get(f"{MINE}/set-up").url == MINE
    assert "10 left of ten" in visitor.get(MINE).text
    assert key not in visitor.get(MINE).text
    asked = other.sign_in(grace.email, PASSWORD)
    assert NOT_NOW in show(other, asked, code(secret=key), 400).text  # it confirmed the key
    page = other.get(asked.link("I do not have my phone"))
    show(other, page, codes[9])
    assert is_in(other)
    assert [mail.subject for mail in mails(app)] == [
        "Your second factor is on",
        "A recovery code let somebody into your account",
    ]


def test_who_has_no_password_is_led_to_one(visitor: Visitor, ada: Person) -> None:
    page = visitor.as_person(ada).get(MINE)

    assert page.link("Choose a password") == "/account/password"
    forge(visitor, MINE, {"present": "anything at all"}, 200)
    assert visitor.get(f"{MINE}/set-up").url == MINE


def test_two_tabs_that_set_it_up_set_it_up_once(app: Flask, grace: Person) -> None:
    visitor = Visitor(app).as_person(grace)
    page = visitor.submit(visitor.get(MINE), MINE, {"present": PASSWORD})
    again = Visitor(app).as_person(grace)
    second = again.submit(again.get(MINE), MINE, {"present": PASSWORD})
    show(visitor, page, code(secret=key_of(page)))

    assert (
        again.post(second.url, second.form(second.url).filled({"code": code()})).url == "/sign-in"
    )


def test_new_recovery_codes_take_the_password_and_a_code(
    visitor: Visitor, guarded: Person, behind: Behind
) -> None:
    sit(behind, visitor, guarded)
    page = visitor.get(visitor.get(MINE).link("Make new recovery codes"))
    prove(visitor, page, "000000", 400)
    made = prove(visitor, page, code()).all(".recovery-codes li")

    assert len(set(made)) == 10
    prove(visitor, page, code(), 400)  # used


def test_it_is_turned_off_with_the_password_and_a_code(
    app: Flask, visitor: Visitor, guarded: Person, behind: Behind
) -> None:
    sit(behind, visitor, guarded)
    page = visitor.get(visitor.get(MINE).link("Turn it off"))
    visitor.submit(page, page.url, {"present": "wrong password", "code": code()}, 400)
    off = prove(visitor, page, code())

    assert off.url == MINE
    assert is_in(visitor)
    assert Visitor(app).sign_in(guarded.email, PASSWORD).title == "Hello Ada"
    visitor.get(f"{MINE}/off", 404)
    visitor.get(f"{MINE}/codes", 404)
    assert mails(app)[-1].subject == "Your second factor is off"


def test_who_must_have_one_is_led_to_it_and_opens_nothing_else(
    app: Flask, behind: Behind, asked_of: Callable[[str], None], visitor: Visitor
) -> None:
    with behind():
        hr, learner = make_person(Role.HR, password=PASSWORD), make_person(password=PASSWORD)
    asked_of("staff")
    assert Visitor(app).sign_in(learner.email, PASSWORD).title == "Hello Ada"

    page = visitor.sign_in(hr.email, PASSWORD)

    assert page.url == SET_UP
    assert "The company asks for a second factor in your role" in page.text
    assert not is_in(visitor)
    page = show(visitor, visitor.get(SET_UP), "000000", 400)
    done = show(visitor, page, code(secret=key_of(page)))
    assert len(done.all(".recovery-codes li")) == 10
    assert is_in(visitor)
    assert "it cannot be turned off here" in visitor.get(MINE).text
    visitor.get(f"{MINE}/off", 403)
    asked_of("everyone")
    assert Visitor(app).sign_in(learner.email, PASSWORD).url == SET_UP


def test_an_administrator_takes_it_off_for_somebody_who_lost_the_phone(
    app: Flask, behind: Behind, guarded: Person
) -> None:
    with behind():
        admin = make_person(Role.ADMIN)
        hr = make_person(Role.HR)
    desk = Visitor(app).as_person(admin)
    page = f"/people/{guarded.id}"
    forge(Visitor(app).as_person(hr), f"{page}/second-factor/remove", {}, 403)
    desk.submit(desk.get(page), "second-factor/remove", {})

    assert "Take the second factor off" not in desk.get(page).text
    assert "Second factor taken off" in desk.get("/audit").text
    assert Visitor(app).sign_in(guarded.email, PASSWORD).title == "Hello Ada"
    forge(desk, f"/people/{admin.id}/second-factor/remove", {}, 409)


def test_signing_in_costs_no_statement_more_without_one(
    app: Flask, grace: Person, guarded: Person, count_statements: Counting
) -> None:
    """Two tries counted, the account, two forgiven, the person; then the page."""
    visitor = Visitor(app)
    page = visitor.get("/sign-in")
    fields = page.form("sign-in").filled({"email": grace.email, "password": PASSWORD})
    with count_statements() as alone:
        visitor.client.post("/sign-in", data=fields)
    other = Visitor(app)
    page = other.get("/sign-in")
    fields = page.form("sign-in").filled({"email": guarded.email, "password": PASSWORD})
    with count_statements() as half:
        other.client.post("/sign-in", data=fields)
    asked = other.get(ASK)
    with count_statements() as whole:
        other.client.post(ASK, data=asked.form(ASK).filled({"code": code()}))

    assert (len(alone), len(half), len(whole)) == (6, 5, 6)
