"""What the academy keeps about me: shown, taken away, erased."""

import json
from collections.abc import Callable
from io import BytesIO
from typing import Any
from zipfile import ZipFile

import pytest
from flask import Flask
from sqlalchemy import select

from academy.database import db
from academy.passport import queries as passports
from academy.people.models import Person, Role
from academy.privacy.export import READABLE, SEEN
from academy.privacy.register import FEATURES
from tests.factories import PASSWORD, do_round, earn_passport, make_person
from tests.lives import EMAIL, FAMILY, NUMBER, named, rich_life
from tests.pages.conftest import Behind, token
from tests.visitor import Page, Visitor

Rows = Callable[[], dict[str, int]]


@pytest.fixture
def zenobie(behind: Behind, ada: Person) -> Person:
    with behind():
        person = named()
        rich_life(person, ada)
        return person


def download(visitor: Visitor) -> ZipFile:
    form = visitor.get("/my-data").form("export")
    answer = visitor.client.post(form.action, data=form.filled({}), headers=visitor.headers)
    assert answer.status_code == 200
    assert answer.mimetype == "application/zip"
    return ZipFile(BytesIO(answer.data))


def entries(archive: ZipFile) -> dict[str, list[dict[str, Any]]]:
    """Every row of the archive, by table."""
    found: dict[str, list[dict[str, Any]]] = {}
    for name in archive.namelist():
        if name.endswith(".json") and name != SEEN:
            for told in json.loads(archive.read(name)):
                found.setdefault(told["table"], []).extend(told["rows"])
    return found


def erase(visitor: Visitor, status: int = 200, **fields: str) -> Page:
    return visitor.submit(visitor.get("/my-data/erase"), "erase", fields, status)


def exists(behind: Behind, person: Person) -> bool:
    with behind():
        return db.session.scalar(select(Person.id).where(Person.id == person.id)) is not None


def test_the_page_says_what_is_kept_and_how_much(visitor: Visitor, zenobie: Person) -> None:
    page = visitor.as_person(zenobie).get("/my-data")

    assert page.title == "What the academy keeps about me"
    assert page.all(".kept-part h2") == [str(feature.title) for feature in FEATURES]
    assert "Your answers 59 entries" in page.all(".kept summary")
    assert "No answer, no score, no history: figures of groups" in page.text
    assert page.link("See the very figures human resources read") == "/my-data/seen"


def test_a_newcomer_has_little_kept(reader: Visitor) -> None:
    page = reader.get("/my-data")
    assert "Your answers 0 entries" in page.all(".kept-nothing .kept summary")
    assert [line for line in page.all(".kept-part > .kept summary") if " 0 entries" in line] == []


def test_the_menu_leads_there(reader: Visitor) -> None:
    assert reader.get("/").link("What the academy keeps about me") == "/my-data"


def test_it_is_said_in_french(visitor: Visitor, behind: Behind) -> None:
    with behind():
        person = make_person(language="fr")

    assert visitor.as_person(person).get("/my-data").title == "Ce que l’académie garde de moi"


def test_the_archive_opens_and_holds_what_is_mine(visitor: Visitor, zenobie: Person) -> None:
    archive = download(visitor.as_person(zenobie))
    kept = entries(archive)

    assert archive.testzip() is None
    assert set(archive.namelist()) == {READABLE, SEEN, *(f"{each.key}.json" for each in FEATURES)}
    assert json.loads(archive.read(SEEN)).keys() == {"counted_at", "groups", "campaigns", "access"}
    assert kept["person"][0]["email"] == EMAIL
    assert len(kept["answer"]) == 59
    assert {row["person_id"] for row in kept["answer"]} == {NUMBER}
    assert FAMILY in archive.read(READABLE).decode()


def test_the_archive_holds_neither_secrets_nor_other_people(
    visitor: Visitor, zenobie: Person, ada: Person
) -> None:
    archive = download(visitor.as_person(zenobie))
    everything = b"".join(archive.read(name) for name in archive.namelist()).decode()

    assert ada.email not in everything
    assert "password_hash" not in everything
    assert {row["person_id"] for row in entries(archive)["posting"]} == {NUMBER}
    assert [row["quiet_from"] for row in entries(archive)["notice_wishes"]] == ["21:00:00"]


def test_a_sixth_archive_in_an_hour_is_refused(reader: Visitor) -> None:
    for _number in range(5):
        download(reader)

    page = reader.submit(reader.get("/my-data"), "export", status=429)

    assert "five times this hour" in page.text


