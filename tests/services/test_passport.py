"""The passport: issued when it is earned, one valid at a time, its words fixed for good."""

from dataclasses import replace
from datetime import timedelta

import pytest
from flask import Flask
from sqlalchemy import select
from sqlalchemy.exc import IntegrityError

from academy.catalog.tree import Words
from academy.database import db
from academy.passport import codes, queries, services
from academy.passport.models import Certificate, Status
from academy.passport.queries import Certified
from academy.passport.services import NotEarned
from academy.people import services as people
from academy.people.models import Person
from academy.rewards import badges, shown
from tests.conftest import MONDAY
from tests.factories import TODAY, do_round, earn_passport, make_person, make_site, sit_quiz

LATER = MONDAY + timedelta(days=30)
BADGES = ["flawless", "owl-bronze", "crystal-bronze", "crystal-silver"]


def earned() -> tuple[Person, Certificate]:
    """Somebody with a passport, and a colleague on the way to one."""
    holder, colleague = make_person(), make_person()
    people.post(holder, make_site("Aurore", "Lyon"), "sales", TODAY)
    sit_quiz(colleague, "basics")
    earn_passport(holder)
    return holder, valid(holder)


def valid(person: Person) -> Certificate:
    found = queries.valid_one(person.id)
    assert found is not None
    return found


def reissue(person: Person) -> Certificate:
    certificate = services.issue(person.id, LATER, LATER.date())
    db.session.commit()
    return certificate


def read_back(certificate: Certificate) -> Certified:
    db.session.expire_all()
    return queries.certified(certificate)


def test_the_passport_is_issued_by_the_quiz_that_earns_it(context: Flask) -> None:
    ada = make_person()
    for module in ("changes", "data", "platforms", "doors"):
        sit_quiz(ada, module)
    assert queries.valid_one(ada.id) is None

    sit_quiz(ada, "basics")

    certificate = valid(ada)
    assert codes.is_well_formed(certificate.code)
    assert (certificate.issued_at, certificate.issued_on) == (MONDAY, TODAY)


def test_the_passport_is_not_issued_before_it_is_earned(context: Flask) -> None:
    ada = make_person()
    sit_quiz(ada, "basics")

    with pytest.raises(NotEarned):
        services.issue(ada.id, MONDAY, TODAY)

    assert db.session.scalars(select(Certificate)).all() == []


def test_it_certifies_who_where_and_everything_held_that_day(context: Flask) -> None:
    ada, certificate = earned()

    said = read_back(certificate)

    assert said.holder == f"Ada {ada.family_name}"
    assert (said.entity, said.company) == ("Cahiers, Lyon", "Aurore")
    assert {visa.key for visa in said.visas} == {"visa-culture", "visa-ai", "visa-security"}
    assert {visa.granted_on for visa in said.visas} == {TODAY}
    assert {visa.place for visa in said.visas} == {"Lyon"}
    assert [award.key for award in said.awards] == BADGES
    assert not services.is_behind(certificate, shown.collection(ada.id))


def test_somebody_without_a_posting_has_a_passport_too(context: Flask) -> None:
    ada = make_person()

    earn_passport(ada)

    said = read_back(valid(ada))
    assert (said.entity, said.company) == ("", "")


def test_issuing_again_when_nothing_changed_gives_the_same_passport(context: Flask) -> None:
    ada, first = earned()

    assert reissue(ada).code == first.code
    assert first.issued_on == TODAY


def test_a_new_issue_replaces_the_one_before_and_names_it(context: Flask) -> None:
    ada, first = earned()
    do_round(ada, LATER)
    assert services.is_behind(first, shown.collection(ada.id))

    second = reissue(ada)

    db.session.refresh(first)
    assert (first.status, first.replaced_by, first.ended_at) == (
        Status.REPLACED,
        second.code,
        LATER,
    )
    assert second.status == Status.VALID
    assert second.code != first.code
    assert not services.is_behind(second, shown.collection(ada.id))
    assert valid(ada).code == second.code


