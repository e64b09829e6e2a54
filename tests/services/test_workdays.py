"""Leave, working patterns, closures, and the calendar they make."""

from datetime import date, timedelta

import pytest
from flask import Flask
from sqlalchemy import func, select
from sqlalchemy.exc import IntegrityError

from academy.database import db
from academy.people import audit
from academy.people import services as people
from academy.people.audit import Wanted
from academy.people.calendar import MONDAY_TO_FRIDAY, Span
from academy.people.models import Entity, EntityKind, Person
from academy.people.workdays import queries, services
from academy.people.workdays.models import Leave, SiteClosure, WorkingPattern
from academy.people.workdays.services import LeaveRefused
from tests.conftest import MONDAY, Counting
from tests.factories import TODAY, make_person
from tests.services.crowd import all_at_once

TUESDAY, WEDNESDAY, THURSDAY, FRIDAY = (TODAY + timedelta(days=n) for n in range(1, 5))
NEXT_MONDAY = TODAY + timedelta(days=7)
SINCE = date(2020, 1, 1)
EASTER_MONDAY = date(2026, 4, 6)
SAINT_JOHN = date(2026, 6, 24)


def site(country: str | None = "FR", region: str | None = None, name: str = "lyon") -> Entity:
    """A site with a company above it."""
    company = people.open_entity(f"company-{name}", EntityKind.COMPANY, "Aurore", SINCE)
    return people.open_entity(
        name, EntityKind.SITE, name.title(), SINCE, company, country, region=region
    )


def employee(where: Entity) -> Person:
    """Somebody in a team of that site."""
    person = make_person()
    team = people.open_entity(f"team-{person.id}", EntityKind.TEAM, "Cahiers", SINCE, where)
    people.post(person, team, "sales", SINCE)
    db.session.commit()
    return person


def away(person: Person, first: date, last: date) -> Span:
    whole = services.declare_leave(person.id, Span(first, last), TODAY)
    db.session.commit()
    return whole


def spans_of(person: Person) -> list[tuple[date, date]]:
    return [(each.starts_on, each.ends_on) for each in queries.leave_since(person.id, date.min)]


def test_without_a_posting_it_is_monday_to_friday_without_holidays(context: Flask) -> None:
    calendar = queries.calendar_of(make_person().id, TODAY)

    assert calendar.country is None
    assert calendar.pattern_on(TODAY) == MONDAY_TO_FRIDAY
    assert calendar.is_working(EASTER_MONDAY)
    assert calendar.next_working_day(FRIDAY) == NEXT_MONDAY


def test_holidays_are_those_of_the_country_and_region_of_the_site(context: Flask) -> None:
    lyon, montreal = employee(site()), employee(site("CA", "QC", "montreal"))

    french, canadian = (queries.calendar_of(each.id, TODAY) for each in (lyon, montreal))

    assert (french.country, canadian.country) == ("FR", "CA")
    assert not french.is_working(EASTER_MONDAY)
    assert canadian.is_working(EASTER_MONDAY)
    assert not canadian.is_working(SAINT_JOHN)


def test_the_calendar_follows_who_moves(context: Flask) -> None:
    person = employee(site())
    people.post(person, site("CA", "QC", "montreal"), "sales", date(2026, 6, 1))
    db.session.commit()

    assert queries.calendar_of(person.id, TODAY).country == "FR"
    assert queries.calendar_of(person.id, date(2026, 6, 1)).country == "CA"


def test_a_closed_site_closes_its_teams_and_no_other(context: Flask) -> None:
    lyon, lille = site(), site(name="lille")
    here, there = employee(lyon), employee(lille)

    services.close_site(lyon, Span(TUESDAY, WEDNESDAY), "Inventory", here.id, MONDAY)
    db.session.commit()

    assert queries.calendar_of(here.id, TODAY).next_working_day(TODAY) == THURSDAY
    assert queries.calendar_of(there.id, TODAY).next_working_day(TODAY) == TUESDAY


