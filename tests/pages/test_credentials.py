"""Taking signed files along, and having any examined: what each page says, and to whom."""

import json
from io import BytesIO

import pytest
from bs4 import BeautifulSoup
from flask import Flask
from openbadgeslib.ob3.did import pem_for_kid
from openbadgeslib.ob3.ldp import OB3LdpVerifier
from werkzeug.test import TestResponse

from academy.database import db
from academy.passport.credentials import queries, services
from academy.passport.credentials.models import Credential
from academy.passport.credentials.views import EXAMINED, RECORDS, TAKEN
from academy.people.models import Person
from academy.privacy import services as privacy
from academy.web import throttle
from tests.conftest import MONDAY
from tests.factories import earn_passport, make_person
from tests.pages.conftest import Behind, forge, token
from tests.visitor import Page, Visitor, keep_promises


@pytest.fixture
def winner(behind: Behind, ada: Person) -> Person:
    with behind():
        earn_passport(ada)
    return ada


def take(visitor: Visitor, award: str = "flawless", form: str = "json") -> TestResponse:
    page = visitor.get("/passport/files")
    fields = page.form(f"/passport/files/{award}").filled({"format": form})
    return visitor.client.post(f"/passport/files/{award}", data=fields)


def upload(visitor: Visitor, content: bytes, status: int = 200, email: str = "") -> Page:
    """The page that says what holds, to somebody who sent this file."""
    answer = visitor.client.post(
        "/verify/file",
        data={
            "csrf_token": token(visitor),
            "email": email,
            "file": (BytesIO(content), "badge"),
        },
        headers=visitor.headers,
    )
    assert answer.status_code == status, answer.text[:500]
    page = Page(
        answer.status_code, "/verify/file", BeautifulSoup(answer.text, "html.parser"), answer
    )
    keep_promises(page)
    return page


def points(page: Page) -> dict[str, str]:
    return dict(
        zip(("signature", "issuer", "status", "dates", "holder"), page.all(".point p"), strict=True)
    )


def only_credential() -> Credential:
    return db.session.query(Credential).one()


def test_before_anything_is_won_there_is_nothing_to_take(reader: Visitor) -> None:
    page = reader.get("/passport/files")

    assert page.all(".empty h2") == ["Nothing to take along yet"]
    assert page.html.select(".takeaway") == []


def test_all_that_was_won_may_be_taken(reader: Visitor, winner: Person) -> None:
    page = reader.get(reader.get("/passport").link("Take it along"))

    assert page.all(".takeaway-title")[:4] == [
        "Digital passport",
        "Digital culture visa",
        "Security visa",
        "AI at work visa",
    ]
    assert "Not a blot" in page.all(".takeaway-title")


@pytest.mark.parametrize(
    ("form", "mimetype"),
    [
        ("png", "image/png"),
        ("svg", "image/svg+xml"),
        ("json", "application/vc"),
        ("jwt", "application/vc+jwt"),
    ],
)
def test_every_form_that_is_taken_is_found_valid_by_a_stranger(
    app: Flask, reader: Visitor, winner: Person, form: str, mimetype: str
) -> None:
    file = take(reader, "visa-security", form)

    assert file.status_code == 200
    assert file.mimetype == mimetype
    assert file.headers["Content-Disposition"] == f'attachment; filename="visa-security.{form}"'
    page = upload(Visitor(app), file.data, email=winner.email.upper())
    assert page.title == "This credential is valid"
    assert page.all(".credential-title") == ["Security visa"]
    assert points(page)["holder"] == "It was issued to the address you typed."
    assert winner.family_name not in page.response.text


def test_what_is_not_held_cannot_be_taken(reader: Visitor, winner: Person) -> None:
    forge(reader, "/passport/files/keyring-gold", {"format": "json"}, 404)
    forge(reader, "/passport/files/nothing", {"format": "json"}, 404)
    forge(reader, "/passport/files/flawless", {"format": "gif"}, 400)
    forge(reader, "/passport/files/flawless", {}, 400)


