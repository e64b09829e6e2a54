"""What operators do for people from a terminal."""

from dataclasses import replace
from datetime import date

import pytest
from flask import Flask
from sqlalchemy import select

from academy.database import db
from academy.people import audit, queries
from academy.people import services as people
from academy.people.models import EntityKind, Person, Role
from academy.people.signon.models import SignOn
from academy.people.workdays import queries as workdays
from academy.providers import Provider
from tests import phones
from tests.conftest import MONDAY
from tests.factories import TODAY, make_person

ISSUER = "https://id.aurore.example"


@pytest.fixture
def ada(app: Flask) -> Person:
    with app.app_context():
        person = make_person()
        lyon = people.open_entity("lyon", EntityKind.SITE, "Lyon", date(2020, 1, 1))
        people.post(person, lyon, "sales", date(2020, 1, 1))
        db.session.commit()
        return person


def run(app: Flask, *words: str, code: int = 0) -> str:
    result = app.test_cli_runner().invoke(args=["academy", *words])
    assert result.exit_code == code, result.output
    return result.output


def test_the_first_administrator_is_made_from_a_terminal(app: Flask, ada: Person) -> None:
    for _ in range(2):
        run(app, "grant-role", ada.email.upper(), "admin")

    with app.app_context():
        found = queries.signed_in(f"{ada.id}.0", TODAY)
        assert found is not None
        assert found.roles == {(Role.ADMIN, None)}


def test_a_second_factor_is_taken_off_from_a_terminal(app: Flask, ada: Person) -> None:
    with app.app_context():
        phones.give(db.session.get_one(Person, ada.id))

    assert "taken off" in run(app, "remove-second-factor", ada.email)
    assert "there was none" in run(app, "remove-second-factor", ada.email)


def test_a_role_within_an_entity_is_granted_there(app: Flask, ada: Person) -> None:
    run(app, "grant-role", ada.email, "animator", "--entity", "lyon")
    assert "No entity" in run(app, "grant-role", ada.email, "hr", "--entity", "mars", code=1)

    with app.app_context():
        found = queries.signed_in(f"{ada.id}.0", TODAY)
        assert found is not None
        assert {role for role, entity in found.roles if entity} == {Role.ANIMATOR}


def test_a_site_is_closed(app: Flask, ada: Person) -> None:
    for _ in range(2):
        run(app, "close-site", "Lyon", "2026-03-03", "2026-03-04", "Inventory")

    with app.app_context():
        calendar = workdays.calendar_of(ada.id, TODAY)
        assert calendar.next_working_day(TODAY) == date(2026, 3, 5)
        assert len(calendar.closures) == 1
    assert "before" in run(app, "close-site", "lyon", "2026-03-04", "2026-03-03", code=1)


def test_working_days_are_set(app: Flask, ada: Person) -> None:
    run(app, "set-working-days", ada.email, "mon, Thu", "2026-03-02")

    with app.app_context():
        assert workdays.calendar_of(ada.id, TODAY).next_working_day(TODAY) == date(2026, 3, 5)
    assert "weekdays are" in run(app, "set-working-days", ada.email, "lundi", "2026-03-02", code=1)


def test_nobody_is_said_to_be_nobody(app: Flask) -> None:
    assert "Nobody has this address." in run(app, "grant-role", "x@y.example", "hr", code=1)


def test_identities_of_a_provider_are_forgotten_from_a_terminal(
    app: Flask, ada: Person, monkeypatch: pytest.MonkeyPatch
) -> None:
    house = Provider("house", ISSUER, "us", frozenset({"aurore.example"}), "Aurore", "Aurore")
    monkeypatch.setitem(app.config, "SETTINGS", replace(app.config["SETTINGS"], providers=(house,)))
    with app.app_context():
        grace = make_person()
        for number, person in enumerate((ada, grace)):
            for issuer in (ISSUER, "https://other.example"):
                db.session.add(
                    SignOn(
                        person_id=person.id, issuer=issuer, subject=f"{number}", linked_at=MONDAY
                    )
                )
        db.session.commit()

    assert "1 forgotten" in run(app, "forget-identities", "house", "--person", ada.email)
    assert "1 forgotten" in run(app, "forget-identities", "house")
    assert "0 forgotten" in run(app, "forget-identities", "house")
    assert "has this name" in run(app, "forget-identities", "other", code=1)

    with app.app_context():
        left = db.session.scalars(select(SignOn.issuer)).all()
        assert left == ["https://other.example"] * 2
        subjects = [each.subject for each in audit.entries(audit.Wanted())[0]]
        assert subjects == ["provider:house"] * 2 + [audit.person(ada.id)]
