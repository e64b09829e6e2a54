"""Credentials: what is given, what it says, how it ends, and the keys behind it."""

import json
import stat
from base64 import urlsafe_b64decode
from datetime import timedelta
from pathlib import Path

import pytest
from flask import Flask
from jwt import get_unverified_header
from openbadgeslib.ob3.did import pem_for_kid
from openbadgeslib.ob3.ldp import OB3LdpVerifier, verify_data_integrity_proof
from openbadgeslib.ob3.status import decode_encoded_list, set_indices
from openbadgeslib.ob3.verifier import OB3Verifier
from sqlalchemy import select
from sqlalchemy.exc import IntegrityError

from academy import create_app
from academy.database import db
from academy.passport import queries as passports
from academy.passport import services as passport
from academy.passport.credentials import baking, keys, queries, ring, services, signing, statuslist
from academy.passport.credentials.issuer import did_document
from academy.passport.credentials.models import Credential, Standing
from academy.passport.credentials.services import NotHeld
from academy.passport.credentials.signing import Form
from academy.people.models import Person
from academy.settings import BrokenSetting
from tests.conftest import MONDAY, settings
from tests.factories import do_round, earn_passport, make_person
from tests.services.packs import quick

LATER = MONDAY + timedelta(days=30)


def winner() -> Person:
    """Somebody with a passport, three visas and a badge."""
    ada = make_person()
    earn_passport(ada)
    return ada


def given(person: Person, key: str = "flawless") -> Credential:
    credential = services.give(person.id, key, MONDAY)
    db.session.commit()
    return credential


def as_json(credential: Credential) -> dict[str, object]:
    made: dict[str, object] = json.loads(signing.signed(credential, Form.JSON, MONDAY).content)
    return made


def key_named(method: str) -> bytes:
    """The key as a stranger finds it: in our did document."""
    document = did_document(signing.issuer(), signing.known_keys().values())
    return pem_for_kid(document, signing.issuer().did, method)


def revoked_places() -> frozenset[int]:
    listed = signing.status_list(1, MONDAY)
    assert listed is not None
    document = json.loads(listed)
    verify_data_integrity_proof(document, key_named(document["proof"]["verificationMethod"]))
    return set_indices(decode_encoded_list(document["credentialSubject"]["encodedList"]))


def test_an_award_becomes_an_open_badge_that_another_library_verifies(context: Flask) -> None:
    ada = winner()

    document = as_json(given(ada))

    proof = document["proof"]
    assert isinstance(proof, dict)
    read = OB3LdpVerifier(pubkey_pem=key_named(proof["verificationMethod"])).verify(document)
    assert read.achievement.name == "Not a blot"
    assert read.issuer.id == "did:web:academy.example"
    assert read.issuance_date == MONDAY


def test_the_token_verifies_in_another_library_and_repeats_what_it_must(context: Flask) -> None:
    ada = winner()

    token = signing.signed(given(ada), Form.JWT, MONDAY).content.decode()

    header = get_unverified_header(token)
    assert sorted(header) == ["alg", "kid", "typ"]
    assert header["alg"] == "RS256"
    read = OB3Verifier(key_named(header["kid"]), issuer_did=None).verify(token)
    assert read.achievement.name == "Not a blot"
    body = token.split(".")[1]
    claims = json.loads(urlsafe_b64decode(body + "=" * (-len(body) % 4)))
    assert claims["sub"] == claims["credentialSubject"]["id"]
    assert claims["jti"] == claims["id"]
    assert claims["nbf"] == MONDAY.timestamp()


@pytest.mark.parametrize("form", [Form.PNG, Form.SVG])
def test_a_picture_carries_the_same_credential(context: Flask, form: Form) -> None:
    credential = given(winner())

    file = signing.signed(credential, form, MONDAY)

    unbake = {Form.PNG: baking.unbake_png, Form.SVG: baking.unbake_svg}[form]
    assert json.loads(unbake(file.content)) == as_json(credential)
    assert file.name == f"flawless.{form}"


def test_nobody_is_named_in_it(context: Flask) -> None:
    ada = winner()

    text = json.dumps(as_json(given(ada)))

    assert ada.family_name not in text
    assert ada.email not in text
    assert given(ada).said["holder"].startswith("sha256$")


def test_the_passport_tells_its_visas_and_badges(context: Flask) -> None:
    document = as_json(given(winner(), "passport"))

    evidence = document["evidence"]
    assert isinstance(evidence, list)
    assert [line["name"] for line in evidence[:3]] == [
        "Digital culture visa",
        "Security visa",
        "AI at work visa",
    ]
    assert "Not a blot" in [line["name"] for line in evidence]
    assert all(line["narrative"].startswith("2026-03-02") for line in evidence)


def test_a_medal_says_which_of_three_it_is(context: Flask) -> None:
    ada = winner()
    ada.language = "fr"

    medal, passport_file = as_json(given(ada, "owl-bronze")), as_json(given(ada, "passport"))

    assert medal["name"] == "Chouette tête, en bronze"
    evidence = passport_file["evidence"]
    assert isinstance(evidence, list)
    assert "Chouette tête, en bronze" in [line["name"] for line in evidence]


def test_asked_for_twice_it_is_the_same_one(context: Flask) -> None:
    ada = winner()

    first, second = given(ada), given(ada)

    assert first.ref == second.ref
    assert len(db.session.scalars(select(Credential)).all()) == 1


def test_the_database_keeps_one_valid_credential_of_an_award_each(context: Flask) -> None:
    ada = winner()
    first = given(ada)
    twin = Credential(
        ref="twin", person_id=ada.id, subject=first.subject, award=first.award, said={},
        since=MONDAY, issued_at=MONDAY,
    )  # fmt: skip
    db.session.add(twin)

    with pytest.raises(IntegrityError):
        db.session.flush()


