"""Records of several credentials: nothing in them may change, and nothing may hide beside what is signed."""

import json
from copy import deepcopy
from typing import Any

import pytest
from hypothesis import given
from hypothesis import settings as property_settings
from hypothesis import strategies as st
from openbadgeslib.ob3.did import did_key_from_pem
from openbadgeslib.ob3.ldp import add_data_integrity_proof

from academy.passport.credentials import building, keys, reading, records, sealing, verifying, words
from academy.passport.credentials.building import Numbered
from academy.passport.credentials.models import Standing
from academy.passport.credentials.reading import Unreadable
from academy.passport.credentials.verifying import Finding, Known, Registered, Verdict
from tests.rules.test_credentials import (
    ED,
    EMAIL,
    JSONS,
    KNOWN,
    NOW,
    OURS,
    PAIR,
    PROVEN,
    RSA,
    SAID,
    SALT,
    by_stranger,
)

VALID = Registered(Standing.VALID, None, "")
METHOD = OURS.method(ED.kid)


def member(number: int) -> dict[str, Any]:
    said = {**SAID, "key": f"badge-{number}", "title": f"Visa {number}", "evidence": []}
    subject = {**said, "subject": f"urn:uuid:0000000{number}-da28-4047-8151-d0e56f8dc629"}
    document = building.open_badge(subject, Numbered(f"ref{number}", 1, number), OURS, NOW)
    return sealing.proven(document, PAIR.ed25519, ED.pem, METHOD, NOW)


MEMBERS = [member(number) for number in (1, 2)]
RECORD = {
    **SAID,
    "title": "Relevé",
    "partial": True,
    "subject": "urn:uuid:9e884898-da28-4047-8151-d0e56f8dc629",
}
DOCUMENT = records.clr(RECORD, Numbered("record", 1, 9), OURS, NOW, MEMBERS)
SIGNED = sealing.proven_record(DOCUMENT, PAIR.ed25519, METHOD, NOW)
TEXT = sealing.written(SIGNED)
TOKEN = sealing.token(DOCUMENT, PAIR.rsa, OURS.method(RSA.kid))
INSIDE = {each["id"]: VALID for each in MEMBERS}


def examined(
    upload: bytes, inside: dict[str, Registered] = INSIDE, email: str = ""
) -> list[Finding]:
    found = reading.read(upload)
    known = Known(OURS, KNOWN.keys, VALID, inside)
    findings = verifying.examine(found, reading.claims(found), known, email, NOW)
    if findings[0].verdict is not Verdict.HOLDS:
        return list(findings)
    return [*findings, verifying.of_all(verifying.members(found, known, email, NOW))]


def why(upload: bytes, inside: dict[str, Registered] = INSIDE, email: str = "") -> list[str]:
    findings = examined(upload, inside, email)
    assert {each.why for each in findings} <= set(words.FINDINGS)
    return [each.why for each in findings]


def is_valid(upload: bytes) -> bool:
    try:
        return words.conclude(examined(upload)).state == "valid"
    except Unreadable:
        return False


def altered(**changes: Any) -> bytes:
    return json.dumps({**SIGNED, **changes}).encode()


def resealed(change: dict[str, Any], subject: dict[str, Any] | None = None) -> bytes:
    """Signed with our key, whatever it says."""
    document = deepcopy({**DOCUMENT, **change})
    document["credentialSubject"].update(subject or {})
    signed = add_data_integrity_proof(
        document, PAIR.ed25519, METHOD, created=NOW, extra_contexts=records.contexts()
    )
    return json.dumps(signed).encode()


@pytest.mark.parametrize("upload", [TEXT, TOKEN])
def test_a_record_of_ours_holds_in_all_points(upload: str) -> None:
    findings = examined(upload.encode(), email=EMAIL)

    assert [each.verdict for each in findings] == [Verdict.HOLDS] * 6
    assert words.conclude(findings) is words.VALID


@property_settings(max_examples=150)
@given(place=st.integers(0, len(TEXT.encode()) - 1), flip=st.integers(1, 255))
def test_no_byte_of_a_record_may_change(place: int, flip: int) -> None:
    other = bytearray(TEXT.encode())
    other[place] ^= flip

    assert not is_valid(bytes(other))


@property_settings(max_examples=150)
@given(place=st.integers(0, len(TOKEN) - 1), flip=st.integers(1, 255))
def test_no_byte_of_a_token_of_records_may_change(place: int, flip: int) -> None:
    other = bytearray(TOKEN.encode())
    other[place] ^= flip

    assert not is_valid(bytes(other))


