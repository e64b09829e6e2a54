"""Figures of the company: who sees which, and what they say."""

from datetime import date, timedelta

import pytest

from academy.database import db
from academy.hr.rollup import services
from academy.people import services as people
from academy.people.models import Entity, EntityKind, Person, Role
from tests.conftest import MONDAY
from tests.factories import earn_passport, make_person, read_lesson
from tests.pages.conftest import Behind
from tests.visitor import Visitor

SINCE = date(2025, 1, 6)


@pytest.fixture
def company(behind: Behind) -> dict[str, int]:
    """Aurore of Lyon (twelve people, ten with a passport), Brest (eight) and Nice (two)."""
    with behind():
        whole = people.open_entity("aurore", EntityKind.COMPANY, "Aurore", SINCE)
        sites = {
            name: people.open_entity(name.lower(), EntityKind.SITE, name, SINCE, whole, "FR", "UTC")
            for name in ("Lyon", "Brest", "Nice")
        }
        for name, many in (("Lyon", 12), ("Brest", 8), ("Nice", 2)):
            for number in range(many):
                person = make_person()
                people.post(person, sites[name], "baker" if number < 6 else "driver", SINCE)
                if name == "Lyon" and number < 10:
                    earn_passport(person)
                elif name == "Brest" and number < 5:
                    read_lesson(person, "cloud-has-an-address", MONDAY)
        db.session.commit()
        services.advance(MONDAY + timedelta(hours=2))
        return {"Aurore": whole.id, **{name: site.id for name, site in sites.items()}}


def hr(behind: Behind, visitor: Visitor, entity: int | None = None) -> Visitor:
    with behind():
        person = make_person()
        where = db.session.get_one(Entity, entity) if entity else None
        people.grant(person, [Role.HR], SINCE, where)
        db.session.commit()
        return visitor.as_person(db.session.get_one(Person, person.id))


def row(page: object, name: str) -> list[str]:
    for label in page.html.select(".cell-label"):  # type: ignore[attr-defined]
        label.decompose()
    for line in page.html.select(".figures-table tr"):  # type: ignore[attr-defined]
        cells = [" ".join(cell.get_text(" ").split()) for cell in line.select("th, td")]
        if cells[0] == name:
            return cells
    raise AssertionError(name)


def test_human_resources_start_at_the_top(
    visitor: Visitor, behind: Behind, company: dict[str, int]
) -> None:
    page = hr(behind, visitor).get("/hr")

    assert page.title == "The passport in “Aurore”"
    assert page.all(".headline-number") == ["45 %", "68 %", "68 %", "22"]
    assert row(page, "Lyon") == ["Lyon", "not told", "not told", "not told", "not told"] or row(
        page, "Lyon"
    )[:3] == ["Lyon", "12", "83 %"]
    assert row(page, "Nice") == ["Nice", "not told", "not told", "not told", "not told"]


def test_a_small_site_takes_another_along_so_that_nobody_subtracts(
    visitor: Visitor, behind: Behind, company: dict[str, int]
) -> None:
    page = hr(behind, visitor).get("/hr")

    told = {name: row(page, name)[1] for name in ("Lyon", "Brest", "Nice")}
    assert told == {"Lyon": "12", "Brest": "not told", "Nice": "not told"}
    assert hr(behind, visitor).get(f"/hr/entities/{company['Brest']}").text.count("too few") == 1


def test_somebody_who_looks_after_lyon_sees_lyon_alone(
    visitor: Visitor, behind: Behind, company: dict[str, int]
) -> None:
    mine = hr(behind, visitor, company["Lyon"])

    page = mine.get("/hr")

    assert page.title == "The passport in “Lyon”"
    assert page.html.select(".crumbs") == []
    assert row(page, "driver")[:2] == ["driver", "6"]
    assert mine.get(f"/hr/entities/{company['Aurore']}", 403)
    assert mine.get(f"/hr/entities/{company['Brest']}", 403)
    assert mine.get("/hr/entities/99999", 404)


def test_one_goes_down_and_up_again(
    visitor: Visitor, behind: Behind, company: dict[str, int]
) -> None:
    here = hr(behind, visitor)

    page = here.get(here.get("/hr").link("Lyon"))

    assert page.title == "The passport in “Lyon”"
    assert page.link("Aurore") == f"/hr/entities/{company['Aurore']}"


def test_others_see_nothing_of_it(reader: Visitor, company: dict[str, int]) -> None:
    reader.get("/hr", 403)
    reader.get(f"/hr/entities/{company['Lyon']}", 403)


def test_before_the_first_count_it_says_so(visitor: Visitor, behind: Behind) -> None:
    with behind():
        people.open_entity("aurore", EntityKind.COMPANY, "Aurore", SINCE)
        db.session.commit()

    assert hr(behind, visitor).get("/hr").all(".empty h2") == ["Nothing counted yet"]


def test_without_a_company_it_says_so(visitor: Visitor, behind: Behind) -> None:
    assert hr(behind, visitor).get("/hr").all(".empty h2") == ["No entity"]
