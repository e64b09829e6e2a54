"""Who approves orders is told that some wait: once a day, on one notice, and by one mail."""

from datetime import timedelta

import pytest
from flask import Flask
from flask_babel import force_locale
from sqlalchemy import func, select

from academy.database import db
from academy.notices import queries as notices
from academy.notices import services as reading
from academy.notices.kinds import Kind
from academy.notices.models import Notice
from academy.notices.words import said, target
from academy.people import services as people
from academy.people.models import Person, Role
from academy.post import jobs as post
from academy.post.models import Letter
from academy.rewards.shop import jobs
from academy.rewards.shop.rules import Move
from tests import gifts
from tests.conftest import MONDAY, Counting
from tests.factories import TODAY, make_person, make_site

TUESDAY, WEDNESDAY = MONDAY + timedelta(1), MONDAY + timedelta(2)


def told(person: Person) -> list[tuple[str, bool]]:
    """What it says, and whether it is unread."""
    found, _more = notices.page(person.id)
    with force_locale("en"):
        return [(said(each), each.unread) for each in found if each.kind == Kind.ORDERS]


def letters() -> int:
    return db.session.scalar(select(func.count()).where(Letter.kind == "notice")) or 0


@pytest.fixture
def desk(context: Flask) -> tuple[Person, Person, Person]:
    """Lyon's human resources, an administrator of the company, and Ada who orders in Lyon."""
    lyon, lille = make_site(site="Lyon"), make_site(site="Lille")
    hr, admin, ada = make_person(), make_person(Role.ADMIN), make_person()
    elsewhere = make_person()
    people.grant(hr, [Role.HR], TODAY, lyon)
    people.grant(elsewhere, [Role.HR], TODAY, lille)
    people.post(ada, lyon, "sales", TODAY)
    gifts.fill(ada, keys=30)
    db.session.commit()
    return hr, admin, ada


def test_waiting_orders_are_one_notice_a_day_at_most(
    desk: tuple[Person, Person, Person],
) -> None:
    hr, admin, ada = desk
    coffee = gifts.gift(admin, approval=True, price=1)
    before = letters()
    orders = [gifts.order(ada, coffee) for _ in range(2)]

    jobs.tell_who_decides(MONDAY)
    jobs.tell_who_decides(MONDAY)
    assert told(hr) == [("2 orders wait for your decision in the gift shop.", True)]
    (found,) = notices.page(hr.id)[0]
    assert target(found) == ("shop.desk.queue", {})
    assert letters() == before + 1

    gifts.order(ada, coffee)
    jobs.tell_who_decides(TUESDAY)
    assert told(hr) == [("3 orders wait for your decision in the gift shop.", True)]
    assert told(admin) == []
    assert letters() == before + 1

    reading.read(hr.id, TUESDAY)
    db.session.commit()
    gifts.move(orders[0], Move.APPROVE, by=hr)
    jobs.tell_who_decides(WEDNESDAY)
    assert [unread for _text, unread in told(hr)] == [False]

    jobs.tell_who_decides(MONDAY + timedelta(7))
    assert told(hr)[0] == ("2 orders wait for your decision in the gift shop.", True)
    everybody = select(Notice.person_id).where(Notice.kind == Kind.ORDERS).distinct()
    assert db.session.scalars(everybody).all() == [hr.id]


def test_nothing_waits_one_statement(
    desk: tuple[Person, Person, Person], count_statements: Counting
) -> None:
    hr, _admin, ada = desk
    gifts.order(ada, gifts.gift(hr, price=1))

    with count_statements() as sent:
        jobs.tell_who_decides(MONDAY)

    assert len(sent) == 1


def test_the_worker_does_so_once_a_day(app: Flask) -> None:
    times = {each.name: each.times for each in app.extensions[post.EXTENSION].periodic}

    assert times["academy.rewards.shop.jobs.tell_who_decides"] == {"hour": "5", "minute": "15"}
