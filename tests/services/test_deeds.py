"""The log of deeds: written once, never twice, and each to their own."""

from dataclasses import replace
from datetime import timedelta

from flask import Flask
from sqlalchemy import select

from academy.database import db
from academy.deeds.models import Deed
from academy.deeds.queries import all_of
from academy.deeds.services import Act, record
from academy.deeds.verbs import Verb
from tests.conftest import MONDAY
from tests.factories import TODAY, make_person

LATER = MONDAY + timedelta(hours=3)


def reading(person_id: int, lesson: str = "cloud-has-an-address") -> Act:
    return Act(
        person_id,
        Verb.LESSON_DONE,
        lesson,
        MONDAY,
        TODAY,
        f"lesson:{lesson}",
        "culture",
        {"right": 2},
    )


def test_a_deed_says_who_did_what_when_and_how_it_went(context: Flask) -> None:
    ada = make_person()

    number = record(reading(ada.id))

    deed = db.session.get_one(Deed, number)
    assert (deed.person_id, deed.verb, deed.subject, deed.theme) == (
        ada.id,
        "lesson_done",
        "cloud-has-an-address",
        "culture",
    )
    assert (deed.at, deed.day, deed.result) == (MONDAY, TODAY, {"right": 2})


def test_a_deed_recorded_again_changes_nothing(context: Flask) -> None:
    ada = make_person()
    first = record(reading(ada.id))

    again = record(replace(reading(ada.id), at=LATER, result={"right": 3}))

    assert again is None
    (kept,) = db.session.scalars(select(Deed).where(Deed.person_id == ada.id))
    assert (kept.id, kept.at, kept.result) == (first, MONDAY, {"right": 2})


def test_the_same_deed_counts_for_each_person(context: Flask) -> None:
    ada, bob = make_person(), make_person()

    numbers = [record(reading(person.id)) for person in (ada, bob)]

    assert None not in numbers
    assert len(set(numbers)) == 2


def test_deeds_are_read_back_in_the_order_they_were_written(context: Flask) -> None:
    ada, bob = make_person(), make_person()
    for lesson in ("b", "c", "a"):
        record(reading(ada.id, lesson))
        record(reading(bob.id, lesson))

    assert [deed.subject for deed in all_of([ada.id])] == ["b", "c", "a"]


def test_a_repeat_leaves_the_rest_of_the_transaction_alone(context: Flask) -> None:
    ada = make_person()
    record(reading(ada.id, "a"))

    record(reading(ada.id, "a"))
    record(reading(ada.id, "b"))
    db.session.commit()

    assert [deed.subject for deed in all_of([ada.id])] == ["a", "b"]
