"""The account page, and the changes that need the present password."""

from datetime import date

import pytest
from flask import Flask

from academy.database import db
from academy.people import services as people
from academy.people.accounts.services import CHECKS
from academy.people.models import Need, Person, Role
from academy.people.services import Preferences
from tests.conftest import Counting
from tests.factories import PASSWORD, TODAY, make_person, make_site
from tests.pages.conftest import Behind
from tests.postbox import link, mails
from tests.visitor import Page, Visitor

NEW = "trois tasses de thé"
ELSEWHERE = "grace.hopper@aurore.example"


@pytest.fixture
def grace(behind: Behind) -> Person:
    with behind():
        return make_person(password=PASSWORD)


@pytest.fixture
def at_home(visitor: Visitor, grace: Person) -> Visitor:
    return visitor.as_person(grace)


def change(who: Visitor, status: int = 200, **fields: str) -> Page:
    wanted = {"present": PASSWORD, "password": NEW, "again": NEW, **fields}
    return who.submit(who.get("/account/password"), "/account/password", wanted, status)


def ask(who: Visitor, email: str, status: int = 200, present: str = PASSWORD) -> Page:
    page = who.get("/account/email")
    return who.submit(page, "/account/email", {"email": email, "present": present}, status)


def facts(page: Page) -> dict[str, str]:
    return dict(zip(page.all(".facts dt"), page.all(".facts dd"), strict=True))


def test_everything_about_me_is_in_one_place(
    reader: Visitor, behind: Behind, ada: Person, grace: Person
) -> None:
    with behind():
        people.post(ada, make_site(), "sales", TODAY, db.session.get_one(Person, grace.id))
        people.grant(ada, [Role.HR], date(2026, 1, 5))
        people.prefer(ada.id, Preferences("en", "Asia/Tokyo", "dark", (Need.BLIND, Need.MOTOR)))
        db.session.commit()

    page = reader.get("/account")

    told = facts(page)
    assert told["Works in"] == "Cahiers, Lyon, France, Aurore"
    assert told["Manager"] == f"Ada {grace.family_name}"
    assert told["Trade"] == "Sales"
    assert told["Time zone"] == "Asia/Tokyo"
    assert told["Never ask me questions that need"] == "seeing a picture, moving things precisely"
    assert told["Password"].startswith("none yet")
    assert page.all(".line-title") == ["Human resources"]


def test_without_a_posting_what_is_not_known_is_left_out(reader: Visitor, ada: Person) -> None:
    told = facts(reader.get("/account"))

    assert "Manager" not in told
    assert "Works in" not in told
    assert told["Name"] == f"Ada {ada.family_name}"


def test_the_page_is_two_clicks_away_from_anywhere(reader: Visitor) -> None:
    assert reader.get("/").link("My account") == "/account"
    assert reader.get("/account").html.select("a[href='/leave'], a[href='/preferences']")


def test_the_account_takes_five_statements(
    reader: Visitor,
    behind: Behind,
    ada: Person,
    count_statements: Counting,
) -> None:
    with behind():
        people.post(ada, make_site(), "sales", TODAY)
        people.grant(ada, [Role.HR, Role.AUTHOR, Role.HOST], TODAY)
        db.session.commit()

    with count_statements() as statements:
        reader.get("/account")

    assert len(statements) == 5


def test_a_changed_password_closes_every_other_session_and_keeps_this_one(
    app: Flask, at_home: Visitor, grace: Person
) -> None:
    other = Visitor(app).as_person(grace)

    page = change(at_home)

    assert page.url == "/account"
    assert page.all(".toast") == ["Your password is changed, and every other session is closed."]
    assert other.get("/").url == "/sign-in"
    assert Visitor(app).sign_in(grace.email, NEW).title == "Hello Ada"
    assert [mail.subject for mail in mails(app)] == ["Your password was changed"]


def test_a_browser_that_remembers_goes_on_remembering(app: Flask, grace: Person) -> None:
    visitor = Visitor(app)
    visitor.sign_in(grace.email, PASSWORD, remember="y")
    change(visitor)

    visitor.client.delete_cookie("session")

    assert visitor.get("/").title == "Hello Ada"