def test_a_wrong_address_changes_nothing(visitor: Visitor, zenobie: Person, rows: Rows) -> None:
    before = rows()

    page = erase(visitor.as_person(zenobie), 400, email="ada@aurore.example")

    assert "This is not the address of this account." in page.all(".field-error")
    assert rows() == before


def test_a_wrong_password_changes_nothing(visitor: Visitor, behind: Behind, rows: Rows) -> None:
    with behind():
        person = make_person(password=PASSWORD)
    before = rows()

    page = erase(visitor.as_person(person), 400, email=person.email, present="something else")

    assert "This is not your present password." in page.all(".field-error")
    assert rows() == before


def test_passwords_cannot_be_guessed_there(visitor: Visitor, behind: Behind) -> None:
    with behind():
        person = make_person(password=PASSWORD)
    visitor.as_person(person)
    for _number in range(8):
        erase(visitor, 400, email=person.email, present="something else")

    page = erase(visitor, 400, email=person.email, present=PASSWORD)

    assert "Too many tries" in page.text
    assert exists(behind, person)


def test_address_and_password_erase_and_end_the_session(visitor: Visitor, behind: Behind) -> None:
    with behind():
        person = make_person(password=PASSWORD)

    page = erase(visitor.as_person(person), email=f" {person.email.upper()} ", present=PASSWORD)

    assert "You are erased" in page.text
    assert page.url == "/sign-in"
    assert visitor.get("/my-data").url == "/sign-in"
    assert not exists(behind, person)


def test_without_a_password_the_address_is_enough(visitor: Visitor, zenobie: Person) -> None:
    assert "You are erased" in erase(visitor.as_person(zenobie), email=EMAIL).text


def test_a_second_click_finds_nobody(visitor: Visitor, zenobie: Person) -> None:
    page = visitor.as_person(zenobie).get("/my-data/erase")
    visitor.submit(page, "erase", {"email": EMAIL})

    assert visitor.submit(page, "erase", {"email": EMAIL}).url == "/sign-in"


def test_the_last_administrator_is_told_to_name_another(visitor: Visitor, behind: Behind) -> None:
    with behind():
        admin = make_person(Role.ADMIN)

    page = erase(visitor.as_person(admin), 400, email=admin.email)

    assert "name another one first" in page.text
    assert exists(behind, admin)


def test_the_code_of_an_erased_passport_names_nobody(
    app: Flask, visitor: Visitor, behind: Behind, ada: Person
) -> None:
    with behind():
        earn_passport(ada)
        certificate = passports.valid_one(ada.id)
    assert certificate is not None
    erase(visitor.as_person(ada), email=ada.email)

    page = Visitor(app).get(f"/verify/{certificate.code}")

    assert "erased at the holder’s request" in page.text
    assert ada.family_name not in page.text
    assert not page.html.select(".certificate-holder, .stamp")


def test_an_administrator_erases_a_leaver(visitor: Visitor, behind: Behind, ada: Person) -> None:
    with behind():
        admin = make_person(Role.ADMIN)
        db.session.get_one(Person, ada.id).active = False
        db.session.commit()
    visitor.as_person(admin)
    path = visitor.get(f"/people/{ada.id}").link("Erase this person for good")
    page = visitor.get(path)

    visitor.submit(page, "erase", {"email": "somebody@else.example"}, 400)
    assert exists(behind, ada)

    for _twice in range(2):
        assert "This account is erased" in visitor.submit(page, "erase", {"email": ada.email}).text
    assert not exists(behind, ada)
    visitor.get(path, 404)
    assert "Person erased" in visitor.get("/audit").text


def test_an_open_account_is_not_erased_by_somebody_else(
    visitor: Visitor, behind: Behind, ada: Person
) -> None:
    with behind():
        admin = make_person(Role.ADMIN)
    visitor.as_person(admin)
    path = f"/people/{ada.id}/erase"

    assert "close it first" in visitor.get(path).text
    fields = {"email": ada.email, "csrf_token": token(visitor)}
    assert visitor.post(path, fields, 400)
    assert exists(behind, ada)


def test_a_colleague_erases_nobody(reader: Visitor, zenobie: Person) -> None:
    reader.get(f"/people/{zenobie.id}/erase", 403)


def test_the_page_asks_two_statements_however_long_the_life(
    visitor: Visitor, zenobie: Person, behind: Behind, count_statements: Any
) -> None:
    visitor.as_person(zenobie).get("/my-data")
    with behind():
        do_round(zenobie, at=do_round(zenobie).drawn_at.replace(day=4))

    with count_statements() as statements:
        visitor.get("/my-data")
    assert len(statements) == 2
    with count_statements() as statements:
        visitor.get("/my-data/erase")
    assert len(statements) == 2