def test_a_closed_company_closes_every_site_under_it(context: Flask) -> None:
    person = employee(site())
    company = db.session.scalars(select(Entity).where(Entity.kind == EntityKind.COMPANY)).one()

    services.close_site(company, Span(TUESDAY, TUESDAY), "", person.id, MONDAY)
    db.session.commit()

    assert not queries.calendar_of(person.id, TODAY).is_working(TUESDAY)


def test_closing_a_site_twice_changes_nothing_but_the_reason(context: Flask) -> None:
    lyon = site()
    actor = make_person()

    for reason in ("Inventory", "Painting"):
        services.close_site(lyon, Span(TUESDAY, WEDNESDAY), reason, actor.id, MONDAY)
    db.session.commit()

    assert db.session.scalars(select(SiteClosure.reason)).all() == ["Painting"]


def test_part_time_holds_from_its_day_on_and_the_pattern_before_is_kept(context: Flask) -> None:
    person = employee(site())
    services.set_pattern(person.id, {0, 1, 3, 4}, TODAY, None, MONDAY)
    services.set_pattern(person.id, {0, 1}, NEXT_MONDAY, None, MONDAY)
    db.session.commit()

    calendar = queries.calendar_of(person.id, TODAY)

    worked = [calendar.is_working(TODAY + timedelta(days=n)) for n in range(12)]
    assert worked == [True, True, False, True, True, False, False] + [True, True] + [False] * 3


def test_a_pattern_set_in_the_past_takes_the_place_of_all_that_came_after(context: Flask) -> None:
    person = make_person()
    services.set_pattern(person.id, {0, 1, 2}, TODAY, None, MONDAY)
    services.set_pattern(person.id, {0, 1}, NEXT_MONDAY, None, MONDAY)
    services.set_pattern(person.id, {0}, WEDNESDAY, None, MONDAY)
    db.session.commit()

    calendar = queries.calendar_of(person.id, TODAY)

    assert calendar.pattern_on(TUESDAY) == {0, 1, 2}
    assert all(calendar.pattern_on(WEDNESDAY + timedelta(days=n)) == {0} for n in range(90))
    rows = [(each.starts_on, each.ends_on) for each in queries.patterns_of(person.id)]
    assert rows == [(TODAY, TUESDAY), (WEDNESDAY, None)]


def test_a_site_closed_from_twenty_tabs_is_closed_once(app: Flask) -> None:
    with app.app_context():
        lyon = site()
        db.session.commit()

    closed = all_at_once(
        app, lambda _n: services.close_site(lyon, Span(TODAY, TODAY), "", None, MONDAY).id
    )

    assert len(set(closed)) == 1
    with app.app_context():
        assert len(audit.entries(Wanted())[0]) == 1


def test_a_pattern_corrected_on_its_first_day_replaces_it(context: Flask) -> None:
    person = make_person()
    for weekdays in ({0}, {1}, {2}):
        services.set_pattern(person.id, weekdays, TODAY, None, MONDAY)
    db.session.commit()

    assert queries.calendar_of(person.id, TODAY).pattern_on(TODAY) == {2}
    assert db.session.scalar(select(func.count(WorkingPattern.id))) == 1


def test_leave_is_not_worked_and_is_nobody_elses(context: Flask) -> None:
    here, there = employee(site()), employee(site(name="lille"))

    away(here, TUESDAY, THURSDAY)

    assert queries.calendar_of(here.id, TODAY).next_working_day(TODAY) == FRIDAY
    assert queries.calendar_of(there.id, TODAY).next_working_day(TODAY) == TUESDAY


def test_leave_declared_twice_is_there_once(context: Flask) -> None:
    person = make_person()

    first, second = (away(person, TUESDAY, THURSDAY) for _ in range(2))

    assert first == second == Span(TUESDAY, THURSDAY)
    assert spans_of(person) == [(TUESDAY, THURSDAY)]


def test_leave_that_overlaps_or_touches_becomes_one(context: Flask) -> None:
    person = make_person()
    away(person, TODAY, TUESDAY)
    away(person, FRIDAY, FRIDAY)

    whole = away(person, WEDNESDAY, THURSDAY)

    assert whole == Span(TODAY, FRIDAY)
    assert spans_of(person) == [(TODAY, FRIDAY)]


