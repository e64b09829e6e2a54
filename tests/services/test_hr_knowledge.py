"""What groups know: of twenty people or more, rounded, the last night and the ends of months."""

from datetime import date, timedelta

import pytest
from flask import Flask
from sqlalchemy import select

from academy.catalog import releases
from academy.database import db
from academy.hr import jobs
from academy.hr.knowledge import counting
from academy.hr.knowledge.models import HrKnowledge
from academy.hr.rollup import services as rollup
from academy.people import services as people
from academy.people.models import Entity, EntityKind, Person
from tests.conftest import MONDAY
from tests.factories import make_person, read_lesson

LESSON = "cloud-has-an-address"
SINCE = date(2025, 1, 6)


@pytest.fixture
def company(context: Flask) -> tuple[Entity, Entity, list[Person]]:
    """Twenty people in a company, six of them in its only site."""
    whole = people.open_entity("aurore", EntityKind.COMPANY, "Aurore", SINCE)
    site = people.open_entity("lyon", EntityKind.SITE, "Lyon", SINCE, whole, "FR", "UTC")
    staff = [make_person() for _each in range(20)]
    for number, person in enumerate(staff):
        people.post(person, site if number < 6 else whole, "baker", SINCE)
    db.session.commit()
    return whole, site, staff


def told(day: date) -> dict[tuple[int, str], tuple[int, int]]:
    db.session.expire_all()
    return {
        (row.entity_id, row.subject): (row.met, row.known)
        for row in db.session.scalars(select(HrKnowledge).where(HrKnowledge.day == day))
    }


def test_it_counts_who_met_a_notion_and_who_knows_it(
    company: tuple[Entity, Entity, list[Person]],
) -> None:
    whole, site, staff = company
    for number, person in enumerate(staff[:15]):
        read_lesson(person, LESSON, MONDAY, right=number < 10)
    rollup.advance(MONDAY + timedelta(hours=2))

    jobs.count_knowledge(MONDAY + timedelta(hours=3))

    found = told(MONDAY.date())
    notions = {each.key for each in releases.current().notions.values() if each.lesson == LESSON}
    mine = [found[whole.id, f"notion:{notion}"] for notion in notions]
    assert (15, 10) in mine
    theme = found[whole.id, "theme:culture"]
    assert theme[0] == sum(met for met, _known in mine)
    assert found[whole.id, "theme:security"] == (0, 0)
    assert site.id not in {entity for entity, _subject in found}


def test_of_fewer_than_twenty_people_nothing_is_told(
    company: tuple[Entity, Entity, list[Person]],
) -> None:
    _whole, _site, staff = company
    rollup.advance(MONDAY + timedelta(hours=2))
    staff[0].active = False
    db.session.commit()

    assert counting.count(MONDAY, MONDAY.date()) == 0
    assert told(MONDAY.date()) == {}


def test_before_anybody_was_counted_there_is_nothing_to_round_with(
    company: tuple[Entity, Entity, list[Person]],
) -> None:
    assert counting.count(MONDAY, MONDAY.date()) == 0


def test_twice_is_once_and_of_a_month_the_last_night_stays(
    company: tuple[Entity, Entity, list[Person]],
) -> None:
    rollup.advance(MONDAY + timedelta(hours=2))
    nights = [MONDAY - timedelta(days=3), MONDAY - timedelta(days=2), MONDAY]
    for night in nights:
        counting.count(night, night.date())
        db.session.commit()
    first = counting.count(MONDAY, MONDAY.date())
    db.session.commit()

    days = set(db.session.scalars(select(HrKnowledge.day)))
    assert days == {date(2026, 2, 28), date(2026, 3, 2)}
    assert first == len(told(MONDAY.date()))
