"""One award on its page; awards given and withdrawn by staff."""

# ruff: noqa: F811  # fixtures of a neighbour

import pytest
from flask import Flask

from academy.database import db
from academy.passport import queries as passports
from academy.people.models import Entity, Person, Role
from academy.rewards import badges, by_hand, queries
from academy.rewards.publishing import services as publishing
from tests.conftest import MONDAY
from tests.factories import do_round, earn_passport, make_person, read_lesson
from tests.pages.conftest import Behind, forge
from tests.pages.test_people_pages import (  # noqa: F401  # fixtures
    awa,
    desk,
    karim,
    lyon,
    of_lyon,
)
from tests.visitor import Visitor

REASON = "Somebody else read it."


def test_an_award_won_says_when_why_and_by_which_rule(
    reader: Visitor, behind: Behind, ada: Person
) -> None:
    with behind():
        read_lesson(ada, "cloud-has-an-address")
        publishing.note_versions(MONDAY)
        db.session.commit()

    page = reader.get("/badges/first-lesson")

    assert page.all("h1") == ["First step"]
    assert "Won on 2 March 2026" in page.text
    assert "1 of 1 lesson read." in page.text
    assert "Rule number 1 of this award." in page.text
    assert page.all(".evidence-deed span")[0].startswith("Lesson read:")


def test_an_award_to_come_says_how_far_one_is(reader: Visitor, behind: Behind, ada: Person) -> None:
    with behind():
        read_lesson(ada, "cloud-has-an-address")
        do_round(ada)

    page = reader.get("/badges/reader-bronze")

    assert "1 of 4 lessons read, 3 left." in page.text
    stride = reader.get("/badges/stride-bronze")
    assert "1 of 5 working days in a row, 4 left." in stride.text


def test_an_award_that_does_not_exist_has_no_page(reader: Visitor) -> None:
    reader.get("/badges/nothing", 404)


def test_a_withdrawn_award_says_why_and_is_not_to_come(
    reader: Visitor, behind: Behind, ada: Person
) -> None:
    with behind():
        earn_passport(ada)
        by_hand.revoke(ada.id, "visa-ai", REASON, make_person(Role.ADMIN).id, MONDAY)
        by_hand.revoke(ada.id, "owl-bronze", REASON, ada.id, MONDAY)
        db.session.commit()

    page = reader.get("/badges/owl-bronze")
    assert f"Reason given: {REASON}" in page.text
    assert "How far you are" not in page.text
    mine = reader.get("/badges")
    assert mine.all(".section h2")[-1] == "Withdrawn"
    passport = reader.get("/passport")
    assert len(passport.all(".withdrawn")) == 2
    assert REASON in passport.text
    notices = reader.get("/notices")
    assert "“Wise owl” was withdrawn." in notices.text


def test_who_verifies_a_passport_reads_what_was_withdrawn_and_not_why(
    visitor: Visitor, behind: Behind, ada: Person
) -> None:
    with behind():
        earn_passport(ada)
        by_hand.revoke(ada.id, "visa-ai", REASON, ada.id, MONDAY)
        db.session.commit()
        certificate = passports.valid_one(ada.id)
        assert certificate is not None
        code = certificate.code

    page = visitor.get(f"/verify/{code}")

    assert "after this was issued: “AI at work visa”" in page.text
    assert REASON not in page.text


def test_an_administrator_withdraws_with_a_reason(
    desk: Visitor,
    behind: Behind,
    karim: Person,
) -> None:
    with behind():
        read_lesson(karim, "cloud-has-an-address")
        db.session.commit()
    page = desk.get(f"/people/{karim.id}/awards")

    wanted = {"withdraw-award": "first-lesson", "withdraw-reason": " "}
    refused = desk.submit(page, "withdraw", wanted, 400)
    assert "Write why, in a sentence" in refused.text
    done = desk.submit(refused, "withdraw", {**wanted, "withdraw-reason": REASON})

    assert "Withdrawn. Karim Benali has been told why." in done.text
    assert "No award is held that could be withdrawn." in done.text
    with behind():
        assert queries.held(karim.id) == frozenset()


def test_an_award_is_given_by_hand(desk: Visitor, behind: Behind, karim: Person) -> None:
    page = desk.get(f"/people/{karim.id}/awards")

    done = desk.submit(page, "awards/give", {"give-award": "hats-off"})

    assert "Given. Karim Benali has been told." in done.text
    with behind():
        assert queries.held(karim.id) == {"hats-off"}
    assert "There is nothing you could give here" in done.text


def test_nobody_gives_themselves_an_award(desk: Visitor, awa: Person) -> None:
    page = desk.get(f"/people/{awa.id}/awards")

    assert "There is nothing you could give here" in page.text


@pytest.mark.parametrize("role", [None, Role.AUTHOR, Role.MENTOR])
def test_who_may_neither_give_nor_withdraw_sees_nothing(
    visitor: Visitor,
    behind: Behind,
    karim: Person,
    role: Role | None,
) -> None:
    with behind():
        person = make_person(*([role] if role else []))

    visitor.as_person(person).get(f"/people/{karim.id}/awards", 403)


def test_hr_gives_and_does_not_withdraw(
    visitor: Visitor,
    behind: Behind,
    karim: Person,
) -> None:
    with behind():
        read_lesson(karim, "cloud-has-an-address")
        person = make_person(Role.HR)
        db.session.commit()

    page = visitor.as_person(person).get(f"/people/{karim.id}/awards")

    assert "Hats off" in page.text
    assert "Withdraw an award" not in page.text
    wanted = {"withdraw-award": "first-lesson", "withdraw-reason": REASON}
    forge(visitor, f"/people/{karim.id}/awards/withdraw", wanted, 403)
    refused = {"give-award": "passport"}
    forge(visitor, f"/people/{karim.id}/awards/give", refused, 400)
    with behind():
        assert "first-lesson" in queries.held(karim.id)


def test_an_administrator_of_lyon_reaches_nobody_elsewhere(
    of_lyon: Visitor,
    behind: Behind,
    karim: Person,
    lyon: Entity,
) -> None:
    with behind():
        stranger = make_person()

    of_lyon.get(f"/people/{karim.id}/awards")
    of_lyon.get(f"/people/{stranger.id}/awards", 403)
    of_lyon.get("/people/999999/awards", 404)


def test_every_award_has_a_page(app: Flask, reader: Visitor) -> None:
    with app.app_context():
        keys = list(badges.current())

    for key in keys:
        assert reader.get(f"/badges/{key}").all("h1")
