"""Signed files: not one byte may change, what strangers send breaks nothing, each point is a point apart."""

import base64
import json
from datetime import UTC, datetime, timedelta
from hashlib import sha256
from importlib import resources
from typing import Any

import jwt
import pytest
from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey
from cryptography.hazmat.primitives.serialization import load_pem_public_key
from hypothesis import given
from hypothesis import settings as property_settings
from hypothesis import strategies as st
from openbadgeslib.ob3 import contexts
from openbadgeslib.ob3.did import did_key_from_pem
from pyld import jsonld

from academy.passport.credentials import (
    baking,
    building,
    keys,
    reading,
    sealing,
    verifying,
)
from academy.passport.credentials.building import Numbered
from academy.passport.credentials.issuer import Issuer, did_document
from academy.passport.credentials.keys import BrokenKeys
from academy.passport.credentials.models import Standing
from academy.passport.credentials.reading import Carrier, Unreadable
from academy.passport.credentials.verifying import Finding, Known, Point, Registered, Verdict
from academy.passport.credentials.words import FINDINGS, UNREADABLE, conclude
from academy.settings import ROOT

NOW = datetime(2026, 3, 2, 10, 0, tzinfo=UTC)
OURS = Issuer("https://academy.example", "Papeteries Aurore")
PAIR = keys.new_pair()
ED, RSA = PAIR.publics
KNOWN = Known(OURS, {key.kid: key for key in PAIR.publics}, Registered(Standing.VALID, None, ""))
SALT = "0123456789abcdef"
EMAIL = "ada@aurore.example"
SAID = {
    "key": "flawless",
    "kind": "badge",
    "version": "abcdefabcdef",
    "language": "fr",
    "title": "Sans rature ✓",
    "summary": "Un quiz de module sans une faute.",
    "subject": "urn:uuid:5e884898-da28-4047-8151-d0e56f8dc629",
    "holder": building.hashed(EMAIL, SALT),
    "salt": SALT,
    "evidence": [{"name": "Visa de la sécurité", "narrative": "2026-03-02, Lyon"}],
}
DOCUMENT = building.open_badge(SAID, Numbered("ref", 1, 5), OURS, NOW)
PROVEN = sealing.proven(DOCUMENT, PAIR.ed25519, ED.pem, OURS.method(ED.kid), NOW)
TEXT = sealing.written(PROVEN)
TOKEN = sealing.token(DOCUMENT, PAIR.rsa, OURS.method(RSA.kid))
DRAWING = (ROOT / "badges" / "flawless.svg").read_bytes()
DOT = base64.b64decode(
    "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg=="
)
BAKED = baking.bake_png(DOT, TEXT)


def examined(upload: bytes, known: Known = KNOWN, email: str = "") -> dict[Point, Finding]:
    found = reading.read(upload)
    findings = verifying.examine(found, reading.claims(found), known, email, NOW)
    assert {finding.why for finding in findings} <= set(FINDINGS)
    return {finding.point: finding for finding in findings}


def verdicts(upload: bytes, known: Known = KNOWN, email: str = "") -> str:
    """`h`olds, `f`ails or is left `o`pen: signature, issuer, status, dates, holder."""
    return "".join(finding.verdict[0] for finding in examined(upload, known, email).values())


def is_valid(upload: bytes) -> bool:
    try:
        found = examined(upload)
    except Unreadable as reason:
        return str(reason) not in UNREADABLE  # a reason without words would be noticed
    return conclude(list(found.values())).state == "valid"


def resealed(**changes: Any) -> bytes:
    """Signed with our key, whatever it says."""
    changed = {**DOCUMENT, **changes}
    return sealing.written(sealing.sealed(changed, PAIR.ed25519, OURS.method(ED.kid), NOW)).encode()


def by_stranger(**changes: Any) -> bytes:
    """Signed by somebody whose key is their name."""
    theirs = keys.new_pair()
    did = did_key_from_pem(theirs.publics[0].pem)
    document = {**DOCUMENT, "issuer": {**DOCUMENT["issuer"], "id": did}, **changes}
    method = f"{did}#{did.removeprefix('did:key:')}"
    return sealing.written(sealing.sealed(document, theirs.ed25519, method, NOW)).encode()


