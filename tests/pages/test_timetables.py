"""Working days and closures kept from a page: by HR within their entities, seen by those concerned."""

from datetime import date

import pytest
from flask import Flask
from sqlalchemy import select

from academy.database import db
from academy.people import audit
from academy.people import services as people
from academy.people.audit import Act, Wanted
from academy.people.calendar import Span
from academy.people.models import Entity, EntityKind, Person, Role
from academy.people.workdays import queries, services
from academy.people.workdays.models import SiteClosure
from tests.conftest import MONDAY, Counting
from tests.factories import TODAY, make_person
from tests.pages.conftest import Behind, forge
from tests.visitor import Form, Page, Visitor

SINCE = date(2020, 1, 1)


@pytest.fixture(autouse=True)
def tree(behind: Behind) -> None:
    with behind():
        company = people.open_entity("aurore", EntityKind.COMPANY, "Aurore", SINCE)
        for key in ("lyon", "lille"):
            site = people.open_entity(key, EntityKind.SITE, key.title(), SINCE, company, "FR")
            people.open_entity(f"team-{key}", EntityKind.TEAM, f"Team {key}", SINCE, site)
        db.session.commit()


def entity(key: str) -> Entity:
    return db.session.scalars(select(Entity).where(Entity.key == key)).one()


def worker(behind: Behind, key: str) -> Person:
    """Somebody in that site's team."""
    with behind():
        person = make_person()
        people.post(person, entity(f"team-{key}"), "sales", SINCE)
        db.session.commit()
        return person


@pytest.fixture
def karim(behind: Behind) -> Person:
    return worker(behind, "lyon")


@pytest.fixture
def of_lyon(app: Flask, behind: Behind) -> Visitor:
    """HR of Lyon."""
    with behind():
        person = make_person()
        people.grant(person, [Role.HR], SINCE, entity("lyon"))
        db.session.commit()
    return Visitor(app).as_person(person)


@pytest.fixture
def of_the_company(app: Flask, behind: Behind) -> Visitor:
    with behind():
        person = make_person(Role.HR)
    return Visitor(app).as_person(person)


def set_days(desk: Visitor, person: Person, days: list[str], since: str, status: int = 200) -> Page:
    path = f"/people/{person.id}/working-days"
    return desk.submit(desk.get(path), path, {"weekdays": days, "since": since}, status)


def close(desk: Visitor, status: int = 200, **fields: str) -> Page:
    wanted = {"place": "Lyon", "first": "2026-05-04", "last": "2026-05-08", "reason": "Inventory"}
    form = desk.get("/closures").html.select_one("form.card")
    assert form is not None
    return desk.post("/closures", Form(form, "/closures").filled({**wanted, **fields}), status)


def acts(behind: Behind) -> list[str]:
    with behind():
        return [entry.act for entry in audit.entries(Wanted())[0]]


def test_hr_sets_somebodys_working_days_and_what_was_before_stays_known(
    of_lyon: Visitor, behind: Behind, karim: Person
) -> None:
    page = of_lyon.get(f"/people/{karim.id}")
    page = of_lyon.get(page.link("Change"))
    assert "Nothing: Monday to Friday" in page.text
    ticked = page.html.select("input[name=weekdays][checked]")
    assert [str(each["value"]) for each in ticked] == ["0", "1", "2", "3", "4"]

    set_days(of_lyon, karim, ["0", "1", "3", "4"], "2026-02-02")
    page = set_days(of_lyon, karim, ["0", "1"], "2026-04-01")

    assert page.all(".toast") == ["The working days are set."]
    assert page.all(".line-title") == ["Monday and Tuesday", "Monday, Tuesday, Thursday and Friday"]
    assert page.all(".line-text") == ["from 1 April 2026", "2 February to 31 March 2026"]
    assert page.all(".line .mark") == ["now"]
    assert acts(behind) == [Act.PATTERN_SET] * 2


def test_the_person_sees_the_days_they_work_and_what_will_change(
    app: Flask, of_lyon: Visitor, karim: Person
) -> None:
    set_days(of_lyon, karim, ["0", "1", "3"], "2026-03-02")
    set_days(of_lyon, karim, ["0"], "2026-04-01")

    page = Visitor(app).as_person(karim).get("/leave")

    assert "Monday, Tuesday and Thursday" in page.text
    assert page.all(".facts-note")[0] == "From 1 April 2026: Monday"


