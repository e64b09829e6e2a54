"""A code is used once, whoever types it where; what is kept of it; and who takes it off."""

from datetime import timedelta

import pytest
from flask import Flask
from sqlalchemy import func, select

from academy import personal
from academy.database import db
from academy.people import personal as people
from academy.people import services as accounts_of
from academy.people.accounts import queries as accounts
from academy.people.accounts.queries import Keys
from academy.people.accounts.services import ChangedMeanwhile
from academy.people.audit import AuditEntry
from academy.people.factor import queries, services
from academy.people.factor.models import RecoveryCode, SecondFactor
from academy.people.factor.services import AlreadyOn, OnesOwn
from academy.people.models import Person
from academy.refusal import Refusal
from tests import phones
from tests.conftest import MONDAY
from tests.factories import make_person
from tests.phones import CODES, HASHED, SECRET, code
from tests.postbox import mails
from tests.services.crowd import all_at_once

HALF_A_MINUTE = timedelta(seconds=30)


def keys(person: Person) -> Keys:
    found = accounts.keys_of(person.id)
    assert found is not None
    return found


def test_a_code_opens_once_and_earlier_ones_nothing_any_more(context: Flask) -> None:
    person = phones.give(make_person())
    other = phones.give(make_person())

    assert not services.use(person.id, "000000", MONDAY)
    assert services.use(person.id, code(MONDAY), MONDAY)
    assert not services.use(person.id, code(MONDAY), MONDAY)
    assert not services.use(person.id, code(MONDAY - HALF_A_MINUTE), MONDAY)
    assert services.use(person.id, code(MONDAY + HALF_A_MINUTE), MONDAY)
    assert services.use(other.id, code(MONDAY), MONDAY)  # the same phone; another account
    assert not services.use(make_person().id, code(MONDAY), MONDAY)


def test_a_code_typed_by_twenty_at_once_opens_to_one(app: Flask) -> None:
    with app.app_context():
        number = phones.give(make_person()).id

    opened = all_at_once(app, lambda _number: services.use(number, code(MONDAY), MONDAY))

    assert sum(opened) == 1


def test_a_recovery_code_used_by_twenty_at_once_is_used_by_one(app: Flask) -> None:
    with app.app_context():
        mine = keys(phones.give(make_person()))

    left = all_at_once(app, lambda _number: services.spend(mine, 0, HASHED[0], MONDAY))

    assert sorted(each for each in left if each is not None) == [9]
    assert len([mail for mail in mails(app) if mail.subject.startswith("A recovery code")]) == 1


def test_what_is_set_up_in_twenty_tabs_is_there_once(app: Flask) -> None:
    with app.app_context():
        mine = keys(make_person())

    def turned_on(_number: int) -> str:
        try:
            services.turn_on(mine, SECRET, 1, HASHED, MONDAY)
        except Refusal as refused:
            db.session.rollback()
            return type(refused).__name__
        db.session.commit()
        return "on"

    outcomes = all_at_once(app, turned_on)

    assert outcomes.count("on") == 1
    assert set(outcomes) <= {"on", AlreadyOn.__name__}
    with app.app_context():
        assert db.session.scalar(select(func.count()).select_from(RecoveryCode)) == 10


def test_new_codes_asked_for_by_twenty_tabs_are_ten(app: Flask) -> None:
    with app.app_context():
        mine = keys(phones.give(make_person()))

    all_at_once(app, lambda _number: services.renew(mine, HASHED, MONDAY))

    with app.app_context():
        standing = queries.standing(mine.person_id)
        assert standing is not None
        assert standing.left == 10


def test_the_key_is_sealed_in_its_row_and_bound_to_its_person(context: Flask) -> None:
    person, other = phones.give(make_person()), phones.give(make_person())
    row = db.session.get_one(SecondFactor, person.id)

    assert SECRET not in row.secret
    db.session.get_one(SecondFactor, other.id).secret = row.secret
    db.session.flush()
    assert not services.use(other.id, code(MONDAY), MONDAY)
    context.config["SECRET_KEY"], kept = "another secret", context.config["SECRET_KEY"]
    try:
        assert not services.use(person.id, code(MONDAY), MONDAY)
    finally:
        context.config["SECRET_KEY"] = kept


def test_recovery_codes_are_kept_as_slow_hashes(context: Flask) -> None:
    phones.give(make_person())

    assert HASHED[0].startswith("$argon2id$")
    assert CODES[0] not in HASHED[0]


def test_what_changed_meanwhile_is_left_alone(context: Flask) -> None:
    person = phones.give(make_person())
    mine = keys(person)
    accounts_of.sign_out_everywhere(person.id)

    with pytest.raises(ChangedMeanwhile):
        services.turn_off(mine, MONDAY)
    with pytest.raises(ChangedMeanwhile):
        services.renew(keys(make_person()), HASHED, MONDAY)


def test_an_administrator_takes_it_off_once_and_the_person_is_told(app: Flask) -> None:
    with app.app_context():
        admin, person = make_person().id, phones.give(make_person())
        number, epoch = person.id, person.epoch
        removed = [services.remove(number, admin, MONDAY) for _twice in range(2)]
        db.session.commit()
        acts = list(db.session.scalars(select(AuditEntry.act)))
        db.session.expire_all()
        after = db.session.get_one(Person, number).epoch
        with pytest.raises(OnesOwn):
            services.remove(admin, admin, MONDAY)

    assert removed == [True, False]
    assert acts == ["second-factor-removed"]
    assert after == epoch + 1
    told = [mail.subject for mail in mails(app)]
    assert told.count("An administrator took your second factor off") == 1


def test_the_export_says_that_there_is_one_and_not_its_key(context: Flask) -> None:
    person = phones.give(make_person())
    told = {
        kept.table: list(personal.rows(kept, person.id))
        for kept in people.KEPT
        if kept.table in {"second_factor", "recovery_code"}
    }

    assert [set(row) for row in told["second_factor"]] == [{"person_id", "since"}]
    assert [set(row) for row in told["recovery_code"]] == [{"person_id", "slot", "used_at"}] * 10
