"""Rankings: who takes part is seen, and nobody else; entities are counted at night."""

from collections.abc import Sequence
from datetime import date, datetime, timedelta

import pytest
from flask import Flask
from sqlalchemy import func, select

from academy.database import db
from academy.people import services as people
from academy.people.calendar import Span as Days
from academy.people.models import Entity, EntityKind, Person
from academy.people.workdays import services as workdays
from academy.post import jobs as post
from academy.rewards.rankings import counting, jobs, queries, services
from academy.rewards.rankings.models import EntityDay, EntityRate, Entrant
from academy.rewards.rankings.queries import Around, Rate
from academy.rewards.rankings.rules import Span
from tests.conftest import MONDAY, Counting
from tests.factories import TODAY, make_person
from tests.services.crowd import all_at_once
from tests.services.test_award_publishing import done

SINCE = date(2020, 1, 1)
SATURDAY = MONDAY + timedelta(5)
"""Its night counts Monday to Friday."""


def join(person: Person, at: datetime = MONDAY) -> None:
    services.join(person.id, at)
    db.session.commit()


def around(person: Person) -> Around | None:
    db.session.expire_all()
    mine = queries.entrant(person.id)
    assert mine is not None
    return queries.around(mine)


def entrants(points: Sequence[int]) -> list[Person]:
    """People who take part and have so many points this month."""
    found = []
    for number in points:
        person = make_person()
        join(person)
        db.session.get_one(Entrant, person.id).points = number
        found.append(person)
    db.session.commit()
    return found


def names(people: Sequence[queries.Neighbour]) -> list[int]:
    return [each.points for each in people]


def entity(kind: EntityKind, name: str, above: Entity | None = None) -> Entity:
    return people.open_entity(name.lower(), kind, name, SINCE, above)


def staff(where: Entity, size: int, faithful: int, days: Sequence[int] = range(5)) -> list[Person]:
    """So many people in an entity; so many of them do their minute on these days."""
    found = []
    for number in range(size):
        person = make_person()
        people.post(person, where, "sales", SINCE)
        db.session.commit()
        if number < faithful:
            done(person, *days)
        found.append(person)
    return found


def rate(where: Entity, span: Span = Span.WEEK) -> Rate | None:
    return queries.rates_of([where.id], span).get(where.id)


def counted() -> list[tuple[int, date, int, int]]:
    columns = (EntityDay.entity_id, EntityDay.day, EntityDay.expected, EntityDay.done)
    rows = db.session.execute(select(*columns).order_by(*columns[:2]))
    return [(entity, day, expected, done) for entity, day, expected, done in rows]


def test_nobody_takes_part_without_asking_and_whoever_withdraws_is_gone_at_once(
    context: Flask,
) -> None:
    assert queries.entrant(make_person().id) is None
    first, *_rest, last = entrants([50, 40, 30, 20, 10, 5])
    found = around(first)
    assert found is not None
    assert names(found.behind) == [40, 30]

    services.withdraw(last.id)
    services.withdraw(last.id)
    db.session.commit()

    assert queries.entrant(last.id) is None
    assert around(first) is not None


def test_fewer_than_five_see_nobody(context: Flask) -> None:
    ada, *_others = entrants([9, 8, 7, 6])

    assert around(ada) is None

    entrants([5])
    assert around(ada) is not None


def test_the_last_are_shown_to_nobody_and_see_those_ahead(context: Flask) -> None:
    everybody = entrants([60, 50, 40, 30, 20, 10])

    shown = [around(person) for person in everybody]

    assert [names(each.ahead) for each in shown if each] == [
        [],
        [60],
        [60, 50],
        [50, 40],
        [40, 30],
        [30, 20],
    ]
    assert [names(each.behind) for each in shown if each] == [[50, 40], [40, 30], [30], [], [], []]


def test_who_has_nothing_this_month_or_has_left_is_shown_to_nobody(context: Flask) -> None:
    ada, bob, *_rest = entrants([50, 40, 30, 20, 10, 0, 0, 0])
    bob.active = False
    db.session.commit()

    found = around(ada)

    assert found is not None
    assert names(found.behind) == [30]