@pytest.mark.parametrize(
    "upload",
    [
        TEXT.encode(),
        TOKEN.encode(),
        BAKED,
        baking.bake_svg(DRAWING, TEXT),
        baking.bake_svg(DRAWING, TOKEN),
        baking.bake_png(DOT, TOKEN),
        b"\xef\xbb\xbf" + TEXT.encode() + b"\n",
    ],
)
def test_what_we_signed_is_valid_in_every_wrapping(upload: bytes) -> None:
    assert verdicts(upload, email=EMAIL) == "hhhhh"
    assert is_valid(upload)


@property_settings(max_examples=250)
@given(place=st.integers(0, len(TEXT.encode()) - 1), flip=st.integers(1, 255))
def test_no_byte_of_a_document_may_change(place: int, flip: int) -> None:
    altered = bytearray(TEXT.encode())
    altered[place] ^= flip

    assert not is_valid(bytes(altered))


def test_no_sign_of_a_document_may_change_by_its_lowest_bit() -> None:
    whole = TEXT.encode()

    for place in range(len(whole)):
        altered = bytearray(whole)
        altered[place] ^= 1
        assert not is_valid(bytes(altered)), (place, bytes(altered[place - 10 : place + 10]))


@property_settings(max_examples=400)
@given(place=st.integers(0, len(TOKEN) - 1), flip=st.integers(1, 255))
def test_no_byte_of_a_token_may_change(place: int, flip: int) -> None:
    altered = bytearray(TOKEN.encode())
    altered[place] ^= flip

    assert not is_valid(bytes(altered))


def test_the_last_sign_of_a_token_may_not_change_even_where_it_means_nothing() -> None:
    others = set("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_") - {TOKEN[-1]}

    assert not any(is_valid((TOKEN[:-1] + other).encode()) for other in others)


@property_settings(max_examples=400)
@given(place=st.integers(0, len(BAKED) - 1), flip=st.integers(1, 255))
def test_no_byte_of_a_baked_picture_may_change(place: int, flip: int) -> None:
    altered = bytearray(BAKED)
    altered[place] ^= flip

    assert not is_valid(bytes(altered))


@property_settings(max_examples=300)
@given(cut=st.integers(0, len(BAKED) - 1))
def test_half_a_picture_is_none(cut: int) -> None:
    assert not is_valid(BAKED[:cut])


@property_settings(max_examples=300)
@given(upload=st.binary(max_size=400))
def test_noise_is_unreadable_and_nothing_worse(upload: bytes) -> None:
    assert not is_valid(upload)


JSONS = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False) | st.text(max_size=20),
    lambda inner: (
        st.lists(inner, max_size=4) | st.dictionaries(st.text(max_size=12), inner, max_size=4)
    ),
    max_leaves=12,
)
MEMBERS = st.sampled_from([*PROVEN, "validUntil", "@graph", "nonsense"])


@property_settings(max_examples=300)
@given(member=MEMBERS, value=JSONS)
def test_whatever_stands_in_its_place_no_member_may_change(member: str, value: Any) -> None:
    altered = {**PROVEN, member: value}

    if altered != PROVEN:
        assert not is_valid(json.dumps(altered).encode())


@property_settings(max_examples=200)
@given(member=st.sampled_from(["@context", "type", "credentialSubject", "proof"]), value=JSONS)
def test_a_token_of_anything_breaks_nothing(member: str, value: Any) -> None:
    parts = [json.dumps({"alg": "RS256", "kid": value}), json.dumps({**DOCUMENT, member: value})]
    token = ".".join(base64.urlsafe_b64encode(part.encode()).decode().rstrip("=") for part in parts)

    assert not is_valid(f"{token}.AAAA".encode())


def test_an_independent_reading_of_the_standard_agrees() -> None:
    """eddsa-rdfc-2022 by hand: PyLD makes the text, cryptography checks the signature."""

    def loader(url: str, _options: object) -> dict[str, Any]:
        return {"contextUrl": None, "documentUrl": url, "document": contexts.load_context(url)}

    def digest(document: dict[str, Any]) -> bytes:
        text = jsonld.normalize(
            document,
            {"algorithm": "URDNA2015", "format": "application/n-quads", "documentLoader": loader},
        )
        return sha256(text.encode()).digest()

    proof = PROVEN["proof"]
    options = {name: value for name, value in proof.items() if name != "proofValue"}
    options["@context"] = DOCUMENT["@context"]
    key = load_pem_public_key(ED.pem.encode())
    assert isinstance(key, Ed25519PublicKey)

    signed = _base58(proof["proofValue"].removeprefix("z"))
    key.verify(signed, digest(options) + digest(DOCUMENT))
    with pytest.raises(InvalidSignature):
        key.verify(signed, digest(options) + digest({**DOCUMENT, "name": "Autre"}))