def test_the_same_days_set_twice_are_set_once(
    of_lyon: Visitor, behind: Behind, karim: Person
) -> None:
    for _ in range(2):
        page = set_days(of_lyon, karim, ["0", "1"], "2026-03-02")

    assert len(page.all(".line")) == 1
    assert acts(behind) == [Act.PATTERN_SET]


@pytest.mark.parametrize(
    ("days", "since", "field", "words"),
    [
        ([], "2026-03-02", "weekdays", "Tick at least one day."),
        (["7"], "2026-03-02", "weekdays", ""),
        (["monday"], "2026-03-02", "weekdays", ""),
        (["0"], "2020-01-01", "since", "within two years of today"),
        (["0"], "2032-01-01", "since", "within two years of today"),
        (["0"], "", "since", "Choose the first day."),
    ],
)
def test_days_that_make_no_sense_are_refused_beside_their_field(
    of_lyon: Visitor,
    behind: Behind,
    karim: Person,
    days: list[str],
    since: str,
    field: str,
    words: str,
) -> None:
    page = set_days(of_lyon, karim, days, since, 400)

    assert words in page.all(f"#{field}-error")[0]
    with behind():
        assert queries.patterns_of(karim.id) == []


def test_hr_of_one_site_touches_nobody_of_another(
    app: Flask, of_lyon: Visitor, behind: Behind, karim: Person
) -> None:
    elsewhere, nowhere = worker(behind, "lille"), karim
    with behind():
        nowhere = make_person()

    for person in (elsewhere, nowhere):
        of_lyon.get(f"/people/{person.id}/working-days", 403)
        forge(
            of_lyon,
            f"/people/{person.id}/working-days",
            {"weekdays": ["0"], "since": "2026-03-02"},
            403,
        )
    of_lyon.get("/people/999999/working-days", 404)
    Visitor(app).as_person(karim).get(f"/people/{karim.id}/working-days", 403)
    assert acts(behind) == []


def test_hr_closes_a_site_and_opens_it_again(of_lyon: Visitor, behind: Behind) -> None:
    assert "No closure is planned." in of_lyon.get("/closures").text

    page = close(of_lyon)
    assert page.all(".line-title") == ["Lyon · 4 to 8 May 2026"]
    assert page.all(".line-text") == ["Inventory"]

    form = page.form("/remove")
    for _ in range(2):
        page = of_lyon.post(form.action, form.filled({}))
    assert page.all(".toast")[-1] == "These days are working days again."
    assert page.all(".line-title") == []
    assert acts(behind) == [Act.CLOSURE_REMOVED, Act.SITE_CLOSED]


def test_a_closure_is_seen_by_those_it_concerns(
    app: Flask, of_lyon: Visitor, behind: Behind, karim: Person
) -> None:
    close(of_lyon)
    theirs, others = (Visitor(app).as_person(each) for each in (karim, worker(behind, "lille")))

    assert "4 to 8 May 2026 · Inventory" in theirs.get("/leave").text
    assert "No closure planned." in others.get("/leave").text


def test_a_double_click_closes_once(of_lyon: Visitor, behind: Behind) -> None:
    for _ in range(2):
        page = close(of_lyon)

    assert len(page.all(".line-title")) == 1
    assert acts(behind) == [Act.SITE_CLOSED]


@pytest.mark.parametrize(
    ("fields", "field", "words"),
    [
        ({"place": "Atlantis"}, "place", "No entity has this name or key."),
        ({"last": "2026-05-01"}, "last", "Turn them round."),
        ({"last": "2027-06-01"}, "last", "more than a year in a row"),
        ({"first": "2030-01-01", "last": "2030-01-02"}, "last", "two years ahead"),
        ({"first": "2020-01-01", "last": "2020-01-02"}, "last", "three months ago"),
        ({"first": ""}, "first", "Choose the first day."),
        ({"reason": "x" * 121}, "reason", ""),
    ],
)
def test_a_closure_that_makes_no_sense_is_refused_beside_its_field(
    of_lyon: Visitor, behind: Behind, fields: dict[str, str], field: str, words: str
) -> None:
    page = close(of_lyon, 400, **fields)

    assert words in page.all(f"#{field}-error")[0]
    assert acts(behind) == []