def test_those_level_are_all_seen_by_somebody(context: Flask) -> None:
    everybody = entrants([7] * 6)

    found = [around(person) for person in everybody]

    assert [len(each.ahead) for each in found if each] == [0, 1, 2, 2, 2, 2]


def test_points_are_those_of_the_month_up_to_yesterday(context: Flask) -> None:
    ada, bob = make_person(), make_person()
    done(ada, 0, 1)  # points of two minutes, and of what they brought
    join(ada, SATURDAY)
    join(bob, SATURDAY)
    at_first = db.session.get_one(Entrant, ada.id).points
    done(bob, 2)

    jobs.count(SATURDAY)
    jobs.count(SATURDAY)

    db.session.expire_all()
    mine, theirs = (db.session.get_one(Entrant, each.id) for each in (ada, bob))
    assert mine.points == at_first > 14
    assert 0 < theirs.points < at_first
    assert mine.month == theirs.month == TODAY.replace(day=1)
    jobs.count(MONDAY + timedelta(31))
    db.session.expire_all()
    assert db.session.get_one(Entrant, ada.id).points == 0


def test_joining_twenty_times_at_once_is_joining_once(app: Flask) -> None:
    with app.app_context():
        ada = make_person()

    all_at_once(app, lambda _n: services.join(ada.id, MONDAY))

    with app.app_context():
        assert db.session.scalar(select(func.count()).select_from(Entrant)) == 1


def test_a_week_of_an_entity_counts_who_was_at_work(context: Flask) -> None:
    lyon = entity(EntityKind.SITE, "Lyon")
    crowd = staff(lyon, 6, 3)
    workdays.set_pattern(crowd[5].id, {0, 1}, SINCE, None, MONDAY)
    workdays.declare_leave(crowd[4].id, Days(TODAY, TODAY), TODAY)
    db.session.commit()

    jobs.count(SATURDAY)

    expected = [row[2] for row in counted() if row[1] >= TODAY]
    assert expected == [5, 6, 5, 5, 5]
    found = rate(lyon)
    assert found is not None
    assert (found.per_cent, found.place) == (round(100 * 15 / 26), None)
    assert (found.first, found.last) == (TODAY, TODAY + timedelta(4))


def test_counting_twice_or_a_late_leave_changes_only_what_it_should(context: Flask) -> None:
    lyon = entity(EntityKind.SITE, "Lyon")
    crowd = staff(lyon, 7, 2)
    jobs.count(SATURDAY)
    before = counted()

    jobs.count(SATURDAY)
    assert counted() == before

    workdays.declare_leave(crowd[6].id, Days(TODAY, TODAY), SATURDAY.date())
    db.session.commit()
    jobs.count(SATURDAY + timedelta(1))
    after = {row[1]: row[2] for row in counted()}
    assert after[TODAY] == 6
    assert after[TODAY + timedelta(1)] == 7


def test_counted_by_several_at_once_it_is_counted_once(app: Flask) -> None:
    with app.app_context():
        staff(entity(EntityKind.SITE, "Lyon"), 6, 2)
        jobs.count(SATURDAY)
        before = counted()

    all_at_once(app, lambda _n: jobs.count(SATURDAY), crowd=3)

    with app.app_context():
        assert counted() == before


def test_killed_in_the_middle_it_has_written_nothing(
    context: Flask, monkeypatch: pytest.MonkeyPatch
) -> None:
    lyon = entity(EntityKind.SITE, "Lyon")
    staff(lyon, 6, 2)
    monkeypatch.setattr(counting, "AT_ONCE", 2)
    looked: list[int] = []

    def dies(after: int) -> list[int]:
        looked.append(after)
        if len(looked) > 1:
            raise KeyboardInterrupt
        return [after + 1]

    with monkeypatch.context() as broken:
        broken.setattr(counting, "people_after", dies)
        with pytest.raises(KeyboardInterrupt):
            jobs.count(SATURDAY)
    db.session.rollback()
    assert counted() == []

    jobs.count_once_a_day(SATURDAY)

    assert rate(lyon) is not None