def test_leave_a_day_apart_stays_apart(context: Flask) -> None:
    person = make_person()
    away(person, TODAY, TODAY)
    away(person, WEDNESDAY, WEDNESDAY)

    assert spans_of(person) == [(TODAY, TODAY), (WEDNESDAY, WEDNESDAY)]


@pytest.mark.parametrize(
    ("first", "last"),
    [
        (TUESDAY, TODAY),
        (TODAY, TODAY + timedelta(days=366)),
        (TODAY + timedelta(days=732), TODAY + timedelta(days=733)),
        (TODAY - timedelta(days=93), TODAY),
        (date.min, date.min),
        (date.max, date.max),
    ],
)
def test_days_that_make_no_sense_are_refused(context: Flask, first: date, last: date) -> None:
    person = make_person()

    with pytest.raises(LeaveRefused):
        services.declare_leave(person.id, Span(first, last), TODAY)

    assert spans_of(person) == []


def test_leave_does_not_grow_over_a_year_by_being_joined(context: Flask) -> None:
    person = make_person()
    away(person, TODAY, TODAY + timedelta(days=360))

    with pytest.raises(LeaveRefused):
        services.declare_leave(person.id, Span(TODAY, TODAY + timedelta(days=365 + 1)), TODAY)


def test_there_is_an_end_to_separate_absences(context: Flask) -> None:
    person = make_person()
    for n in range(services.MOST):
        away(person, TODAY + timedelta(days=2 * n), TODAY + timedelta(days=2 * n))

    with pytest.raises(LeaveRefused):
        services.declare_leave(person.id, Span(date(2027, 1, 4), date(2027, 1, 4)), TODAY)
    away(person, TUESDAY, TUESDAY)  # joining some is always possible

    assert len(spans_of(person)) == services.MOST - 1


def test_the_database_refuses_leave_that_ends_before_it_begins(context: Flask) -> None:
    db.session.add(Leave(person_id=make_person().id, starts_on=TUESDAY, ends_on=TODAY))

    with pytest.raises(IntegrityError):
        db.session.flush()


def test_the_same_leave_from_twenty_tabs_is_one(app: Flask) -> None:
    with app.app_context():
        person = make_person().id

    all_at_once(
        app, lambda n: services.declare_leave(person, Span(TODAY, TODAY + n * timedelta(1)), TODAY)
    )

    with app.app_context():
        found = queries.leave_since(person, TODAY)
        assert [(each.starts_on, each.ends_on) for each in found] == [
            (TODAY, TODAY + timedelta(days=19))
        ]


def test_a_calendar_takes_two_statements(context: Flask, count_statements: Counting) -> None:
    lyon = site()
    person = employee(lyon)
    services.close_site(lyon, Span(TUESDAY, WEDNESDAY), "", None, MONDAY)
    for n in range(5):
        away(person, TODAY + timedelta(days=2 * n), TODAY + timedelta(days=2 * n))

    with count_statements() as statements:
        queries.calendar_of(person.id, TODAY)

    assert len(statements) == 2


def test_many_calendars_at_once_are_each_ones_own(
    context: Flask, count_statements: Counting
) -> None:
    lyon, montreal = site(), site("CA", "QC", "montreal")
    crowd = [employee(lyon), employee(montreal), employee(lyon), make_person()]
    away(crowd[0], TUESDAY, THURSDAY)
    services.set_pattern(crowd[2].id, {0, 2}, TODAY, None, MONDAY)
    services.close_site(lyon, Span(FRIDAY, FRIDAY), "Stocktaking", None, MONDAY)
    people.post(crowd[1], lyon, "sales", TODAY)
    db.session.commit()

    with count_statements() as statements:
        found = queries.calendars_of([person.id for person in crowd], TODAY)

    assert found == {person.id: queries.calendar_of(person.id, TODAY) for person in crowd}
    assert len(statements) == 3
    assert queries.calendars_of([], TODAY) == {}
