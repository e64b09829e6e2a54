"""Longest rows: noted by night, kept for good."""

from datetime import timedelta

from flask import Flask
from sqlalchemy import select

from academy.database import db
from academy.people.calendar import Span
from academy.people.models import Person
from academy.people.workdays import services as workdays
from academy.rewards.regularity import jobs, queries, services
from academy.rewards.regularity.jobs import TURN
from academy.rewards.regularity.models import LongestRow
from academy.rewards.regularity.rhythm import Row
from tests.conftest import MONDAY
from tests.factories import TODAY, make_person
from tests.services.crowd import all_at_once
from tests.services.test_award_publishing import done


def kept(person: Person) -> Row | None:
    db.session.expire_all()
    return queries.kept_of(person.id).longest


def nights(first: int = 7) -> int:
    """Every person has had their turn."""
    return sum(jobs.note_longest_rows(MONDAY + timedelta(first + n)) for n in range(TURN))


def test_everybody_has_their_turn_within_four_weeks(context: Flask) -> None:
    people = [make_person() for _ in range(5)]
    for person in people[:-1]:
        done(person, 0, 1, 2)

    assert nights() == 4
    assert nights() == 4

    assert [kept(person) for person in people[:-1]] == [Row(3, TODAY + timedelta(2))] * 4
    assert kept(people[-1]) is None


def test_leave_counts_and_what_is_kept_never_gets_shorter(context: Flask) -> None:
    ada = make_person()
    done(ada, 0, 1, 4, 7)
    nights()
    assert kept(ada) == Row(2, TODAY + timedelta(7))
    away = Span(TODAY + timedelta(2), TODAY + timedelta(3))
    workdays.declare_leave(ada.id, away, TODAY)
    db.session.commit()
    nights()
    assert kept(ada) == Row(4, TODAY + timedelta(7))

    services.note_longest(ada.id, Row(3, TODAY + timedelta(30)))

    assert kept(ada) == Row(4, TODAY + timedelta(7))


def test_what_lies_more_than_a_year_back_stays_as_it_was_noted(context: Flask) -> None:
    ada = make_person()
    done(ada, 0, 1, 2)
    nights()

    nights(500)

    assert kept(ada) == Row(3, TODAY + timedelta(2))


def test_noted_by_many_at_once_it_is_the_longest(app: Flask) -> None:
    with app.app_context():
        ada = make_person()

    all_at_once(app, lambda n: services.note_longest(ada.id, Row(n + 1, TODAY)))

    with app.app_context():
        assert db.session.scalars(select(LongestRow.length)).all() == [20]
