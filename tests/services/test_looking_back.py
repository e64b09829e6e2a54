"""Days off told afterwards: rows become longer, what they deserve is granted, nothing is taken away."""

from collections.abc import Callable
from dataclasses import replace
from datetime import datetime, timedelta

import pytest
from flask import Flask
from sqlalchemy import select

from academy.database import db
from academy.passport import looking_back
from academy.passport import queries as passports
from academy.people import services as people
from academy.people.calendar import Span
from academy.people.models import Person
from academy.people.workdays import queries as workdays_of
from academy.people.workdays import services as workdays
from academy.people.workdays import telling
from academy.post import jobs
from academy.post.models import Letter
from academy.rewards import badges, queries, rules, services
from tests.conftest import MONDAY, Counting
from tests.factories import TODAY, make_person, make_site
from tests.services.test_award_publishing import done, put

Clock = Callable[[datetime], None]

GAP = Span(TODAY + timedelta(3), TODAY + timedelta(15))
LATER = MONDAY + timedelta(17)
BRONZE = "stride-bronze"  # five working days in a row


def with_a_gap() -> Person:
    """Three days, two weeks of nothing, two days."""
    person = make_person()
    done(person, 0, 1, 2, 16, 17)
    return person


def look(person: Person) -> None:
    looking_back.grant(person.id, LATER)
    db.session.commit()


def test_leave_told_afterwards_brings_what_the_row_deserves(context: Flask) -> None:
    ada = with_a_gap()
    before = queries.balances(ada.id).points
    assert BRONZE not in queries.held(ada.id)
    workdays.declare_leave(ada.id, GAP, LATER.date())

    look(ada)

    assert BRONZE in queries.held(ada.id)
    assert queries.balances(ada.id).points == before + 10


def test_twice_brings_it_once_and_leave_taken_back_takes_nothing_away(context: Flask) -> None:
    ada = with_a_gap()
    workdays.declare_leave(ada.id, GAP, LATER.date())
    look(ada)
    points = queries.balances(ada.id).points
    workdays.remove_leave(workdays_of.leave_since(ada.id, TODAY)[0])

    look(ada)

    assert BRONZE in queries.held(ada.id)
    assert queries.balances(ada.id).points == points


def test_what_is_kept_afterwards_is_what_counting_anew_finds(context: Flask) -> None:
    ada = with_a_gap()
    workdays.declare_leave(ada.id, GAP, LATER.date())
    look(ada)
    kept = queries.tallies(ada.id)

    services.rebuild(ada.id)

    reached = "round_done#run"
    assert queries.tallies(ada.id)[reached] == kept[reached] == 5


def test_a_row_that_was_made_whole_goes_on_from_there(context: Flask) -> None:
    ada = with_a_gap()
    workdays.declare_leave(ada.id, GAP, LATER.date())
    look(ada)

    done(ada, *range(18, 30))

    assert "stride-silver" in queries.held(ada.id)


def test_leave_that_joins_nothing_brings_nothing(context: Flask) -> None:
    ada, newcomer = with_a_gap(), make_person()
    workdays.declare_leave(ada.id, Span(TODAY + timedelta(4), TODAY + timedelta(4)), LATER.date())

    look(ada)
    look(newcomer)

    assert BRONZE not in queries.held(ada.id)
    assert queries.held(newcomer.id) == frozenset()


def test_part_time_told_afterwards_counts_at_once(context: Flask, now: Clock) -> None:
    now(LATER)
    ada = make_person()
    done(ada, 0, 2, 7, 9, 14)  # Mondays and Wednesdays, then a Monday

    workdays.set_pattern(ada.id, {0, 2}, TODAY, None, LATER)
    db.session.commit()
    jobs.drain()

    assert BRONZE in queries.held(ada.id)


def test_a_site_that_turns_out_closed_counts_for_all_who_work_there(
    context: Flask, now: Clock
) -> None:
    now(LATER)
    team = make_site()
    ada, bob = with_a_gap(), with_a_gap()
    people.post(ada, team, "sales", TODAY)
    db.session.commit()

    workdays.close_site(team, GAP, "Flood", None, LATER)
    db.session.commit()
    jobs.drain()

    assert BRONZE in queries.held(ada.id)
    assert BRONZE not in queries.held(bob.id)


def test_days_off_to_come_leave_no_letter(context: Flask) -> None:
    team, ada = make_site(), make_person()
    workdays.set_pattern(ada.id, {0}, TODAY + timedelta(1), None, MONDAY)
    workdays.close_site(team, GAP, "", None, MONDAY)

    kinds = select(Letter.id).where(Letter.kind.in_([telling.DAYS_OFF, telling.CLOSED]))
    assert db.session.scalars(kinds).all() == []


def test_nobody_is_looked_for_who_was_erased_meanwhile(context: Flask) -> None:
    looking_back.grant(999_999, LATER)

    assert queries.held(999_999) == frozenset()


def test_a_passport_that_a_row_completes_is_issued(
    context: Flask, monkeypatch: pytest.MonkeyPatch
) -> None:
    whole = replace(badges.current()["passport"], rule=rules.Run("round_done", 5))
    put(context, monkeypatch, whole)
    ada = with_a_gap()
    workdays.declare_leave(ada.id, GAP, LATER.date())

    look(ada)

    assert passports.valid_one(ada.id) is not None


def test_looking_back_costs_the_same_after_years(
    context: Flask, count_statements: Counting
) -> None:
    costs = []
    for days in (range(0, 40, 3), range(0, 900, 3)):
        ada = make_person()
        done(ada, *days)
        with count_statements() as statements:
            looking_back.grant(ada.id, MONDAY + timedelta(days[-1]))
        costs.append(len(statements))
        db.session.rollback()

    assert costs[0] == costs[1] <= 5