def test_once_a_day_is_enough(context: Flask, count_statements: Counting) -> None:
    staff(entity(EntityKind.SITE, "Lyon"), 6, 2)
    jobs.count_once_a_day(SATURDAY)

    with count_statements() as statements:
        jobs.count_once_a_day(SATURDAY + timedelta(hours=3))

    assert len(statements) == 1


def test_small_teams_can_win_and_only_the_upper_half_is_named(context: Flask) -> None:
    company = entity(EntityKind.COMPANY, "Aurore")
    teams = [entity(EntityKind.TEAM, name, company) for name in ("Big", "Small", "Middle", "Quiet")]
    for team, (size, faithful) in zip(teams, ((9, 5), (5, 4), (7, 3), (6, 0)), strict=True):
        staff(team, size, faithful, [0])

    jobs.count(MONDAY + timedelta(1))

    assert [(each.name, each.place) for each in queries.named(Span.WEEK)] == [
        ("Small", 1),
        ("Big", 2),
    ]
    quiet = rate(teams[3])
    assert quiet is not None
    assert (quiet.per_cent, quiet.place) == (5, None)


def test_few_people_are_told_neither_by_themselves_nor_by_taking_away(context: Flask) -> None:
    company = entity(EntityKind.COMPANY, "Aurore")
    site = entity(EntityKind.SITE, "Lyon", company)
    six, three = (entity(EntityKind.TEAM, name, site) for name in ("Six", "Three"))
    staff(six, 6, 3)
    staff(three, 3, 3)
    staff(company, 2, 0)

    jobs.count(SATURDAY)

    assert rate(six) is not None
    assert rate(three) is None
    assert rate(site) is None
    assert rate(company) is not None  # five people beside the team of six


def test_who_moved_counts_where_they_were_that_day(context: Flask) -> None:
    lyon, lille = (entity(EntityKind.SITE, name) for name in ("Lyon", "Lille"))
    ada, *_others = staff(lyon, 6, 6)
    people.post(ada, lille, "sales", TODAY + timedelta(3))
    db.session.commit()

    jobs.count(SATURDAY)

    by_day = {(row[0], row[1]): row[2] for row in counted()}
    assert by_day[lyon.id, TODAY] == 6
    assert by_day[lyon.id, TODAY + timedelta(3)] == 5
    assert by_day[lille.id, TODAY + timedelta(3)] == 1


def test_after_a_pause_all_that_was_missed_is_counted_and_what_is_old_goes(context: Flask) -> None:
    staff(entity(EntityKind.SITE, "Lyon"), 5, 1)
    jobs.count(SATURDAY)

    jobs.count(SATURDAY + timedelta(20))
    days = {row[1] for row in counted()}
    assert len(days) == (max(days) - min(days)).days + 1

    jobs.count(SATURDAY + timedelta(90))
    assert min(row[1] for row in counted()) == (SATURDAY + timedelta(89 - 35)).date()


def test_a_month_holds_its_weeks(context: Flask) -> None:
    lyon = entity(EntityKind.SITE, "Lyon")
    staff(lyon, 5, 2, range(12))

    jobs.count(MONDAY + timedelta(12))

    month, week = rate(lyon, Span.MONTH), rate(lyon, Span.WEEK)
    assert month is not None
    assert week is not None
    assert (month.first, week.first) == (TODAY.replace(day=1), TODAY + timedelta(7))
    assert month.per_cent == week.per_cent == 40


def test_an_academy_without_anybody_counts_nothing(context: Flask) -> None:
    jobs.count(SATURDAY)

    assert counted() == []
    assert db.session.scalars(select(EntityRate.entity_id)).all() == []


def test_the_worker_looks_every_hour(app: Flask) -> None:
    periodic = {each.name: each.times for each in app.extensions[post.EXTENSION].periodic}

    assert periodic["academy.rewards.rankings.jobs.count_once_a_day"] == {"minute": "50"}


def test_counting_costs_as_many_statements_for_forty_as_for_ten(
    context: Flask, count_statements: Counting
) -> None:
    lyon = entity(EntityKind.SITE, "Lyon")
    costs = []
    for size in (10, 30):
        staff(lyon, size, 0)
        with count_statements() as statements:
            jobs.count(SATURDAY)
        costs.append(len(statements))

    assert costs[0] == costs[1]