@pytest.mark.parametrize("key", ["keyring-gold", "passport", "no-such-award"])
def test_what_was_not_won_is_not_given(context: Flask, key: str) -> None:
    ada = make_person()

    with pytest.raises(NotHeld):
        services.give(ada.id, key, MONDAY)

    assert db.session.scalars(select(Credential)).all() == []


def test_what_it_says_stays_when_its_holder_changes(context: Flask) -> None:
    ada = winner()
    before = given(ada).said
    ada.email, ada.language = "other@aurore.example", "fr"
    db.session.commit()

    assert given(ada).said == before


def test_a_new_passport_replaces_the_credential_of_the_one_before(context: Flask) -> None:
    ada = winner()
    first = given(ada, "passport")
    do_round(ada, LATER)

    passport.issue(ada.id, LATER, LATER.date())
    db.session.commit()
    db.session.refresh(first)
    second = given(ada, "passport")

    assert (first.standing, first.ended_at) == (Standing.REPLACED, LATER)
    assert (second.standing, second.ref != first.ref) == (Standing.VALID, True)
    assert revoked_places() == frozenset()


def test_a_revoked_passport_takes_its_credential_with_it(context: Flask) -> None:
    ada = winner()
    credential = given(ada, "passport")
    badge = given(ada)
    certificate = passports.valid_one(ada.id)
    assert certificate is not None

    passport.revoke(certificate, "Somebody else sat the quizzes.", LATER)
    db.session.commit()

    db.session.refresh(credential)
    assert (credential.standing, credential.end_reason) == (
        Standing.REVOKED,
        "Somebody else sat the quizzes.",
    )
    assert badge.standing == Standing.VALID
    assert revoked_places() == {credential.id}


def test_an_award_taken_back_is_on_the_signed_list_of_bits(context: Flask) -> None:
    ada, bob = winner(), winner()
    mine, theirs = given(ada), given(bob)
    assert revoked_places() == frozenset()

    services.revoke_award(ada.id, "flawless", "Won by mistake.", LATER)
    services.revoke_award(ada.id, "keyring-gold", "Never taken along.", LATER)
    db.session.commit()

    db.session.refresh(mine)
    assert (mine.standing, theirs.standing) == (Standing.REVOKED, Standing.VALID)
    assert revoked_places() == {mine.id}


def test_revoking_twice_keeps_the_first_reason(context: Flask) -> None:
    credential = given(winner())

    services.revoke(credential, "First.", MONDAY)
    services.revoke(credential, "Second.", LATER)

    assert (credential.end_reason, credential.ended_at) == ("First.", MONDAY)


def test_there_is_no_list_beyond_the_last_credential(context: Flask) -> None:
    assert signing.status_list(0, MONDAY) is None
    assert signing.status_list(2, MONDAY) is None
    assert signing.status_list(1, MONDAY) is not None


def test_the_official_place_of_a_number_is_its_own(context: Flask) -> None:
    assert statuslist.place_of(0) == (1, 0)
    assert statuslist.place_of(statuslist.SIZE) == (2, 0)
    assert statuslist.SIZE in statuslist.numbers_on(2)


def test_keys_change_and_what_they_signed_stays_valid(context: Flask) -> None:
    credential = given(winner())
    before = as_json(credential)
    token = signing.signed(credential, Form.JWT, MONDAY).content.decode()

    fresh = services.rotate(LATER)
    db.session.commit()
    ring.put(fresh)

    after = as_json(credential)
    methods = [document["proof"]["verificationMethod"] for document in (before, after)]  # type: ignore[index]
    assert methods[0] != methods[1]
    for document, method in zip((before, after), methods, strict=True):
        verify_data_integrity_proof(document, key_named(method))
    OB3Verifier(key_named(get_unverified_header(token)["kid"])).verify(token)


def test_a_withdrawn_key_is_believed_no_more(context: Flask) -> None:
    given(winner())
    old = ring.current().publics[0].kid
    ring.put(services.rotate(LATER))

    assert services.withdraw_key(old, LATER)
    assert not services.withdraw_key("0000000000000000", LATER)
    db.session.commit()

    assert old not in signing.known_keys()
    assert len(signing.known_keys()) >= 3
    assert queries.withdrawn([old]) == {old}


def test_the_file_of_keys_is_its_owners_alone(context: Flask) -> None:
    ring.current()

    file = context.config["SETTINGS"].home / ring.FILE

    assert stat.S_IMODE(file.stat().st_mode) == 0o600
    assert [each.name for each in file.parent.glob(f".{ring.FILE}*")] == []


def test_two_processes_that_start_at_once_have_the_same_keys(tmp_path: Path) -> None:
    first, second = keys.new_pair(), keys.new_pair()

    ring._keep_first(tmp_path / ring.FILE, first)
    ring._keep_first(tmp_path / ring.FILE, second)

    assert (tmp_path / ring.FILE).read_text() == first.text


def test_keys_that_others_may_read_are_refused_at_start(tmp_path: Path) -> None:
    file = tmp_path / ring.FILE
    file.write_text(keys.new_pair().text)
    file.chmod(0o640)

    with pytest.raises(BrokenSetting, match="chmod 600"):
        create_app(quick(settings(tmp_path)))


def test_keys_that_are_none_are_refused_at_start(tmp_path: Path) -> None:
    file = tmp_path / ring.FILE
    file.touch(0o600)

    with pytest.raises(BrokenSetting, match="does not hold the signing keys"):
        create_app(quick(settings(tmp_path)))