def test_what_was_certified_stays_when_the_holder_changes_name_and_place(context: Flask) -> None:
    ada, certificate = earned()
    before = read_back(certificate)

    ada.family_name = "Byron"
    people.post(ada, make_site("Aurore Export", "Montréal"), "sales", LATER.date())
    db.session.commit()

    assert read_back(certificate) == before


def test_what_was_certified_stays_when_awards_are_renamed_or_withdrawn(
    context: Flask, monkeypatch: pytest.MonkeyPatch
) -> None:
    _ada, certificate = earned()
    before = read_back(certificate)
    shelf = {
        key: replace(award, title=Words("Autre", "Other"))
        for key, award in badges.current().items()
        if key != "flawless"
    }

    monkeypatch.setitem(context.extensions, badges._SHELF, shelf)

    assert read_back(certificate) == before
    assert [award.title.en for award in before.awards] == [
        "Not a blot",
        "Wise owl",
        "Crystal",
        "Crystal",
    ]


def test_a_new_issue_certifies_what_is_true_by_then(context: Flask) -> None:
    ada, first = earned()
    before = read_back(first)
    ada.family_name = "Byron"
    people.post(ada, make_site("Aurore Export", "Montréal"), "sales", LATER.date())
    db.session.commit()

    second = reissue(ada)

    said = read_back(second)
    assert (said.holder, said.entity) == ("Ada Byron", "Cahiers, Montréal")
    assert said.visas == before.visas  # won where they were won
    assert read_back(first) == before


def test_a_revoked_passport_is_valid_no_more_and_says_why(context: Flask) -> None:
    ada, certificate = earned()

    services.revoke(certificate, "Somebody else sat the quizzes.", LATER)
    db.session.commit()

    found = queries.by_code(certificate.code)
    assert found is not None
    assert (found.status, found.end_reason, found.ended_at) == (
        Status.REVOKED,
        "Somebody else sat the quizzes.",
        LATER,
    )
    assert queries.valid_one(ada.id) is None


def test_a_passport_may_be_issued_anew_after_one_was_revoked(context: Flask) -> None:
    ada, first = earned()
    services.revoke(first, "Lost.", LATER)

    second = reissue(ada)

    assert (first.status, second.status) == (Status.REVOKED, Status.VALID)
    assert valid(ada).code == second.code


def test_a_code_finds_its_own_passport_only(context: Flask) -> None:
    ada, certificate = earned()
    bob = make_person()
    earn_passport(bob)

    holders = {ada.id: certificate.code, bob.id: valid(bob).code}

    found = {person: queries.by_code(code) for person, code in holders.items()}
    assert all(one is not None and one.person_id == person for person, one in found.items())
    assert len(set(holders.values())) == 2
    assert queries.by_code(codes.new_code()) is None


def test_the_database_keeps_one_valid_passport_each(context: Flask) -> None:
    ada, first = earned()
    db.session.add(
        Certificate(
            person_id=ada.id,
            code=codes.new_code(),
            issued_at=LATER,
            issued_on=LATER.date(),
            certified=first.certified,
        )
    )

    with pytest.raises(IntegrityError):
        db.session.flush()


@pytest.mark.parametrize(
    "wrong", [{"status": "replaced"}, {"replaced_by": "23456789BCDF"}, {"status": "forged"}]
)
def test_the_database_refuses_a_passport_replaced_by_none(
    context: Flask, wrong: dict[str, str]
) -> None:
    _ada, certificate = earned()

    for column, value in wrong.items():
        setattr(certificate, column, value)

    with pytest.raises(IntegrityError):
        db.session.flush()


def test_an_account_is_as_old_as_it_was_opened(context: Flask) -> None:
    assert queries.joined_at(make_person().id) == MONDAY
    assert queries.joined_at(0) is None