def _base58(text: str) -> bytes:
    signs = "123456789ABCDEFGHJKLMNPQRSTUVWXYZabcdefghijkmnopqrstuvwxyz"
    number = 0
    for sign in text:
        number = number * 58 + signs.index(sign)
    return number.to_bytes(64, "big")


def test_the_words_that_signatures_depend_on_are_those_we_know() -> None:
    """Another context under the same address would make every signature fall."""
    pinned = {
        "credentials-v2.json": "59955ced6697d61e03f2b2556febe5308ab16842846f5b586d7f1f7adec92734",
        "ob-v3p0-context-3.0.3.json": "3d34f4d4ef1bce691106e63798beb5e7b862ba841423f5ee1e53ab7ddf3bca84",
    }

    shipped = resources.files(contexts)

    assert {
        name: sha256(shipped.joinpath(name).read_bytes()).hexdigest() for name in pinned
    } == pinned


def test_a_word_that_no_context_knows_is_not_signed_silently() -> None:
    with pytest.raises(Exception, match=r"nonsense|context|term"):
        sealing.proven(
            {**DOCUMENT, "nonsense": "x"}, PAIR.ed25519, ED.pem, OURS.method(ED.kid), NOW
        )


def test_a_word_slipped_in_beside_the_signature_is_noticed() -> None:
    slipped = {**PROVEN, "nonsense": "also a doctor"}

    found = examined(json.dumps(slipped).encode())

    assert found[Point.SIGNATURE].why == "not-all-signed"


def test_a_name_said_twice_is_not_read() -> None:
    with pytest.raises(Unreadable, match="not-json"):
        reading.read(TEXT.replace('"name":', '"name":"Other","name":', 1).encode())


@pytest.mark.parametrize(
    ("registered", "verdict", "state"),
    [
        (None, "hhfho", "revoked"),
        (Registered(Standing.REVOKED, NOW, "Won by mistake."), "hhfho", "revoked"),
        (Registered(Standing.REPLACED, NOW, ""), "hhfho", "replaced"),
    ],
)
def test_the_register_has_the_last_word(
    registered: Registered | None, verdict: str, state: str
) -> None:
    known = Known(OURS, KNOWN.keys, registered)

    assert verdicts(TEXT.encode(), known) == verdict
    assert conclude(list(examined(TEXT.encode(), known).values())).state == state


@pytest.mark.parametrize(
    ("since", "until", "why"),
    [
        (NOW, NOW + timedelta(days=1), "not-ended"),
        (NOW, NOW, "not-ended"),
        (NOW - timedelta(days=2), NOW - timedelta(seconds=1), "expired"),
        (NOW + timedelta(days=1), None, "not-yet"),
    ],
)
def test_dates_are_a_point_apart(since: datetime, until: datetime | None, why: str) -> None:
    ends = {"validUntil": building.moment(until)} if until else {}

    found = examined(resealed(validFrom=building.moment(since), **ends))

    assert found[Point.DATES].why == why
    assert found[Point.SIGNATURE].verdict is Verdict.HOLDS


def test_dates_that_are_none_do_not_hold() -> None:
    document = {**PROVEN, "validFrom": "yesterday"}

    assert examined(json.dumps(document).encode())[Point.DATES].why == "dates-unreadable"


@pytest.mark.parametrize(
    ("email", "why"),
    [("", "holder-not-asked"), (EMAIL, "holder-same"), ("bob@aurore.example", "holder-other")],
)
def test_the_holder_is_compared_and_never_told(email: str, why: str) -> None:
    assert examined(TEXT.encode(), email=email)[Point.HOLDER].why == why


def test_without_an_identity_nobody_can_be_compared() -> None:
    subject = {**DOCUMENT["credentialSubject"], "identifier": []}

    found = examined(resealed(credentialSubject=subject), email=EMAIL)

    assert found[Point.HOLDER].why == "holder-not-told"


