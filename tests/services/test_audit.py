"""The audit log: written in the transaction of the act, never changed, read page by page."""

from typing import Any

import pytest
from flask import Flask
from sqlalchemy import delete

from academy.database import db
from academy.people import audit
from academy.people.audit import PAGE, Act, AuditEntry, Wanted, WrittenOnce
from academy.people.audit_words import act_name, told
from academy.people.models import Person
from tests.conftest import MONDAY, Counting
from tests.factories import make_person


def record(actor: Person, act: str = Act.ROLE_GRANTED, times: int = 1) -> None:
    for number in range(times):
        audit.record(actor.id, act, audit.person(actor.id), MONDAY, {"role": f"number {number}"})
    db.session.commit()


def found(**wanted: Any) -> list[AuditEntry]:
    return audit.entries(Wanted(**wanted))[0]


def test_what_is_rolled_back_was_not_recorded(context: Flask) -> None:
    actor = make_person()
    audit.record(actor.id, Act.ROLE_GRANTED, "person:1", MONDAY)

    db.session.rollback()

    assert found() == []


def test_the_newest_comes_first_a_page_at_a_time(context: Flask) -> None:
    actor = make_person()
    record(actor, times=PAGE + 3)

    first, more = audit.entries(Wanted())
    second, still_more = audit.entries(Wanted(before=first[-1].id))

    assert (len(first), more, len(second), still_more) == (PAGE, True, 3, False)
    ids = [entry.id for entry in (*first, *second)]
    assert ids == sorted(ids, reverse=True)


def test_entries_are_found_by_actor_and_by_act(context: Flask) -> None:
    one, other = make_person(), make_person()
    record(one, Act.ROLE_GRANTED)
    record(one, Act.ACCOUNT_CLOSED)
    record(other, Act.ROLE_GRANTED)

    assert len(found(actor_id=one.id)) == 2
    assert len(found(act=Act.ROLE_GRANTED)) == 2
    (entry,) = found(actor_id=one.id, act=Act.ROLE_GRANTED)
    assert entry.at == MONDAY


def test_an_entry_is_neither_changed_nor_taken_away(context: Flask) -> None:
    record(make_person(), times=2)
    first, second = found()

    first.act = Act.ROLE_REVOKED
    with pytest.raises(WrittenOnce):
        db.session.flush()
    db.session.rollback()
    db.session.delete(second)
    with pytest.raises(WrittenOnce):
        db.session.flush()


def test_the_log_outlives_who_acted(context: Flask) -> None:
    actor = make_person()
    record(actor)

    db.session.execute(delete(Person).where(Person.id == actor.id))
    db.session.expire_all()

    (entry,) = found()
    assert entry.actor_id is None


def test_acts_have_words_and_those_of_others_are_shown_as_recorded(app: Flask) -> None:
    with app.test_request_context(headers={"Accept-Language": "en"}):
        assert act_name(Act.ROLE_GRANTED) == "Role granted"
        assert act_name("something-new") == "something-new"


@pytest.mark.parametrize(
    ("details", "words"),
    [
        ({}, ""),
        ({"role": "hr", "entity": None}, "Human resources · in the whole company"),
        ({"entity": "Lyon", "from": "2026-03-02", "to": "2026-03-06"}, "Lyon · 2 to 6 March 2026"),
        ({"role": "pilot", "from": "2026-03-02", "to": None}, "pilot · from 2 March 2026"),
        ({"weekdays": [0, 1, 3]}, "Monday, Tuesday and Thursday"),
        ({"decision": "wait", "reports": 2}, "decision: wait · reports: 2"),
        ({"from": "ab12", "to": "cd34", "size": 3}, "ab12 → cd34 · size: 3"),
    ],
)
def test_details_are_said_on_one_line(app: Flask, details: dict[str, Any], words: str) -> None:
    with app.test_request_context(headers={"Accept-Language": "en"}):
        assert told(details) == words


def test_a_page_of_the_log_takes_one_statement(context: Flask, count_statements: Counting) -> None:
    record(make_person(), times=20)

    with count_statements() as statements:
        found()

    assert len(statements) == 1
