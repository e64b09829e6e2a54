"""Leavers: access ends at once, their place at work too; figures forget them, and later the academy does."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date, datetime, timedelta

import pytest
from flask import Flask
from sqlalchemy import select

from academy.database import db
from academy.hr.rollup import crowds
from academy.people import services as people
from academy.people.accounts import queries as accounts
from academy.people.directory import services
from academy.people.leaving import queries
from academy.people.leaving import services as leaving
from academy.people.leaving.jobs import close_those_who_left
from academy.people.models import Entity, Person, Posting, Role
from academy.privacy.jobs import erase_old_leavers
from tests.conftest import MONDAY
from tests.factories import TODAY, make_person, make_site

A_YEAR = timedelta(days=365)


def posted(team: Entity, *roles: Role) -> Person:
    person = make_person(*roles)
    people.post(person, team, "sales", date(2026, 1, 5))
    db.session.commit()
    return person


def place(person: Person) -> list[tuple[date, date | None]]:
    rows = db.session.scalars(
        select(Posting)
        .where(Posting.person_id == person.id)
        .order_by(Posting.id)
        .execution_options(populate_existing=True)
    )
    return [(each.starts_on, each.ends_on) for each in rows]


def close(person: Person, at: datetime = MONDAY) -> None:
    services.close_account(person, None, at)
    db.session.commit()


def counted(day: date) -> set[int]:
    return {row.id for row in crowds.at_work(day, crowds.tree(day))}


def test_closing_ends_the_posting_that_day_and_figures_count_nobody_any_more(
    context: Flask,
) -> None:
    team = make_site()
    person, other = posted(team), posted(team)
    assert counted(TODAY) == {person.id, other.id}

    close(person)

    assert place(person) == [(date(2026, 1, 5), TODAY)]
    assert counted(TODAY) == {other.id}
    assert queries.departure(person.id) is not None


def test_reopening_opens_the_posting_again(context: Flask) -> None:
    person = posted(make_site())
    close(person)

    services.reopen_account(person, None, MONDAY + timedelta(days=9))
    db.session.commit()

    assert place(person) == [(date(2026, 1, 5), None)]
    assert queries.departure(person.id) is None
    assert counted(TODAY) == {person.id}


def test_reopening_leaves_a_place_they_have_got_since_alone(context: Flask) -> None:
    team = make_site()
    person = posted(team)
    close(person)
    people.post(person, team, "it", TODAY + timedelta(days=5))

    services.reopen_account(person, None, MONDAY + timedelta(days=9))
    db.session.commit()

    assert place(person) == [(date(2026, 1, 5), TODAY), (TODAY + timedelta(days=5), None)]


def test_closing_twice_is_closing_once(context: Flask) -> None:
    person = posted(make_site())
    close(person)

    assert not services.close_account(person, None, MONDAY + timedelta(days=1))
    assert place(person) == [(date(2026, 1, 5), TODAY)]


def test_who_left_is_still_found_where_they_worked_last(context: Flask) -> None:
    team = make_site()
    person = posted(team)
    close(person)

    profile = accounts.profile(person.id, TODAY + timedelta(days=30))

    assert profile is not None
    assert [each.id for each in profile.places][:1] == [team.id]
    assert (profile.job_family, profile.last_on) == ("sales", TODAY)


def test_an_account_closes_when_the_last_day_is_over_where_the_person_is(context: Flask) -> None:
    person = posted(make_site())
    person.zone = "America/Toronto"
    leaving.plan(person.id, TODAY)
    db.session.commit()

    close_those_who_left(datetime.combine(TODAY, MONDAY.timetz()) + timedelta(hours=16))
    db.session.refresh(person)
    assert person.active  # it is ten in the evening there
    close_those_who_left(MONDAY + timedelta(hours=20))

    db.session.refresh(person)
    assert not person.active
    assert place(person) == [(date(2026, 1, 5), TODAY)]


def test_the_last_administrator_stays_whatever_was_planned(context: Flask) -> None:
    team = make_site()
    keeper, other = posted(team, Role.ADMIN), posted(team)
    for each in (keeper, other):
        leaving.plan(each.id, TODAY - timedelta(days=3))
    db.session.commit()

    close_those_who_left(MONDAY)

    for each in (keeper, other):
        db.session.refresh(each)
    assert (keeper.active, other.active) == (True, False)
    assert place(other) == [(date(2026, 1, 5), TODAY - timedelta(days=3))]


def test_who_left_a_year_ago_is_erased_at_night_and_nobody_else(
    context: Flask, now: Callable[[datetime], None]
) -> None:
    team = make_site()
    gone, later, here = posted(team), posted(team), posted(team)
    numbers = [gone.id, later.id, here.id]
    close(gone)
    close(later, MONDAY + timedelta(days=1))

    erase_old_leavers(MONDAY + A_YEAR - timedelta(minutes=1))
    assert _left(numbers) == numbers
    now(MONDAY + A_YEAR + timedelta(minutes=1))
    erase_old_leavers(MONDAY + A_YEAR + timedelta(minutes=1))
    erase_old_leavers(MONDAY + A_YEAR + timedelta(minutes=1))

    assert _left(numbers) == numbers[1:]


def test_how_long_leavers_are_kept_is_a_setting(
    context: Flask, monkeypatch: pytest.MonkeyPatch
) -> None:
    config = replace(context.config["SETTINGS"], leavers_kept=timedelta(days=30))
    monkeypatch.setitem(context.config, "SETTINGS", config)
    gone = posted(make_site())
    close(gone)

    erase_old_leavers(MONDAY + timedelta(days=31))

    assert _left([gone.id]) == []


def _left(numbers: list[int]) -> list[int]:
    return sorted(db.session.scalars(select(Person.id).where(Person.id.in_(numbers))))