def test_somebody_elses_own_key_is_checked_and_says_nothing_of_who_they_are() -> None:
    upload = by_stranger()

    assert verdicts(upload) == "hooho"
    assert examined(upload)[Point.ISSUER].why == "somebody-else"
    assert examined(upload)[Point.STATUS].why == "kept-elsewhere"
    altered = upload.replace(b"Sans rature", b"Sans nature")
    assert verdicts(altered)[0] == "f"


def test_whoever_says_to_be_us_and_is_not_is_told_so() -> None:
    found = examined(by_stranger(issuer={**DOCUMENT["issuer"], "id": OURS.did}))

    assert found[Point.ISSUER].why == "claims-to-be-ours"
    assert found[Point.STATUS].why == "not-looked-up"
    assert conclude(list(found.values())).state == "revoked"


def test_a_key_that_is_not_its_issuers_is_told_so() -> None:
    found = examined(by_stranger(issuer={**DOCUMENT["issuer"], "id": "did:web:other.example"}))

    assert found[Point.ISSUER].why == "not-the-key-of-its-issuer"


def test_a_key_of_ours_that_is_not_known_any_more_signs_nothing() -> None:
    known = Known(OURS, {RSA.kid: RSA}, KNOWN.registered)

    assert examined(TEXT.encode(), known)[Point.SIGNATURE].why == "no-such-key"


@pytest.mark.parametrize(
    ("method", "why"),
    [
        ("did:web:other.example#1", "key-elsewhere"),
        ("did:key:zNothing", "key-unreadable"),
        (None, "no-proof"),
    ],
)
def test_a_key_that_is_not_here_leaves_the_signature_open(method: Any, why: str) -> None:
    document = {**PROVEN, "proof": {**PROVEN["proof"], "verificationMethod": method}}

    found = examined(json.dumps(document).encode())

    assert found[Point.SIGNATURE].why == why
    assert found[Point.SIGNATURE].verdict is Verdict.OPEN


def test_a_token_whose_claims_differ_contradicts_itself() -> None:
    claims = {**DOCUMENT, "iss": "did:web:other.example", "jti": DOCUMENT["id"], "nbf": 1}
    token = jwt.encode(claims, PAIR.rsa, "RS256", headers={"kid": OURS.method(RSA.kid)})

    assert examined(token.encode())[Point.SIGNATURE].why == "contradicts-itself"


def strangers_token(document: dict[str, Any] = DOCUMENT, **claims: Any) -> bytes:
    """Signed by somebody whose key is their name, the claims being what they like."""
    theirs = keys.new_pair()
    did = did_key_from_pem(theirs.publics[0].pem)
    said = {**document, "issuer": {**document["issuer"], "id": did}}
    repeated = {
        "iss": did,
        "jti": said["id"],
        "sub": said["credentialSubject"]["id"],
        "nbf": int(NOW.timestamp()),
    }
    head = {"kid": f"{did}#{did.removeprefix('did:key:')}"}
    return jwt.encode(
        {**said, **repeated, **claims}, theirs.ed25519, "EdDSA", headers=head
    ).encode()


@pytest.mark.parametrize(
    ("claims", "why"),
    [
        ({}, "whole"),
        ({"nbf": NOW.timestamp() + 0.5}, "whole"),
        ({"nbf": int(NOW.timestamp()) - 60}, "contradicts-itself"),
        ({"nbf": True}, "contradicts-itself"),
        ({"exp": int(NOW.timestamp()) - 60}, "contradicts-itself"),
        ({"exp": 10**400}, "contradicts-itself"),
        ({"sub": "urn:uuid:somebody-else"}, "contradicts-itself"),
        ({"jti": "https://other.example"}, "contradicts-itself"),
    ],
)
def test_what_stands_around_a_credential_is_what_stands_in_it(
    claims: dict[str, Any], why: str
) -> None:
    """An end that only the token tells would otherwise be overlooked."""
    assert examined(strangers_token(**claims))[Point.SIGNATURE].why == why


def test_a_token_that_ends_says_so_twice() -> None:
    over = NOW - timedelta(days=1)
    document = {**DOCUMENT, "validUntil": building.moment(over)}

    found = examined(strangers_token(document, exp=int(over.timestamp())))

    assert (found[Point.SIGNATURE].why, found[Point.DATES].why) == ("whole", "expired")


