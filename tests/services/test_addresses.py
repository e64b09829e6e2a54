"""Changing one's address: proved by a link, told to the old address, never somebody else's."""

from datetime import timedelta

import pytest
from flask import Flask

from academy.database import db
from academy.people import services as people
from academy.people.accounts import queries, services
from academy.people.accounts.queries import Keys
from academy.people.accounts.services import AddressTaken, ChangedMeanwhile, Move
from academy.people.models import Person
from academy.refusal import Refusal
from tests.conftest import MONDAY
from tests.factories import make_person
from tests.postbox import link, mails
from tests.services.crowd import all_at_once

NEW = "ada.byron@aurore.example"


def keys(person: Person) -> Keys:
    db.session.expire_all()
    found = queries.keys_of(person.id)
    assert found is not None
    return found


def ask(person: Person, email: str = NEW) -> None:
    services.ask_for_address(keys(person), email, MONDAY)
    db.session.commit()


def token(app: Flask, to: str = NEW) -> str:
    mail = next(mail for mail in mails(app) if mail.address == to)
    return link(mail).removeprefix("/account/email/")


def asked(found: str) -> Move:
    move = services.move_asked(found, MONDAY)
    assert move is not None
    return move


def test_nothing_changes_before_the_link_is_used(app: Flask, context: Flask) -> None:
    person = make_person()
    before = person.email

    ask(person)

    assert keys(person).email == before
    assert [(mail.address, mail.subject) for mail in mails(app)] == [
        (NEW, "Confirm your new address"),
        (before, "Your address is about to change"),
    ]


def test_the_link_changes_the_address(app: Flask, context: Flask) -> None:
    person = make_person()
    ask(person)

    services.move(asked(token(app)))
    db.session.commit()

    assert keys(person).email == NEW


def test_a_second_click_is_as_good_as_the_first(app: Flask, context: Flask) -> None:
    person = make_person()
    ask(person)
    for _ in range(2):
        services.move(asked(token(app)))
        db.session.commit()

    assert keys(person).email == NEW


def test_a_link_lasts_a_day(app: Flask, context: Flask) -> None:
    ask(make_person())
    found = token(app)

    assert services.move_asked(found, MONDAY + timedelta(hours=23, minutes=59)) is not None
    assert services.move_asked(found, MONDAY + timedelta(days=1)) is None


def test_signing_out_everywhere_voids_the_link(app: Flask, context: Flask) -> None:
    person = make_person()
    ask(person)

    people.sign_out_everywhere(person.id)
    db.session.commit()

    assert services.move_asked(token(app), MONDAY) is None


def test_of_two_links_the_one_used_first_wins(app: Flask, context: Flask) -> None:
    person = make_person()
    ask(person, "one@aurore.example")
    ask(person, "other@aurore.example")

    services.move(asked(token(app, "one@aurore.example")))
    db.session.commit()

    assert services.move_asked(token(app, "other@aurore.example"), MONDAY) is None


def test_an_address_of_somebody_else_is_refused_at_once(app: Flask, context: Flask) -> None:
    person, other = make_person(), make_person()

    with pytest.raises(AddressTaken):
        services.ask_for_address(keys(person), other.email, MONDAY)

    assert mails(app) == []


def test_an_address_taken_meanwhile_is_refused_and_nothing_changes(
    app: Flask, context: Flask
) -> None:
    person, other = make_person(), make_person()
    ask(person)
    move = asked(token(app))
    other.email = NEW
    db.session.commit()

    with pytest.raises(AddressTaken):
        services.move(move)

    assert keys(person).email == move.keys.email


def test_of_twenty_who_want_one_address_one_gets_it(app: Flask) -> None:
    with app.app_context():
        moves = [Move(keys(make_person()), NEW) for _ in range(20)]

    def take(number: int) -> bool:
        try:
            services.move(moves[number])
        except AddressTaken:
            return False
        return True

    assert all_at_once(app, take).count(True) == 1


def test_an_account_that_changed_meanwhile_is_left_alone(context: Flask) -> None:
    person = make_person()
    before = keys(person)
    person.email = "third@aurore.example"
    db.session.commit()

    with pytest.raises(ChangedMeanwhile):
        services.move(Move(before, NEW))


def test_one_cannot_write_to_the_whole_world(context: Flask) -> None:
    person = make_person()
    for number in range(services.NEW_ADDRESSES.tries):
        ask(person, f"somebody{number}@aurore.example")

    with pytest.raises(Refusal) as refused:
        services.ask_for_address(keys(person), NEW, MONDAY)

    assert refused.value.status == 429
