"""Records: the whole passport in one signed file, what goes in, and how it ends."""

import json

import pytest
from flask import Flask, current_app
from openbadgeslib.ob3.ldp import OB3LdpVerifier, verify_data_integrity_proof
from sqlalchemy import func, select

from academy.database import db
from academy.passport import queries as passports
from academy.passport import services as passport
from academy.passport.credentials import (
    pages,
    queries,
    reading,
    recording,
    records,
    services,
    signing,
    words,
)
from academy.passport.credentials.models import Credential, Standing
from academy.passport.credentials.services import NotHeld
from academy.passport.credentials.signing import Form
from academy.passport.credentials.subjects import Part
from academy.passport.keeping import services as keeping
from academy.people.models import Person, Role
from academy.rewards import badges
from tests.conftest import MONDAY
from tests.factories import do_round, earn_passport, make_person
from tests.services.crowd import all_at_once
from tests.services.test_credentials import LATER, key_named

VISAS = ["Digital culture visa", "Security visa", "AI at work visa"]


@pytest.fixture
def ada(context: Flask) -> Person:
    person = make_person()
    earn_passport(person)
    return person


def record(person: Person, part: Part = Part.ALL) -> Credential:
    taken = recording.give_record(person.id, part, MONDAY)
    db.session.commit()
    return taken


def content(taken: Credential, form: Form = Form.JSON) -> bytes:
    return signing.signed(taken, form, MONDAY).content


def titles(file: bytes) -> list[str]:
    members = json.loads(file)["credentialSubject"]["verifiableCredential"]
    return [each["name"] for each in members]


def verified(file: bytes, email: str = "") -> pages.VerifiedPage:
    db.session.expire_all()
    with current_app.test_request_context():
        return pages.verified(reading.read(file), email, LATER)


def test_everything_in_it_verifies_in_another_library(ada: Person) -> None:
    document = json.loads(content(record(ada)))

    method = document["proof"]["verificationMethod"]
    verify_data_integrity_proof(document, key_named(method), extra_contexts=records.contexts())
    members = document["credentialSubject"]["verifiableCredential"]
    for each in members:
        OB3LdpVerifier(pubkey_pem=key_named(each["proof"]["verificationMethod"])).verify(each)
    assert [each["name"] for each in members[:3]] == VISAS
    assert document["type"] == ["VerifiableCredential", "ClrCredential"]
    assert document["name"] == "Record of the digital passport"
    assert document["partial"] is False
    assert len({each["id"] for each in [document, *members]}) == len(members) + 1


def test_nobody_is_named_in_it(ada: Person) -> None:
    text = content(record(ada)).decode()

    assert ada.family_name not in text
    assert ada.email not in text


@pytest.mark.parametrize("form", signing.WITHOUT_PICTURE)
def test_whole_it_is_valid_and_so_is_all_that_is_inside(ada: Person, form: Form) -> None:
    page = verified(content(record(ada), form), ada.email)

    assert page.conclusion.state == "valid"
    assert [line.verdict for line in page.lines] == ["holds"] * 6
    assert [member.title for member in page.members[:3]] == VISAS
    assert {member.state for member in page.members} == {"valid"}


def test_its_holder_chooses_what_goes_in(ada: Person) -> None:
    visas, awards = content(record(ada, Part.VISAS)), content(record(ada, Part.AWARDS))

    assert titles(visas) == VISAS
    assert set(titles(awards)).isdisjoint(VISAS)
    assert "Not a blot" in titles(awards)
    assert json.loads(visas)["partial"] is json.loads(awards)["partial"] is True


def test_in_the_language_of_its_holder(ada: Person) -> None:
    ada.language = "fr"

    assert (
        record(ada, Part.VISAS).said["title"]
        == "Relevé du passeport numérique\N{NO-BREAK SPACE}: visas"
    )


def test_asked_for_twice_it_is_the_same_and_so_are_those_inside(ada: Person) -> None:
    visa = services.give(ada.id, "visa-ai", MONDAY)

    first, second = record(ada), record(ada)

    assert first.ref == second.ref
    assert visa.ref in first.said["members"]
    count = db.session.scalar(select(func.count()).select_from(Credential))
    assert count == len(first.said["members"]) + 1


def test_what_was_won_since_comes_with_the_next_passport(ada: Person) -> None:
    before = content(record(ada))
    do_round(ada, LATER)
    assert titles(content(record(ada))) == titles(before)

    passport.issue(ada.id, LATER, LATER.date())
    after = content(record(ada))

    assert len(titles(after)) > len(titles(before))
    assert verified(before).conclusion.state == "replaced"
    assert verified(after).conclusion.state == "valid"


def test_with_a_withdrawn_visa_the_records_end_that_hold_it_and_no_other(ada: Person) -> None:
    all_, visas, awards = (content(record(ada, part)) for part in Part)

    keeping.withdraw(ada.id, "visa-ai", "Why.", make_person(Role.ADMIN).id, LATER)
    db.session.commit()

    states = [verified(each).conclusion.state for each in (all_, visas, awards)]
    assert states == ["revoked", "revoked", "valid"]
    assert titles(content(record(ada, Part.VISAS))) == VISAS[:2]


def test_with_the_passport_its_records_are_revoked(ada: Person) -> None:
    file = content(record(ada))
    certificate = passports.valid_one(ada.id)
    assert certificate is not None

    passport.revoke(certificate, "Lost.", LATER)
    db.session.commit()

    assert verified(file).conclusion.state == "revoked"
    with pytest.raises(NotHeld):
        record(ada)


def test_one_inside_that_was_revoked_by_itself_is_told_and_left_out_next_time(ada: Person) -> None:
    file = content(record(ada))
    visa = queries.valid_one(ada.id, "award:visa-ai")
    assert visa is not None
    services.revoke(visa, "Misprint.", LATER)
    db.session.commit()

    page, again = verified(file), record(ada)

    assert page.conclusion is words.PARTLY
    assert [each.title for each in page.members if each.state == "revoked"] == ["AI at work visa"]
    assert visa.ref not in again.said["members"]
    assert verified(content(again)).conclusion.state == "valid"
    assert verified(file).conclusion.state == "replaced"


def test_an_award_that_is_offered_no_more_is_left_out(
    context: Flask, ada: Person, monkeypatch: pytest.MonkeyPatch
) -> None:
    shelf = {key: each for key, each in badges.current().items() if key != "visa-ai"}
    monkeypatch.setitem(context.extensions, badges._SHELF, shelf)

    assert titles(content(record(ada, Part.VISAS))) == VISAS[:2]


def test_without_a_passport_there_is_no_record(context: Flask) -> None:
    with pytest.raises(NotHeld):
        record(make_person())


def test_twenty_who_ask_at_once_get_one_record(app: Flask) -> None:
    with app.app_context():
        person = make_person()
        earn_passport(person)
        who = person.id

    got = all_at_once(app, lambda _n: recording.give_record(who, Part.ALL, MONDAY).ref)

    assert len(set(got)) == 1
    with app.app_context():
        valid = select(func.count()).where(Credential.standing == Standing.VALID)
        (taken,) = queries.by_refs(got[:1])
        assert db.session.scalar(valid) == len(taken.said["members"]) + 1