def test_a_holder_written_in_other_signs_is_somebody_else() -> None:
    subject = DOCUMENT["credentialSubject"]
    other = {**subject, "identifier": [{**subject["identifier"][0], "identityHash": "é"}]}

    assert examined(resealed(credentialSubject=other), email=EMAIL)[Point.HOLDER].why == (
        "holder-other"
    )


@pytest.mark.parametrize("algorithm", ["none", "HS256", "RS512"])
def test_a_token_signs_the_one_way_its_key_signs(algorithm: str) -> None:
    head, body, end = TOKEN.split(".")
    header = json.loads(base64.urlsafe_b64decode(head + "=="))
    other = json.dumps({**header, "alg": algorithm}).encode()
    forged = f"{base64.urlsafe_b64encode(other).decode().rstrip('=')}.{body}.{end}"

    assert not is_valid(forged.encode())


@pytest.mark.parametrize(
    ("upload", "reason"),
    [
        (b"", "empty"),
        (b"  \n", "empty"),
        (b"\xff\xfe\x00", "not-text"),
        (b"hello", "not-a-credential"),
        (b"a.b.c", "not-a-token"),
        (b"{", "not-json"),
        (b'{"a":NaN}', "not-json"),
        (b"{" + b'"a":{' * 60 + b"}" * 61, "not-json"),
        (b'{"type":["VerifiableCredential"]}', "not-an-open-badge"),
        (b'{"type":{"OpenBadgeCredential":1}}', "not-an-open-badge"),
        (DOT, "nothing-baked"),
        (DRAWING, "nothing-baked"),
        (b"<svg", "nothing-baked"),
        (b'<!DOCTYPE a [<!ENTITY b "c">]><svg>&b;</svg>', "nothing-baked"),
        (baking.bake_png(BAKED, TEXT), "nothing-baked"),
        (baking.bake_svg(baking.bake_svg(DRAWING, TEXT), TEXT), "nothing-baked"),
    ],
)
def test_what_holds_no_credential_is_refused_with_a_reason(upload: bytes, reason: str) -> None:
    with pytest.raises(Unreadable, match=f"^{reason}$"):
        reading.read(upload)


def test_a_picture_without_a_root_cannot_carry_anything() -> None:
    with pytest.raises(baking.NothingBaked):
        baking.bake_svg(b"<circle/>", TEXT)


def test_a_text_that_would_close_the_drawing_early_is_carried_whole() -> None:
    text = json.dumps({"name": "a]]>b"})

    carried = baking.unbake_svg(baking.bake_svg(DRAWING, text))

    assert json.loads(carried) == {"name": "a]]>b"}


def test_a_picture_tells_what_carried_it() -> None:
    assert reading.read(BAKED).carrier is Carrier.PNG


@pytest.mark.parametrize(
    ("url", "did"),
    [
        ("https://academy.example", "did:web:academy.example"),
        ("http://127.0.0.1:8063", "did:web:127.0.0.1%3A8063"),
        ("https://example.com/learn/here", "did:web:example.com:learn:here"),
    ],
)
def test_the_academy_is_named_after_its_address(url: str, did: str) -> None:
    assert Issuer(url, "").did == did


def test_the_did_document_names_both_keys_and_no_secret() -> None:
    document = did_document(OURS, PAIR.publics)

    assert [each["type"] for each in document["verificationMethod"]] == ["Multikey", "JsonWebKey"]
    assert document["assertionMethod"] == [OURS.method(ED.kid), OURS.method(RSA.kid)]
    assert set(document["verificationMethod"][1]["publicKeyJwk"]) == {"kty", "n", "e", "alg", "kid"}


def test_keys_are_read_back_as_they_were_written() -> None:
    assert keys.read_pair(PAIR.text) == PAIR
    assert keys.read_pair(PAIR.text.replace("\n", "\\n")) == PAIR
    assert "PRIVATE" not in repr(PAIR)


@pytest.mark.parametrize(
    "text",
    [
        "",
        PAIR.ed25519,
        PAIR.rsa,
        PAIR.text.replace("MII", "MIJ"),
        PAIR.text + ED.pem,
    ],
)
def test_keys_that_cannot_sign_are_refused(text: str) -> None:
    with pytest.raises(BrokenKeys):
        keys.read_pair(text)