@property_settings(max_examples=200)
@given(name=st.sampled_from([*SIGNED, "validUntil", "nonsense", "@graph"]), value=JSONS)
def test_whatever_stands_in_its_place_no_part_of_a_record_may_change(name: str, value: Any) -> None:
    if {**SIGNED, name: value} != SIGNED:
        assert not is_valid(altered(**{name: value}))


@pytest.mark.parametrize(
    "inside",
    [MEMBERS[:1], [*MEMBERS, PROVEN], [MEMBERS[0], MEMBERS[0]], [*MEMBERS, MEMBERS[1]]],
)
def test_none_inside_is_left_out_or_put_in(inside: list[dict[str, Any]]) -> None:
    subject = {**SIGNED["credentialSubject"], "verifiableCredential": inside}

    assert not is_valid(altered(credentialSubject=subject))


@pytest.mark.parametrize(
    ("change", "subject"),
    [
        ({"nonsense": "also a doctor"}, None),
        ({}, {"nonsense": "also a doctor"}),
        ({}, {"achievement": [{"id": "urn:x", "type": ["Achievement"]}]}),
        ({}, {"type": ["ClrSubject", "Profile"]}),
        ({}, {"identifier": [{"type": "IdentityObject", "name": "a doctor"}]}),
        ({"@context": [*records.CONTEXTS, {"nonsense": "urn:nonsense"}]}, None),
    ],
)
def test_what_no_signature_covers_is_not_read(
    change: dict[str, Any], subject: dict[str, Any] | None
) -> None:
    """Even under our own signature."""
    upload = resealed(change, subject)

    assert why(upload)[0] in ("laid-out-otherwise", "altered")
    assert not is_valid(upload)


def test_a_record_with_a_word_that_would_stay_unsigned_is_not_issued() -> None:
    with pytest.raises(ValueError, match="unsigned"):
        sealing.proven_record({**DOCUMENT, "nonsense": "x"}, PAIR.ed25519, METHOD, NOW)


@pytest.mark.parametrize(
    ("inside", "said"),
    [
        ({}, "inside-fails"),
        ({**INSIDE, MEMBERS[0]["id"]: Registered(Standing.REVOKED, NOW, "")}, "inside-fails"),
        (INSIDE, "inside-holds"),
    ],
)
def test_each_one_inside_is_looked_up(inside: dict[str, Registered], said: str) -> None:
    findings = examined(TEXT.encode(), inside)

    assert findings[5].why == said
    assert (words.conclude(findings) is words.PARTLY) == (said == "inside-fails")


def test_one_inside_that_is_somebody_elses_is_noticed_when_an_address_is_typed() -> None:
    said = {**SAID, "holder": building.hashed("bob@aurore.example", SALT), "evidence": []}
    document = building.open_badge(said, Numbered("ref3", 1, 3), OURS, NOW)
    theirs = sealing.proven(document, PAIR.ed25519, ED.pem, METHOD, NOW)
    upload = resealed({}, {"verifiableCredential": [theirs]})
    inside = {theirs["id"]: VALID}

    assert why(upload, inside)[5] == "inside-holds"
    assert why(upload, inside, EMAIL)[5] == "inside-fails"


def test_a_strangers_record_around_our_badges_is_not_ours() -> None:
    stranger = keys.new_pair()
    did = did_key_from_pem(stranger.publics[0].pem)
    document = {**DOCUMENT, "issuer": {**DOCUMENT["issuer"], "id": did}}
    method = f"{did}#{did.removeprefix('did:key:')}"
    signed = sealing.proven_record(document, stranger.ed25519, method, NOW)

    findings = examined(json.dumps(signed).encode())

    assert [each.why for each in findings][:2] == ["whole", "somebody-else"]
    assert findings[5].why == "inside-holds"
    assert words.conclude(findings) is words.FOREIGN


def test_our_record_around_a_strangers_badge_leaves_that_open() -> None:
    upload = resealed({}, {"verifiableCredential": [json.loads(by_stranger())]})

    assert why(upload)[5] == "inside-open"


@pytest.mark.parametrize(
    "inside",
    [
        [],
        "none",
        [MEMBERS[0], "eyJhbGciOiJub25lIn0.e30."],
        [MEMBERS[0], {"type": ["VerifiableCredential"]}],
        [SIGNED],
        [{**MEMBERS[0], "id": f"urn:{number}"} for number in range(65)],
    ],
)
def test_a_record_of_something_else_is_refused(inside: Any) -> None:
    subject = {**SIGNED["credentialSubject"], "verifiableCredential": inside}

    with pytest.raises(Unreadable, match="not-badges-inside"):
        reading.read(altered(credentialSubject=subject))


def test_the_words_of_records_are_those_we_know() -> None:
    assert list(records.contexts()) == records.CONTEXTS[1:2]