def test_a_closure_needs_no_reason_even_where_the_field_is_not_sent(
    of_lyon: Visitor, behind: Behind
) -> None:
    days = {"place": "Lyon", "first": "2026-05-04", "last": "2026-05-05"}

    page = forge(of_lyon, "/closures", days, 200)

    assert page.all(".line-title") == ["Lyon · 4 to 5 May 2026"]
    assert acts(behind) == [Act.SITE_CLOSED]


def test_hr_of_one_site_neither_closes_nor_opens_another(of_lyon: Visitor, behind: Behind) -> None:
    for place in ("Lille", "team-lille", "Aurore"):
        page = close(of_lyon, 400, place=place)
        assert "your own entities only" in page.all("#place-error")[0]
    with behind():
        there = services.close_site(entity("lille"), Span(TODAY, TODAY), "", None, MONDAY).id
        above = services.close_site(entity("aurore"), Span(TODAY, TODAY), "", None, MONDAY).id
        db.session.commit()

    page = of_lyon.get("/closures")

    assert page.all(".line-title") == ["Aurore · 2 March 2026"]
    assert page.all(".line .mark") == ["set above you"]
    for number in (there, above):
        forge(of_lyon, f"/closures/{number}/remove", {}, 403)
    with behind():
        assert len(db.session.scalars(select(SiteClosure)).all()) == 2


def test_hr_of_the_company_closes_everything(of_the_company: Visitor) -> None:
    close(of_the_company, place="Aurore")
    page = close(of_the_company, place="team-lille")

    assert page.all(".line-title") == [
        "Aurore · 4 to 8 May 2026",
        "Team lille · 4 to 8 May 2026",
    ]
    assert len(page.all("form[action$='/remove']")) == 2


def test_a_learner_sees_neither_page(reader: Visitor, ada: Person) -> None:
    reader.get("/closures", 403)
    reader.get("/people/new", 403)
    reader.get("/people", 403)
    assert "People" not in reader.get("/").all(".account-list a")


def test_what_is_over_is_not_listed_and_the_list_ends(
    of_the_company: Visitor, behind: Behind
) -> None:
    with behind():
        for day in range(1, queries.PAGE + 2):
            days = Span(date.fromordinal(TODAY.toordinal() + day), date(2026, 12, 31))
            services.close_site(entity("lyon"), days, "", None, MONDAY)
        services.close_site(entity("lille"), Span(SINCE, SINCE), "", None, MONDAY)
        db.session.commit()

    page = of_the_company.get("/closures")

    assert len(page.all(".line-title")) == queries.PAGE
    assert "These are the first fifty" in page.text
    assert "Lille ·" not in page.text


def test_pages_take_the_same_statements_whatever_is_kept(
    of_lyon: Visitor,
    behind: Behind,
    karim: Person,
    count_statements: Counting,
) -> None:
    with behind():
        for day in range(1, 20):
            services.set_pattern(karim.id, {day % 7}, date(2026, 3, day), None, MONDAY)
            days = Span(date(2026, 4, day), date(2026, 4, day))
            services.close_site(entity("lyon"), days, "", None, MONDAY)
        db.session.commit()

    with count_statements() as pattern:
        of_lyon.get(f"/people/{karim.id}/working-days")
    with count_statements() as closures:
        of_lyon.get("/closures")

    assert (len(pattern), len(closures)) == (5, 4)


def test_closures_take_the_same_statements_for_hr_of_many_entities(
    app: Flask, behind: Behind, count_statements: Counting
) -> None:
    with behind():
        person = make_person()
        for key in ("lyon", "lille", "team-lyon", "team-lille"):
            people.grant(person, [Role.HR], SINCE, entity(key))
        db.session.commit()
    of_many = Visitor(app).as_person(person)

    with count_statements() as closures:
        page = of_many.get("/closures")

    assert page.title == "When sites are closed"
    assert len(closures) == 4
