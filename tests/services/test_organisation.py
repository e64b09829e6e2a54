"""The organisation over time: where entities stand, where people work, and where they did before."""

from collections.abc import Sequence
from datetime import date, timedelta

import pytest
from flask import Flask
from sqlalchemy import select
from sqlalchemy.exc import IntegrityError

from academy.database import db
from academy.people import queries, services
from academy.people.models import Entity, EntityKind, Person, Placement, Posting
from academy.people.queries import Workplace
from tests.factories import TODAY, make_person, make_site

SINCE = date(2020, 1, 1)
SUMMER = date(2025, 7, 1)


def test_a_workplace_is_the_team_with_the_site_and_company_above_it(context: Flask) -> None:
    person = make_person()
    services.post(person, make_site("Aurore", "Lyon"), "sales", TODAY)

    assert queries.workplace(person.id) == Workplace("Cahiers", "Lyon", "Aurore")


def test_somebody_without_a_posting_has_no_workplace(context: Flask) -> None:
    assert queries.workplace(make_person().id) is None


def test_whoever_works_at_the_top_has_the_company_for_all_three(context: Flask) -> None:
    person = make_person()
    services.post(person, entity("top", EntityKind.COMPANY, "Aurore"), "management", TODAY)

    assert queries.workplace(person.id) == Workplace("Aurore", "Aurore", "Aurore")


def test_a_team_that_moves_takes_its_people_along_and_keeps_where_it_stood(context: Flask) -> None:
    person = make_person()
    company = entity("aurore", EntityKind.COMPANY, "Aurore")
    lyon, lille = (
        entity(name, EntityKind.SITE, name.title(), company) for name in ("lyon", "lille")
    )
    team = entity("team", EntityKind.TEAM, "Cahiers", lyon)
    services.post(person, team, "sales", SINCE)

    services.move_entity(team, lille, SUMMER)

    assert queries.workplace(person.id) == Workplace("Cahiers", "Lille", "Aurore")
    assert [(row.parent_id, row.starts_on, row.ends_on) for row in placements(team)] == [
        (lyon.id, SINCE, SUMMER - timedelta(days=1)),
        (lille.id, SUMMER, None),
    ]


def test_a_new_posting_ends_the_one_before_and_keeps_it(context: Flask) -> None:
    person, boss = make_person(), make_person()
    here, there = make_site(site="Lyon"), make_site(site="Lille")
    services.post(person, here, "sales", SINCE)

    services.post(person, there, "logistics", SUMMER, boss)

    first, second = postings(person)
    assert (first.entity_id, first.job_family, first.manager_id) == (here.id, "sales", None)
    assert (first.starts_on, first.ends_on) == (SINCE, SUMMER - timedelta(days=1))
    assert (second.entity_id, second.job_family, second.manager_id) == (
        there.id,
        "logistics",
        boss.id,
    )
    assert (second.starts_on, second.ends_on) == (SUMMER, None)


def test_however_often_one_moves_one_row_is_open(context: Flask) -> None:
    person, sites = make_person(), [make_site(site=name) for name in ("Lyon", "Lille", "Bruxelles")]
    days = [SINCE, SUMMER, SUMMER, TODAY]  # twice on the same day, too

    for number, day in enumerate(days):
        services.post(person, sites[number % 3], "sales", day)

    rows = postings(person)
    assert [row.ends_on is None for row in rows] == [False, False, False, True]
    assert all(row.ends_on is None or row.starts_on <= row.ends_on for row in rows)
    assert queries.workplace(person.id) == Workplace("Cahiers", "Lyon", "Aurore")


def test_the_database_keeps_one_open_posting_each(context: Flask) -> None:
    person, team = make_person(), make_site()
    services.post(person, team, "sales", SINCE)

    db.session.add(posting(person, team))

    with pytest.raises(IntegrityError):
        db.session.flush()


def test_the_database_keeps_one_open_place_in_the_tree(context: Flask) -> None:
    team, elsewhere = make_site(), make_site()

    db.session.add(Placement(child_id=team.id, parent_id=elsewhere.id, starts_on=SUMMER))

    with pytest.raises(IntegrityError):
        db.session.flush()


def test_nobody_is_their_own_manager_and_nothing_its_own_parent(context: Flask) -> None:
    person, top = make_person(), entity("top", EntityKind.COMPANY, "Aurore")

    with pytest.raises(IntegrityError), db.session.begin_nested():
        services.post(person, top, "management", SINCE, manager=person)
    with pytest.raises(IntegrityError), db.session.begin_nested():
        services.move_entity(top, top, SUMMER)


def test_a_tree_that_turns_in_a_circle_is_still_read(context: Flask) -> None:
    person = make_person()
    one = entity("one", EntityKind.SITE, "Lyon")
    other = entity("other", EntityKind.TEAM, "Cahiers", one)
    services.move_entity(one, other, SUMMER)
    services.post(person, other, "sales", SUMMER)

    assert queries.workplace(person.id) == Workplace("Cahiers", "Lyon", "Cahiers")


def test_who_leaves_is_forgotten_as_manager_and_their_postings_with_them(context: Flask) -> None:
    person, boss, team = make_person(), make_person(), make_site()
    services.post(person, team, "sales", SINCE, boss)
    services.post(boss, team, "sales", SINCE)
    db.session.flush()

    db.session.execute(Person.__table__.delete().where(Person.id == boss.id))  # type: ignore[attr-defined]

    db.session.expire_all()
    assert [row.manager_id for row in postings(person)] == [None]
    assert db.session.scalars(select(Posting.person_id)).all() == [person.id]


def entity(key: str, kind: EntityKind, name: str, parent: Entity | None = None) -> Entity:
    return services.open_entity(key, kind, name, SINCE, parent)


def posting(person: Person, team: Entity) -> Posting:
    return Posting(person_id=person.id, entity_id=team.id, job_family="sales", starts_on=SUMMER)


def postings(person: Person) -> Sequence[Posting]:
    return db.session.scalars(
        select(Posting).where(Posting.person_id == person.id).order_by(Posting.id)
    ).all()


def placements(child: Entity) -> Sequence[Placement]:
    return db.session.scalars(
        select(Placement).where(Placement.child_id == child.id).order_by(Placement.id)
    ).all()
