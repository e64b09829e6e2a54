"""The leave page: days away, noted and taken back by the person alone."""

from datetime import date, timedelta

from flask import Flask

from academy.database import db
from academy.people import services as people
from academy.people.calendar import Span
from academy.people.models import EntityKind, Person
from academy.people.workdays import queries, services
from tests.conftest import MONDAY, Counting
from tests.factories import TODAY, make_person
from tests.pages.conftest import Behind, forge
from tests.visitor import Form, Page, Visitor

SINCE = date(2020, 1, 1)


def note(reader: Visitor, first: str, last: str, status: int = 200) -> Page:
    found = reader.get("/leave").html.select_one("form.card")
    assert found is not None
    return reader.post(
        "/leave", Form(found, "/leave").filled({"first": first, "last": last}), status
    )


def settle(person: Person) -> None:
    """Give a person a team in Lyon, which closes on Friday the 13th."""
    lyon = people.open_entity("lyon", EntityKind.SITE, "Lyon", SINCE, country="FR")
    team = people.open_entity("team", EntityKind.TEAM, "Cahiers", SINCE, lyon)
    people.post(person, team, "sales", SINCE)
    closed = Span(date(2026, 3, 13), date(2026, 3, 13))
    services.close_site(lyon, closed, "Inventory", None, MONDAY)
    services.set_pattern(person.id, {0, 1, 3, 4}, SINCE, None, MONDAY)
    db.session.commit()


def test_nobody_starts_with_leave(reader: Visitor) -> None:
    page = reader.get("/leave")

    assert page.title == "Leave and working days"
    assert "No leave noted." in page.text
    assert "Monday to Friday" in page.text
    assert "No closure planned." in page.text


def test_leave_is_noted_and_shown_with_its_working_days(reader: Visitor) -> None:
    page = note(reader, "2026-03-05", "2026-03-10")

    assert page.all(".toast") == ["Noted: 5 to 10 March 2026."]
    assert page.all(".line-words") == ["5 to 10 March 2026 4 working days"]


def test_leave_beside_other_leave_is_joined_with_it(reader: Visitor) -> None:
    note(reader, "2026-03-05", "2026-03-06")

    page = note(reader, "2026-03-07", "2026-03-10")

    assert page.all(".toast") == ["Noted, joined with the leave beside it: 5 to 10 March 2026."]
    assert len(page.html.select(".line")) == 1


def test_leave_over_two_years_is_said_with_both(reader: Visitor) -> None:
    page = note(reader, "2026-12-28", "2027-01-01")

    assert page.all(".line-title") == ["28 December 2026 to 1 January 2027"]


def test_days_that_make_no_sense_are_refused_beside_their_field(reader: Visitor) -> None:
    page = note(reader, "2026-03-10", "2026-03-05", 400)

    assert page.all("#last-error") == ["The last day comes before the first one. Turn them round."]
    assert page.html.select(".line") == []
    assert page.html.select("#first")[0]["value"] == "2026-03-10"


def test_what_is_left_empty_or_no_day_is_said_beside_its_field(reader: Visitor) -> None:
    page = note(reader, "", "soon", 400)

    assert page.all("#first-error") == ["Choose the first day you are away."]
    assert page.html.select("#last-error")


def test_leave_is_taken_back_and_a_second_click_does_no_harm(reader: Visitor) -> None:
    page = note(reader, "2026-03-05", "2026-03-10")
    form = page.form("/remove")

    for _ in range(2):
        page = reader.post(form.action, form.filled({}))

    assert page.all(".toast") == ["These days are working days again."]
    assert "No leave noted." in page.text


def test_nobody_takes_back_the_leave_of_somebody_else(
    reader: Visitor, behind: Behind, ada: Person
) -> None:
    with behind():
        other = make_person()
        services.declare_leave(other.id, Span(TODAY, TODAY), TODAY)
        db.session.commit()
        number = queries.leave_since(other.id, TODAY)[0].id

    forge(reader, f"/leave/{number}/remove", {}, 404)

    assert reader.get("/leave").html.select(".line") == []
    with behind():
        assert len(queries.leave_since(other.id, TODAY)) == 1


def test_working_days_closures_and_holidays_are_those_of_the_site(
    reader: Visitor, behind: Behind, ada: Person
) -> None:
    with behind():
        settle(ada)

    page = reader.get("/leave")

    assert page.all(".facts dd")[0] == "Monday, Tuesday, Thursday and Friday"
    assert "Monday 6 April" in page.text
    assert "As kept in Lyon." in page.text
    assert "13 March 2026 · Inventory" in page.text
    noted = note(reader, "2026-03-09", "2026-03-13")
    assert noted.all(".line-text") == ["3 working days"]


def test_leave_of_last_week_is_marked_as_over(reader: Visitor, behind: Behind, ada: Person) -> None:
    with behind():
        week = Span(TODAY - timedelta(days=7), TODAY - timedelta(days=3))
        services.declare_leave(ada.id, week, TODAY)
        db.session.commit()

    assert reader.get("/leave").all(".is-over .line-text") == ["5 working days · over"]


def test_the_page_takes_five_statements_whatever_there_is(
    reader: Visitor,
    behind: Behind,
    ada: Person,
    count_statements: Counting,
    app: Flask,
) -> None:
    with behind():
        settle(ada)
        for n in range(20):
            day = TODAY + timedelta(days=2 * n)
            services.declare_leave(ada.id, Span(day, day), TODAY)
        db.session.commit()

    with count_statements() as statements:
        page = reader.get("/leave")

    assert len(page.html.select(".line")) == 20
    assert len(statements) == 5