def test_nobody_takes_too_many_in_a_short_time(
    reader: Visitor, winner: Person, behind: Behind
) -> None:
    with behind():
        for _each in range(60):
            throttle.allow(TAKEN, str(winner.id), MONDAY)
        db.session.commit()

    forge(reader, "/passport/files/flawless", {"format": "json"}, 429)


def test_a_strangers_machine_finds_the_key_and_the_list(
    app: Flask, reader: Visitor, winner: Person
) -> None:
    document = json.loads(take(reader).data)
    stranger = app.test_client()

    found = stranger.get("/.well-known/did.json")
    listed = stranger.get("/credentials/status/1")

    assert found.headers["Access-Control-Allow-Origin"] == "*"
    assert found.headers["Cache-Control"] == "max-age=300, public"
    assert found.json == stranger.get("/did.json").json
    key = pem_for_kid(found.json, document["issuer"]["id"], document["proof"]["verificationMethod"])  # type: ignore[arg-type]
    OB3LdpVerifier(pubkey_pem=key).verify(document)
    assert json.loads(listed.data)["id"] == document["credentialStatus"]["statusListCredential"]
    assert stranger.get("/credentials/status/2").status_code == 404


def test_the_address_in_a_credential_says_where_it_stands_and_not_whose_it_is(
    app: Flask, reader: Visitor, winner: Person, behind: Behind
) -> None:
    path = json.loads(take(reader).data)["id"].removeprefix("https://academy.example")
    stranger = Visitor(app)

    page = stranger.get(path)
    with behind():
        services.revoke(only_credential(), "Won by mistake.", MONDAY)
        db.session.commit()
    after = stranger.get(path)

    assert page.title == "This credential is valid"
    assert page.all(".credential-title") == ["Not a blot"]
    assert winner.family_name not in page.text
    assert after.title == "This credential was revoked"
    assert "Reason: Won by mistake." in after.text
    stranger.get("/credentials/no-such-credential", 404)


def test_a_revoked_file_is_told_so_with_its_reason(
    app: Flask, reader: Visitor, winner: Person, behind: Behind
) -> None:
    file = take(reader).data
    with behind():
        services.revoke(only_credential(), "Won by mistake.", MONDAY)
        db.session.commit()

    page = upload(Visitor(app), file)

    assert page.title == "This credential was revoked"
    assert "Reason: Won by mistake." in page.text
    assert points(page)["status"] == "The academy revoked it."


def test_a_file_that_was_altered_is_not_to_be_relied_on(
    app: Flask, reader: Visitor, winner: Person
) -> None:
    file = take(reader).data.replace(b"Not a blot", b"Not a boat")

    page = upload(Visitor(app), file)

    assert page.title == "Do not rely on this credential"
    assert points(page)["signature"].startswith("The signature does not fit")
    assert page.html.select(".badge") == []


def test_what_a_file_says_is_shown_as_words_only(
    app: Flask, reader: Visitor, winner: Person
) -> None:
    document = json.loads(take(reader).data)
    document["credentialSubject"]["achievement"]["name"] = "<script>alert(1)</script>" + "x" * 900

    page = upload(Visitor(app), json.dumps(document).encode())

    assert page.all(".credential-title")[0].startswith("<script>alert(1)</script>xxx")
    assert len(page.all(".credential-title")[0]) == 300


def test_another_address_is_not_the_holders(app: Flask, reader: Visitor, winner: Person) -> None:
    page = upload(Visitor(app), take(reader).data, email="bob@aurore.example")

    assert page.title == "This credential is somebody else’s"


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (b"", "This file is empty."),
        (b"hello", "This file holds no credential."),
        (b"\x89PNG\r\n\x1a\n", "This picture carries no credential"),
    ],
)
def test_a_file_without_a_credential_is_refused_on_the_form(
    app: Flask, content: bytes, words: str
) -> None:
    page = upload(Visitor(app), content, 400)

    assert words in page.all(".field-error")[0]


