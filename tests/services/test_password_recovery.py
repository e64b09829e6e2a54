"""Coming back without a password: links that work once, for an hour, while nothing changed."""

from datetime import timedelta

import pytest
from flask import Flask

from academy import database
from academy.database import db
from academy.people import passwords
from academy.people import queries as people
from academy.people import services as sign_in
from academy.people.accounts import queries, services
from academy.people.accounts.queries import Keys
from academy.people.accounts.services import ChangedMeanwhile
from academy.people.models import Person
from academy.people.recovery import services as recovery
from academy.post.models import Letter
from academy.web import throttle
from tests.conftest import MONDAY, Counting
from tests.factories import PASSWORD, TODAY, make_person
from tests.postbox import link, mails
from tests.services.crowd import all_at_once

NEW = "trois tasses de thé"
NEW_HASH = passwords.hashed(NEW)
AN_HOUR = timedelta(hours=1)


def keys(person: Person) -> Keys:
    found = queries.keys_of(person.id)
    assert found is not None
    return found


def token_of(person: Person) -> str:
    return services.reset_token(keys(person), MONDAY)


def choose(token: str) -> int:
    bearer = services.bearer(token, MONDAY)
    assert bearer is not None
    epoch = services.choose_password(bearer, NEW_HASH, MONDAY)
    db.session.commit()
    return epoch


def letters() -> list[str]:
    return list(db.session.scalars(db.select(Letter.kind).order_by(Letter.id)))


def test_a_link_names_its_bearer_for_an_hour(context: Flask) -> None:
    person = make_person()
    token = token_of(person)

    assert services.bearer(token, MONDAY + AN_HOUR - timedelta(seconds=1)) == keys(person)
    assert services.bearer(token, MONDAY + AN_HOUR) is None
    assert services.bearer("nonsense", MONDAY) is None


def test_a_link_works_once(context: Flask) -> None:
    person = make_person(password=PASSWORD)
    token = token_of(person)

    choose(token)

    assert services.bearer(token, MONDAY) is None
    assert sign_in.right_password(people.credentials(person.email), NEW)
    assert not sign_in.right_password(people.credentials(person.email), PASSWORD)


def test_who_never_had_a_password_gets_one(context: Flask) -> None:
    person = make_person()

    choose(token_of(person))

    assert sign_in.right_password(people.credentials(person.email), NEW)


def test_a_new_password_closes_every_session(context: Flask) -> None:
    person = make_person(password=PASSWORD)
    before = f"{person.id}.{person.epoch}"

    epoch = choose(token_of(person))

    assert people.signed_in(before, TODAY) is None
    assert people.signed_in(f"{person.id}.{epoch}", TODAY) is not None


def test_two_links_asked_for_are_both_void_once_one_is_used(context: Flask) -> None:
    person = make_person(password=PASSWORD)
    first = token_of(person)
    second = services.reset_token(keys(person), MONDAY + timedelta(minutes=5))

    choose(second)

    assert services.bearer(first, MONDAY) is None


@pytest.mark.parametrize(
    "change", [{"email": "elsewhere@aurore.example"}, {"epoch": 5}, {"active": False}]
)
def test_a_link_is_void_once_the_account_changed(context: Flask, change: dict[str, object]) -> None:
    person = make_person(password=PASSWORD)
    token = token_of(person)

    for name, value in change.items():
        setattr(person, name, value)
    db.session.commit()

    assert services.bearer(token, MONDAY) is None


def test_a_form_left_open_does_not_undo_what_was_done_meanwhile(context: Flask) -> None:
    person = make_person(password=PASSWORD)
    before = keys(person)
    choose(token_of(person))

    with pytest.raises(ChangedMeanwhile):
        services.choose_password(before, NEW_HASH, MONDAY)


def test_twenty_at_once_use_a_link_once(app: Flask) -> None:
    with app.app_context():
        before = keys(make_person(password=PASSWORD))

    def use(_number: int) -> bool:
        try:
            services.choose_password(before, NEW_HASH, MONDAY)
        except ChangedMeanwhile:
            db.session.rollback()
            return False
        return True

    assert all_at_once(app, use).count(True) == 1


def test_a_new_password_forgives_the_tries_before(context: Flask) -> None:
    person = make_person(password=PASSWORD)
    for _ in range(sign_in.TRIES_PER_ACCOUNT.tries + 1):
        allowed = throttle.allow(sign_in.TRIES_PER_ACCOUNT, person.email, MONDAY)
    assert not allowed

    choose(token_of(person))

    assert throttle.allow(sign_in.TRIES_PER_ACCOUNT, person.email, MONDAY)


def test_a_changed_password_is_told_to_its_owner(app: Flask, context: Flask) -> None:
    person = make_person(password=PASSWORD)

    choose(token_of(person))

    (mail,) = mails(app)
    assert (mail.address, mail.subject) == (person.email, "Your password was changed")
    assert NEW not in mail.text


def test_asking_sends_a_link_that_works(app: Flask, context: Flask) -> None:
    person = make_person(password=PASSWORD, language="fr")
    recovery.ask(f" {person.email.upper()} ", MONDAY)
    db.session.commit()

    (mail,) = mails(app)

    assert (mail.address, mail.about) == (person.email, person.id)
    assert mail.subject == "Choisissez un nouveau mot de passe"
    path = link(mail)
    assert path.startswith("/reset/")
    found = services.bearer(path.removeprefix("/reset/"), MONDAY)
    assert found is not None
    assert found.person_id == person.id


def test_nobody_is_written_to_at_an_address_without_an_account(app: Flask, context: Flask) -> None:
    closed = make_person()
    closed.active = False
    recovery.ask("nobody@aurore.example", MONDAY)
    recovery.ask(closed.email, MONDAY)
    db.session.commit()

    assert mails(app) == []


def test_asking_runs_the_same_statements_whether_there_is_an_account_or_not(
    context: Flask, count_statements: Counting
) -> None:
    person = make_person(password=PASSWORD)
    sent = []

    for email in (person.email, "nobody@aurore.example"):
        with count_statements() as statements:
            recovery.ask(email, MONDAY)
            db.session.commit()
        sent.append(list(statements))

    assert sent[0] == sent[1]


def test_asking_twice_in_a_minute_writes_one_mail(app: Flask, context: Flask) -> None:
    person = make_person()
    for _ in range(2):
        recovery.ask(person.email, MONDAY)
        db.session.commit()

    assert len(mails(app)) == 1


def test_after_three_requests_within_the_hour_no_more_mail_is_written(
    app: Flask, context: Flask
) -> None:
    person = make_person()
    for minute in range(6):
        recovery.ask(person.email, MONDAY + timedelta(minutes=minute))
        db.session.commit()

    assert len(letters()) == recovery.PER_ACCOUNT.tries
    recovery.ask(person.email, MONDAY + AN_HOUR)
    db.session.commit()
    assert len(letters()) == recovery.PER_ACCOUNT.tries + 1


def test_one_network_address_cannot_ask_without_end(context: Flask) -> None:
    allowed = [recovery.may_ask("192.0.2.7", MONDAY) for _ in range(recovery.PER_ADDRESS.tries + 1)]

    assert allowed == [True] * recovery.PER_ADDRESS.tries + [False]


def test_the_present_password_may_be_tried_eight_times_in_a_quarter_of_an_hour(
    context: Flask,
) -> None:
    database.may_write()
    person = make_person()

    tries = [services.may_check(person.id, MONDAY) for _ in range(9)]
    services.right(person.id, MONDAY)
    services.right(person.id, MONDAY)

    assert tries == [True] * 8 + [False]
    assert services.may_check(person.id, MONDAY)
