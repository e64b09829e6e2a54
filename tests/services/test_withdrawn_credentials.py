"""An award that is withdrawn: every file that attests it is revoked, and none is given any more."""

import json
from base64 import urlsafe_b64decode
from contextlib import suppress
from datetime import timedelta
from gzip import decompress

import pytest
from flask import Flask, current_app
from sqlalchemy import select, update

from academy.database import db
from academy.passport import queries as passports
from academy.passport import services as passport
from academy.passport.credentials import pages, reading, ring, services, signing
from academy.passport.credentials.models import Credential, Standing
from academy.passport.credentials.services import NotHeld, NothingSigns
from academy.passport.credentials.signing import Form
from academy.passport.keeping import services as keeping
from academy.passport.models import Certificate, Status
from academy.people.models import Person, Role
from academy.rewards import services as rewards
from academy.rewards.models import Grant
from tests.conftest import MONDAY
from tests.factories import do_round, earn_passport, make_person, sit_quiz
from tests.services.crowd import all_at_once

LATER = MONDAY + timedelta(days=30)
REASON = "Somebody else sat the quiz."


@pytest.fixture
def ada(context: Flask) -> Person:
    person = make_person()
    earn_passport(person)
    return person


def file(person: Person, key: str) -> bytes:
    taken = services.give(person.id, key, MONDAY)
    db.session.commit()
    return signing.signed(taken, Form.JSON, MONDAY).content


def withdraw(person: Person, key: str) -> None:
    assert keeping.withdraw(person.id, key, REASON, make_person(Role.ADMIN).id, LATER)
    db.session.commit()


def verified(content: bytes) -> pages.VerifiedPage:
    db.session.expire_all()
    with current_app.test_request_context():
        return pages.verified(reading.read(content), "", LATER)


def on_the_list() -> set[int]:
    """The places whose bit is set, read by hand as a stranger's machine would."""
    listed = json.loads(signing.status_list(1, LATER) or "")
    packed = listed["credentialSubject"]["encodedList"].removeprefix("u")
    bits = decompress(urlsafe_b64decode(packed + "=" * (-len(packed) % 4)))
    return {place for place in range(8 * len(bits)) if bits[place // 8] & 0x80 >> place % 8}


def test_its_file_verifies_as_revoked_and_strangers_do_not_read_why(ada: Person) -> None:
    content = file(ada, "visa-ai")
    assert verified(content).conclusion.state == "valid"

    withdraw(ada, "visa-ai")

    told = verified(content)
    place = json.loads(content)["credentialStatus"]["statusListIndex"]
    assert told.conclusion.state == "revoked"
    assert told.reason == ""
    assert told.ended_at == LATER
    assert int(place) in on_the_list()


def test_no_file_is_given_of_it_any_more_even_when_the_deed_is_done_again(ada: Person) -> None:
    withdraw(ada, "visa-ai")

    sit_quiz(ada, "basics", LATER)
    rewards.catch_up(ada.id, LATER, LATER.date())

    with pytest.raises(NotHeld):
        services.give(ada.id, "visa-ai", LATER)


def test_given_back_after_all_there_is_another_file_and_the_first_stays_revoked(
    ada: Person,
) -> None:
    """No page gives an award back; a database that is mended by hand shall not revive a file."""
    first = file(ada, "visa-ai")
    withdraw(ada, "visa-ai")
    held_again = {"revoked_at": None, "revoked_reason": ""}
    db.session.execute(update(Grant).where(Grant.award == "visa-ai").values(held_again))

    second = file(ada, "visa-ai")

    assert verified(first).conclusion.state == "revoked"
    assert verified(second).conclusion.state == "valid"
    assert json.loads(first)["credentialStatus"] != json.loads(second)["credentialStatus"]


def test_a_file_of_the_passport_that_attests_it_is_revoked_and_the_next_does_without(
    ada: Person,
) -> None:
    before, other = file(ada, "passport"), file(ada, "visa-culture")

    withdraw(ada, "visa-ai")
    after = file(ada, "passport")

    assert verified(before).conclusion.state == "revoked"
    assert verified(after).conclusion.state == verified(other).conclusion.state == "valid"
    assert b"AI at work visa" in before
    assert b"AI at work visa" not in after


def test_with_the_passport_every_passport_ends_that_was_ever_issued(ada: Person) -> None:
    old = file(ada, "passport")
    do_round(ada, LATER)
    passport.issue(ada.id, LATER, LATER.date())
    new = file(ada, "passport")
    assert verified(old).conclusion.state == "replaced"

    withdraw(ada, "passport")

    assert {each.status for each in passports.all_of(ada.id)} == {Status.REVOKED}
    assert len(passports.all_of(ada.id)) == 2
    for content in (old, new):
        assert verified(content).conclusion.state == "revoked"
    assert len(on_the_list()) == 2
    with pytest.raises(NotHeld):
        services.give(ada.id, "passport", LATER)
    assert db.session.scalars(select(Certificate.end_reason)).all() == ["", ""]


def test_somebody_elses_files_stay_as_they_are(ada: Person) -> None:
    bob = make_person()
    earn_passport(bob)
    theirs = file(bob, "visa-ai")
    file(ada, "visa-ai")

    withdraw(ada, "visa-ai")

    assert verified(theirs).conclusion.state == "valid"
    standings = db.session.scalars(select(Credential.standing).order_by(Credential.id)).all()
    assert standings == [Standing.VALID, Standing.REVOKED]


def test_keys_that_were_withdrawn_sign_nothing(ada: Person) -> None:
    """Another machine may still hold them."""
    file(ada, "visa-ai")
    services.withdraw_key(ring.current().publics[0].kid, LATER)
    db.session.commit()

    with pytest.raises(NothingSigns):
        services.give(ada.id, "visa-culture", LATER)


def test_who_takes_a_file_while_it_is_withdrawn_is_left_with_none_that_holds(app: Flask) -> None:
    with app.app_context():
        person, boss = make_person(), make_person(Role.ADMIN)
        earn_passport(person)
        who, admin = person.id, boss.id

    def act(number: int) -> None:
        if number == 5:
            keeping.withdraw(who, "visa-ai", REASON, admin, LATER)
        else:
            with suppress(NotHeld):
                services.give(who, ("visa-ai", "passport")[number % 2], LATER)

    all_at_once(app, act, 10)

    with app.app_context():
        standing = db.session.execute(
            select(Credential.standing, Credential.said).where(Credential.standing == "valid")
        ).all()
        assert all("AI at work visa" not in json.dumps(said) for _valid, said in standing)