def test_a_form_without_a_file_says_what_to_do(app: Flask) -> None:
    visitor = Visitor(app)

    page = visitor.post("/verify/file", {"csrf_token": token(visitor), "email": ""}, 400)

    assert "Choose a file" in page.all(".field-error")[0]


def test_a_file_that_is_too_big_is_refused(app: Flask) -> None:
    assert "too big" in upload(Visitor(app), b"x" * 300_000, 413).title


def test_files_are_examined_with_patience(app: Flask) -> None:
    visitor = Visitor(app)
    for _each in range(20):
        upload(visitor, b"hello", 400)

    assert upload(visitor, b"hello", 429).title == "A little patience"


def test_whoever_leaves_and_is_forgotten_keeps_a_file_that_verifies(
    app: Flask, reader: Visitor, winner: Person, behind: Behind
) -> None:
    file, passport = take(reader).data, take(reader, "passport").data
    email = winner.email
    with behind():
        privacy.erase(winner.id, MONDAY)
        db.session.commit()

    for each in (file, passport):
        page = upload(Visitor(app), each, email=email)
        assert page.title == "This credential is valid"
        assert points(page)["holder"] == "It was issued to the address you typed."
    with behind():
        kept = queries.by_ref(json.loads(file)["id"].rpartition("/")[2])
        assert kept is not None
        assert (kept.person_id, kept.said) == (None, {})


@pytest.mark.parametrize(
    ("form", "mimetype"), [("json", "application/vc"), ("jwt", "application/vc+jwt")]
)
def test_the_whole_passport_is_taken_as_one_file_that_a_stranger_verifies(
    app: Flask, reader: Visitor, winner: Person, form: str, mimetype: str
) -> None:
    page = reader.get("/passport/files")
    fields = page.form("/passport/record").filled({"format": form, "visas": "y", "awards": "y"})
    file = reader.client.post("/passport/record", data=fields)

    assert (file.status_code, file.mimetype) == (200, mimetype)
    assert file.headers["Content-Disposition"] == f'attachment; filename="passport-record.{form}"'
    found = upload(Visitor(app), file.data, email=winner.email)
    assert found.title == "This credential is valid"
    assert found.all(".credential-title") == ["Record of the digital passport"]
    assert found.all(".member .point-title")[0] == "Digital culture visa"
    assert len(found.html.select(".member-valid")) == len(found.html.select(".member")) > 3


def test_a_record_of_nothing_is_not_taken(reader: Visitor, winner: Person) -> None:
    page = forge(reader, "/passport/record", {"format": "json"}, 400)

    assert "Choose what goes into the record." in page.all(".field-error")[0]
    forge(reader, "/passport/record", {"format": "png", "visas": "y"}, 400)


def test_a_record_needs_a_passport(reader: Visitor) -> None:
    forge(reader, "/passport/record", {"format": "json", "visas": "y"}, 404)


def test_records_are_taken_and_examined_with_patience(
    app: Flask, reader: Visitor, winner: Person, behind: Behind
) -> None:
    wanted = {"format": "json", "visas": "y"}
    file = reader.client.post("/passport/record", data={"csrf_token": token(reader), **wanted}).data
    with behind():
        for _each in range(6):
            throttle.allow(RECORDS, str(winner.id), MONDAY)
            throttle.allow(EXAMINED, "127.0.0.1", MONDAY)
        db.session.commit()

    forge(reader, "/passport/record", wanted, 429)
    upload(Visitor(app), file, 429)


def test_files_belong_to_whoever_asks(
    app: Flask, reader: Visitor, winner: Person, behind: Behind
) -> None:
    with behind():
        bob = make_person()

    forge(Visitor(app).as_person(bob), "/passport/files/flawless", {"format": "json"}, 404)
