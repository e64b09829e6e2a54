"""On days off nothing is expected; the minute is there all the same, and says when the next one is."""

from collections.abc import Callable
from datetime import date, datetime, timedelta

from academy.database import db
from academy.people.calendar import Span
from academy.people.models import Person
from academy.people.workdays import services
from tests.conftest import MONDAY
from tests.factories import TODAY, answer, do_round, draw
from tests.pages.conftest import Behind
from tests.visitor import Visitor

SATURDAY = MONDAY + timedelta(days=5)
FRIDAY = MONDAY + timedelta(days=4)
Now = Callable[[datetime], None]


def test_after_the_minute_the_next_working_day_is_named(
    reader: Visitor, behind: Behind, ada: Person
) -> None:
    with behind():
        do_round(ada)

    assert "Your next minute: Tuesday 3 March." in reader.get("/").text
    assert "Your next minute: Tuesday 3 March." in reader.get("/minute").text


def test_after_fridays_minute_it_is_monday(
    reader: Visitor, behind: Behind, ada: Person, now: Now
) -> None:
    now(FRIDAY)
    with behind():
        do_round(ada, FRIDAY)

    assert "Your next minute: Monday 9 March." in reader.get("/minute").text


def test_leave_and_part_time_are_passed_over(reader: Visitor, behind: Behind, ada: Person) -> None:
    with behind():
        do_round(ada)
        services.set_pattern(ada.id, {0, 1, 3}, TODAY, None, MONDAY)
        services.declare_leave(ada.id, Span(date(2026, 3, 3), date(2026, 3, 4)), TODAY)
        db.session.commit()

    assert "Your next minute: Thursday 5 March." in reader.get("/").text


def test_on_a_day_off_no_minute_is_expected_and_it_can_be_done(
    reader: Visitor, ada: Person, now: Now
) -> None:
    now(SATURDAY)

    page = reader.get("/")

    assert page.all("#minute-title") == ["No minute expected today"]
    assert "Your next minute: Monday 9 March." in page.text
    assert reader.get(page.link("Do a minute all the same")).title == "Question 1 of 2"


def test_a_minute_done_on_a_day_off_counts(
    reader: Visitor, behind: Behind, ada: Person, now: Now
) -> None:
    now(SATURDAY)
    with behind():
        do_round(ada, SATURDAY)

    page = reader.get("/")

    assert page.all("#minute-title") == ["Today’s minute is done"]
    assert page.all(".stat-star .stat-value") == ["1"]


def test_a_minute_begun_on_a_day_off_is_half_done(
    reader: Visitor, behind: Behind, ada: Person, now: Now
) -> None:
    now(SATURDAY)
    with behind():
        answer(ada, draw(ada, SATURDAY), at=SATURDAY)

    assert reader.get("/").all("#minute-title") == ["Your minute is half done"]


def test_a_round_drawn_but_not_begun_expects_nothing_on_a_day_off(
    reader: Visitor, behind: Behind, ada: Person, now: Now
) -> None:
    now(SATURDAY)
    with behind():
        draw(ada, SATURDAY)

    assert reader.get("/").all("#minute-title") == ["No minute expected today"]


def test_who_never_works_may_come_whenever_they_like(
    reader: Visitor, behind: Behind, ada: Person
) -> None:
    with behind():
        services.set_pattern(ada.id, (), TODAY, None, MONDAY)
        db.session.commit()

    page = reader.get("/")

    assert page.all("#minute-title") == ["No minute expected today"]
    assert "Your next minute is there whenever you want it." in page.text
