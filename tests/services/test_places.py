"""The way up from somebody's team to the company, on a given day."""

from datetime import date

from flask import Flask

from academy.database import db
from academy.people import places, services
from academy.people.models import Entity, EntityKind
from tests.conftest import Counting
from tests.factories import TODAY, make_person

SINCE = date(2020, 1, 1)
SUMMER = date(2026, 7, 1)


def entity(key: str, kind: EntityKind, parent: Entity | None = None) -> Entity:
    return services.open_entity(key, kind, key.title(), SINCE, parent)


def names(found: tuple[places.Place, ...]) -> list[str]:
    return [place.name for place in found]


def test_the_way_goes_from_the_team_to_the_company(context: Flask) -> None:
    company = entity("aurore", EntityKind.COMPANY)
    lyon = entity("lyon", EntityKind.SITE, company)
    team = entity("team", EntityKind.TEAM, lyon)
    person = make_person()
    services.post(person, team, "sales", SINCE)

    assert names(places.chain(person.id, TODAY)) == ["Team", "Lyon", "Aurore"]
    assert names(places.above(lyon.id, TODAY)) == ["Lyon", "Aurore"]
    assert places.chain(make_person().id, TODAY) == ()


def test_the_way_is_that_of_the_day_asked_for(context: Flask) -> None:
    company = entity("aurore", EntityKind.COMPANY)
    lyon, lille = (entity(name, EntityKind.SITE, company) for name in ("lyon", "lille"))
    team = entity("team", EntityKind.TEAM, lyon)
    person = make_person()
    services.post(person, team, "sales", SINCE)
    services.move_entity(team, lille, SUMMER)

    assert names(places.chain(person.id, TODAY)) == ["Team", "Lyon", "Aurore"]
    assert names(places.chain(person.id, SUMMER)) == ["Team", "Lille", "Aurore"]


def test_what_was_moved_twice_on_one_day_stands_where_it_came_last(context: Flask) -> None:
    company = entity("aurore", EntityKind.COMPANY)
    lyon, lille = (entity(name, EntityKind.SITE, company) for name in ("lyon", "lille"))
    team = entity("team", EntityKind.TEAM, lyon)
    person = make_person()
    for where in (lyon, team, lille, team):
        services.post(person, where, "sales", TODAY)
    for site in (lille, lyon, lille):
        services.move_entity(team, site, TODAY)

    assert names(places.chain(person.id, TODAY)) == ["Team", "Lille", "Aurore"]


def test_a_tree_that_turns_in_a_circle_is_walked_once(context: Flask) -> None:
    one = entity("one", EntityKind.SITE)
    other = entity("other", EntityKind.TEAM, one)
    services.move_entity(one, other, SUMMER)

    assert names(places.above(other.id, SUMMER)) == ["Other", "One"]


def test_the_way_takes_one_statement(context: Flask, count_statements: Counting) -> None:
    above = None
    for number in range(8):
        above = entity(f"level-{number}", EntityKind.DIVISION, above)
    assert above is not None
    db.session.commit()

    with count_statements() as statements:
        found = places.above(above.id, TODAY)

    assert len(found) == 8
    assert len(statements) == 1


def test_what_stands_under_an_entity_is_that_of_the_day_asked_for(context: Flask) -> None:
    company = entity("aurore", EntityKind.COMPANY)
    lyon, lille = (entity(name, EntityKind.SITE, company) for name in ("lyon", "lille"))
    team = entity("team", EntityKind.TEAM, lyon)
    services.move_entity(team, lille, SUMMER)

    assert names(places.below([lyon.id], TODAY)) == ["Lyon", "Team"]
    assert names(places.below([lyon.id], SUMMER)) == ["Lyon"]
    assert names(places.below([lille.id], SUMMER)) == ["Lille", "Team"]
    assert names(places.below(None, TODAY)) == ["Aurore", "Lille", "Lyon", "Team"]
    assert places.below([], TODAY) == ()


def test_what_is_closed_for_good_does_not_stand_under_anything(
    context: Flask, count_statements: Counting
) -> None:
    company = entity("aurore", EntityKind.COMPANY)
    lyon = entity("lyon", EntityKind.SITE, company)
    lyon.closed_on = SUMMER
    db.session.commit()

    with count_statements() as statements:
        assert names(places.below([company.id], SUMMER)) == ["Aurore"]
    assert len(statements) == 1
    assert names(places.below([company.id], TODAY)) == ["Aurore", "Lyon"]


def test_a_tree_that_turns_in_a_circle_is_walked_down_once(context: Flask) -> None:
    lyon = entity("lyon", EntityKind.SITE)
    team = entity("team", EntityKind.TEAM, lyon)
    services.move_entity(lyon, team, SINCE)
    db.session.commit()

    assert names(places.below([lyon.id], TODAY)) == ["Lyon", "Team"]
