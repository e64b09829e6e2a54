"""The page of rankings: one switch, off at first, and nobody named who did not ask."""

from datetime import date, timedelta

from academy.database import db
from academy.people import services as people
from academy.people.models import EntityKind, Person
from academy.rewards.rankings import jobs, services
from academy.rewards.rankings.models import Entrant
from tests.conftest import MONDAY, Counting
from tests.factories import make_person
from tests.pages.conftest import Behind
from tests.services.test_rankings import entity, staff
from tests.visitor import Visitor

SINCE = date(2020, 1, 1)


def joined(points: int, name: str) -> None:
    person = make_person()
    person.family_name = name
    services.join(person.id, MONDAY)
    db.session.get_one(Entrant, person.id).points = points
    db.session.commit()


def take_part(reader: Visitor) -> None:
    form = reader.get("/rankings").form("/join")
    reader.post(form.action, form.filled({}))


def test_nobody_is_in_without_asking(reader: Visitor, behind: Behind) -> None:
    with behind():
        for points in range(10, 70, 10):
            joined(points, f"With{points}")

    page = reader.get("/rankings")

    assert page.title == "Rankings"
    assert page.all(".neighbour") == []
    assert "With" not in page.text
    assert "Take part" in page.text


def test_one_click_and_one_sees_those_around(reader: Visitor, behind: Behind, ada: Person) -> None:
    with behind():
        for points in (10, 20, 30, 60, 70, 80):
            joined(points, f"With{points}")
    take_part(reader)
    take_part_again = reader.get("/rankings")
    assert "Take part no longer" in take_part_again.text
    with behind():
        db.session.get_one(Entrant, ada.id).points = 50
        db.session.commit()

    page = reader.get("/rankings")

    assert [name.split()[-1] for name in page.all(".neighbour-name")] == [
        "With70",
        "With60",
        "You",
        "With30",
    ]
    assert "10 points" not in page.text
    assert "Points of the month (March 2026), counted last night." in page.text


def test_withdrawn_is_withdrawn_at_once(reader: Visitor, behind: Behind, ada: Person) -> None:
    with behind():
        for points in range(10, 60, 10):
            joined(points, f"With{points}")
    take_part(reader)
    form = reader.get("/rankings").form("/withdraw")

    for _ in range(2):
        page = reader.post(form.action, form.filled({}))

    assert page.all(".toast") == ["You take part no longer: nobody sees you in the rankings."]
    assert page.all(".neighbour") == []
    with behind():
        assert db.session.get(Entrant, ada.id) is None


def test_with_fewer_than_five_nobody_is_shown(reader: Visitor, behind: Behind) -> None:
    with behind():
        joined(10, "Alone")
    take_part(reader)

    page = reader.get("/rankings")

    assert page.all(".neighbour") == []
    assert "fewer than five colleagues do so far" in page.text
    assert "Alone" not in page.text


def counted_teams(ada: Person) -> None:
    company = entity(EntityKind.COMPANY, "Aurore")
    sizes = {"Big": (9, 5), "Small": (5, 5), "Middle": (7, 3), "Mine": (6, 0)}
    for name, (size, faithful) in sizes.items():
        team = entity(EntityKind.TEAM, name, company)
        staff(team, size, faithful, [0])
        if name == "Mine":
            people.post(ada, team, "sales", SINCE)
    db.session.commit()
    jobs.count(MONDAY + timedelta(1))


def test_the_upper_half_is_named_and_my_own_without_a_place(
    reader: Visitor, behind: Behind, ada: Person
) -> None:
    with behind():
        counted_teams(ada)

    page = reader.get("/rankings?span=week")

    named, mine = page.html.select("ol.rates")[0], page.html.select("ul.rates")[0]
    assert [line.get_text(" ", strip=True) for line in named.select(".rate-name")] == [
        "Small",
        "Big",
    ]
    assert "95 % or more" in named.get_text(" ", strip=True)
    assert [line.get_text(" ", strip=True) for line in mine.select(".rate-name")] == [
        "Mine mine",
        "Aurore mine",
    ]
    assert "5 % or less" in mine.get_text(" ", strip=True)
    assert mine.select(".rate-place")[0].get_text(strip=True) == ""
    assert "Middle" not in page.text
    assert "Counted over the working days of each: 2 March 2026." in page.text


def test_before_the_first_count_there_is_nothing_to_compare(reader: Visitor) -> None:
    page = reader.get("/rankings?span=nonsense")

    assert "Nothing to compare yet" in page.text
    assert page.all("[aria-current=true]") == ["The month"]


def test_the_page_costs_the_same_however_many_take_part(
    reader: Visitor, behind: Behind, ada: Person, count_statements: Counting
) -> None:
    with behind():
        counted_teams(ada)
    with count_statements() as outside:
        reader.get("/rankings")
    take_part(reader)
    costs = []
    for _ in range(2):
        with behind():
            for points in range(10, 90, 10):
                joined(points, f"With{points}")
        with count_statements() as statements:
            reader.get("/rankings")
        costs.append(len(statements))

    assert len(outside) == 5
    assert costs == [8, 8]
