"""What operators do for people from a terminal."""

from datetime import date

import pytest
from flask import Flask

from academy.database import db
from academy.people import queries
from academy.people import services as people
from academy.people.models import EntityKind, Person, Role
from academy.people.workdays import queries as workdays
from tests.factories import TODAY, make_person


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