def test_the_present_password_is_asked_for(app: Flask, at_home: Visitor, grace: Person) -> None:
    page = change(at_home, 400, present="not this one")

    assert page.all("#present-error") == ["This is not your present password."]
    assert Visitor(app).sign_in(grace.email, PASSWORD).title == "Hello Ada"


def test_guessing_the_present_password_comes_to_an_end(at_home: Visitor) -> None:
    for _ in range(CHECKS.tries):
        change(at_home, 400, present="not this one")

    page = change(at_home, 400)

    assert page.all("#present-error") == [
        "Too many tries. Wait a quarter of an hour, then try again."
    ]


def test_an_easy_password_is_refused(at_home: Visitor) -> None:
    page = change(at_home, 400, password="Soleil2026!", again="Soleil2026!")

    assert "one of the first things" in page.all("#password-error")[0]


def test_who_has_no_password_is_sent_a_link(app: Flask, reader: Visitor, ada: Person) -> None:
    page = reader.get("/account/password")
    assert page.html.select("input[type=password]") == []

    page = reader.submit(page, "/account/password/link")

    assert page.all(".toast") == [f"A link is on its way to {ada.email}."]
    (mail,) = mails(app)
    assert reader.get(link(mail)).title == "Choose your password"


def test_a_new_address_is_confirmed_by_its_link(
    app: Flask, at_home: Visitor, grace: Person
) -> None:
    ask(at_home, f" {ELSEWHERE.upper()} ")
    to_new, to_old = mails(app)
    assert (to_new.address, to_old.address) == (ELSEWHERE, grace.email)
    assert facts(at_home.get("/account"))["E-mail"].startswith(grace.email)

    page = Visitor(app).get(link(to_new))  # on another device, signed in nowhere
    assert page.title == "Confirm your new address"
    at_home.submit(at_home.get(link(to_new)), link(to_new))

    assert facts(at_home.get("/account"))["E-mail"].startswith(ELSEWHERE)
    assert Visitor(app).sign_in(ELSEWHERE, PASSWORD).title == "Hello Ada"


def test_opening_the_link_changes_nothing(app: Flask, at_home: Visitor, grace: Person) -> None:
    ask(at_home, ELSEWHERE)

    at_home.get(link(mails(app)[0]))

    assert facts(at_home.get("/account"))["E-mail"].startswith(grace.email)


def test_signing_out_everywhere_voids_a_link_one_did_not_ask_for(
    app: Flask, at_home: Visitor
) -> None:
    ask(at_home, ELSEWHERE)
    at_home.submit(at_home.get("/account"), "sign-out-everywhere")

    page = Visitor(app).get(link(mails(app)[0]), 410)

    assert page.title == "This link no longer works"


def test_an_address_that_is_taken_is_refused_beside_its_field(
    at_home: Visitor, ada: Person
) -> None:
    page = ask(at_home, ada.email, 400)

    assert page.all("#email-error") == ["This address already belongs to an account."]


def test_an_address_taken_before_the_link_is_used_is_refused(
    app: Flask, at_home: Visitor, behind: Behind, ada: Person
) -> None:
    ask(at_home, ELSEWHERE)
    path = link(mails(app)[0])
    page = at_home.get(path)
    with behind():
        db.session.get_one(Person, ada.id).email = ELSEWHERE
        db.session.commit()

    answer = at_home.submit(page, path, status=409)

    assert "This address already belongs to an account." in answer.text


@pytest.mark.parametrize("typed", ["nothing", "a@", "two@at@signs.example", "a b@c.example"])
def test_what_is_no_address_is_refused(at_home: Visitor, typed: str) -> None:
    page = ask(at_home, typed, 400)

    assert page.html.select("#email-error")


def test_a_new_address_takes_the_present_password(at_home: Visitor) -> None:
    page = ask(at_home, ELSEWHERE, 400, present="not this one")

    assert page.all("#present-error") == ["This is not your present password."]


def test_somebody_without_a_password_chooses_one_first(reader: Visitor) -> None:
    assert reader.get("/account/email").link("Choose a password") == "/account/password"
