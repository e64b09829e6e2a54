"""Accounts, sessions, roles and preferences."""

from dataclasses import replace
from datetime import date, timedelta

import pytest
from argon2 import PasswordHasher
from flask import Flask
from sqlalchemy.exc import IntegrityError

from academy.database import db
from academy.people import passwords, queries, services
from academy.people.models import Need, Person, Role, RoleGrant
from academy.people.services import Newcomer, Preferences
from tests.conftest import MONDAY, Counting
from tests.factories import PASSWORD, TODAY, make_person, make_site

ADA = Newcomer("ada@aurore.example", "Ada", "Lovelace", date(2026, 1, 5), password=PASSWORD)
HERE = "192.0.2.7"
OLD_HASHER = PasswordHasher(time_cost=1, memory_cost=1024, parallelism=1)


def test_an_address_is_kept_and_found_whatever_its_capitals(context: Flask) -> None:
    person = services.open_account(replace(ADA, email=" Ada@Aurore.Example "), MONDAY)

    found = queries.credentials("  ADA@aurore.EXAMPLE")

    assert person.email == "ada@aurore.example"
    assert found is not None
    assert found.person_id == person.id


def test_an_address_opens_one_account(context: Flask) -> None:
    services.open_account(ADA, MONDAY)

    with pytest.raises(IntegrityError):
        services.open_account(replace(ADA, email="ADA@aurore.example"), MONDAY)


def test_the_database_refuses_an_address_with_capitals(context: Flask) -> None:
    person = make_person()
    person.email = "Ada@aurore.example"

    with pytest.raises(IntegrityError):
        db.session.flush()


def test_a_password_is_never_kept_as_it_was_typed(context: Flask) -> None:
    person = services.open_account(ADA, MONDAY)

    assert person.password_hash is not None
    assert PASSWORD not in person.password_hash
    assert services.right_password(queries.credentials(person.email), PASSWORD)
    assert not services.right_password(queries.credentials(person.email), PASSWORD + "!")


def test_nobody_enters_an_account_without_a_password(context: Flask) -> None:
    person = make_person(password=None)

    assert not services.right_password(queries.credentials(person.email), "")
    assert not services.right_password(queries.credentials("nobody@aurore.example"), PASSWORD)


def test_an_outdated_hash_is_renewed_at_the_next_sign_in(context: Flask) -> None:
    person = make_person()
    person.password_hash = OLD_HASHER.hash(PASSWORD)
    db.session.commit()
    found = queries.credentials(person.email)
    assert found is not None

    services.welcome(found, PASSWORD, HERE, MONDAY)

    renewed = queries.credentials(person.email)
    assert renewed is not None
    assert renewed.password_hash is not None
    assert not passwords.outdated(renewed.password_hash)
    assert services.right_password(renewed, PASSWORD)


def test_a_closed_account_neither_signs_in_nor_stays_signed_in(context: Flask) -> None:
    person = make_person(password=PASSWORD)
    person.active = False
    db.session.commit()

    assert queries.credentials(person.email) is None
    assert queries.signed_in(f"{person.id}.{person.epoch}", TODAY) is None


def test_signing_out_everywhere_voids_every_session_of_that_person_only(context: Flask) -> None:
    ada, bob = make_person(), make_person()
    before = {person.id: session_of(person) for person in (ada, bob)}

    services.sign_out_everywhere(ada.id)
    db.session.commit()

    assert queries.signed_in(before[ada.id], TODAY) is None
    assert queries.signed_in(before[bob.id], TODAY) is not None
    fresh = queries.signed_in(f"{ada.id}.1", TODAY)
    assert fresh is not None
    assert fresh.get_id() == f"{ada.id}.1"


@pytest.mark.parametrize(
    "session_id", ["", ".", "1", "1.", ".0", "1.0.0", "a.0", "1.b", "-1.0", "²"]
)
def test_a_session_that_names_nobody_is_void(context: Flask, session_id: str) -> None:
    make_person()

    assert queries.signed_in(session_id, TODAY) is None


def test_a_role_is_held_from_its_first_day_to_its_last(context: Flask) -> None:
    person = make_person()
    db.session.add(
        RoleGrant(
            person_id=person.id,
            role=Role.MENTOR,
            starts_on=TODAY,
            ends_on=TODAY + timedelta(days=2),
        )
    )
    db.session.commit()

    held = [holds(person, Role.MENTOR, TODAY + timedelta(days=days)) for days in range(-1, 4)]

    assert held == [False, True, True, True, False]


def test_a_role_may_be_held_within_an_entity(context: Flask) -> None:
    person, team = make_person(Role.AUTHOR), make_site()
    services.grant(person, [Role.HR], TODAY, team)
    db.session.commit()

    found = queries.signed_in(session_of(person), TODAY)

    assert found is not None
    assert found.roles == {(Role.AUTHOR, None), (Role.HR, team.id)}
    assert found.holds(Role.HR)
    assert not found.holds(Role.ADMIN)


def test_somebody_without_a_role_is_signed_in_all_the_same(context: Flask) -> None:
    person = make_person()

    found = queries.signed_in(session_of(person), TODAY)

    assert found is not None
    assert found.roles == frozenset()
    assert found.name == f"Ada {person.family_name}"


def test_the_person_asking_is_loaded_in_one_statement(
    context: Flask, count_statements: Counting
) -> None:
    person = make_person(Role.AUTHOR, Role.HR)

    with count_statements() as statements:
        queries.signed_in(session_of(person), TODAY)

    assert len(statements) == 1


def test_preferences_are_kept_for_that_person_only(context: Flask) -> None:
    ada, bob = make_person(), make_person()

    services.prefer(ada.id, Preferences("fr", "Pacific/Auckland", "dark", (Need.BLIND,)))
    services.speak(bob.id, "fr")
    db.session.commit()

    one, other = (queries.signed_in(session_of(person), TODAY) for person in (ada, bob))
    assert one is not None
    assert other is not None
    assert (one.language, one.zone, one.colour_scheme) == ("fr", "Pacific/Auckland", "dark")
    assert one.needs == ("blind",)
    assert (other.language, other.colour_scheme, other.needs) == ("fr", "auto", ())


def test_personas_are_found_in_the_order_asked_and_strangers_left_out(context: Flask) -> None:
    ada, bob = make_person(), make_person()

    found = queries.by_emails({"b": bob.email, "x": "nobody@aurore.example", "a": ada.email})

    assert [persona.key for persona in found] == ["b", "a"]
    assert [persona.person_id for persona in found] == [bob.id, ada.id]
    assert found[0].initials == "AN"


def session_of(person: Person) -> str:
    return f"{person.id}.{person.epoch}"


def holds(person: Person, role: Role, day: date) -> bool:
    found = queries.signed_in(session_of(person), day)
    assert found is not None
    return found.holds(role)
