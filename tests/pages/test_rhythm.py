"""My rhythm: what is done, what comes next, and nothing lost."""

from collections.abc import Callable, Iterable
from datetime import datetime, timedelta

import pytest
from flask import Flask

from academy.database import db
from academy.people.calendar import Span
from academy.people.models import Person
from academy.people.workdays import queries as leaves
from academy.people.workdays import services as workdays
from academy.post import jobs
from academy.rewards import queries
from tests.conftest import MONDAY, Counting
from tests.factories import TODAY, make_person
from tests.pages.conftest import Behind, forge
from tests.services.test_award_publishing import done
from tests.visitor import Form, Page, Visitor

Clock = Callable[[datetime], None]


def at(number: int) -> datetime:
    return MONDAY + timedelta(number)


@pytest.fixture
def did(behind: Behind, ada: Person) -> Callable[[Iterable[int]], None]:
    """A minute on each of these days from Monday on."""

    def minutes(days: Iterable[int]) -> None:
        with behind():
            done(ada, *days)

    return minutes


def cells(page: Page) -> list[str]:
    return page.all(".weeks td .hidden-visually")


def test_on_the_first_day_everything_is_still_to_come(reader: Visitor) -> None:
    page = reader.get("/rhythm")

    assert page.title == "My rhythm"
    assert page.all(".rhythm-figure") == ["A fresh start"]
    assert "A row begins with your next minute, whenever that is." in page.text
    assert "Monday 2 March: waiting for you (today)" in cells(page)
    assert "Tuesday 3 March: still to come" in cells(page)
    own = " ".join(page.all(".rhythm-now, .weeks, .weeks-legend"))
    assert "lost" not in own
    assert "missed" not in own
    assert len(cells(page)) == 35


def test_a_row_is_told_with_its_weeks_and_the_next_medal(
    reader: Visitor, did: Callable[[Iterable[int]], None], now: Clock
) -> None:
    did([0, 1, 3])
    now(at(3))

    page = reader.get("/rhythm")

    assert page.all(".rhythm-figure") == ["3 working days in a row"]
    assert "Your row waits for you until the end of Monday 9 March." in page.text
    assert "Today’s star is yours. Your next working day: Friday 6 March." in page.text
    assert "3 working days in a row until 5 March 2026 · it stays yours" in page.text
    assert "3 days with a minute, and a star for each" in page.text
    assert {
        "Tuesday 3 March: minute done",
        "Wednesday 4 March: left open",
        "Saturday 7 March: not a working day",
    } <= set(cells(page))
    assert page.all(".award-title") == ["Good stride"]
    assert page.all(".award .progress-figure") == ["3 / of 5"]


def test_a_day_left_open_is_forgiven_until_the_next(
    reader: Visitor, did: Callable[[Iterable[int]], None], now: Clock
) -> None:
    did([0, 1])
    now(at(3))

    page = reader.get("/rhythm")

    assert page.all(".rhythm-figure") == ["2 working days in a row"]
    assert "a minute today and your row goes on" in page.text
    assert "Do my minute" in page.text


def test_the_longest_row_stays_once_it_was_seen(
    reader: Visitor, did: Callable[[Iterable[int]], None], behind: Behind, ada: Person, now: Clock
) -> None:
    did([0, 1, 2, 3])
    now(at(3))
    reader.get("/rhythm")
    now(at(500))
    did([498, 499])

    page = reader.get("/rhythm")

    assert "4 working days in a row until 5 March 2026" in page.text


def test_on_leave_nothing_is_expected(
    reader: Visitor, did: Callable[[Iterable[int]], None], behind: Behind, ada: Person, now: Clock
) -> None:
    did([0])
    with behind():
        workdays.declare_leave(ada.id, Span(TODAY + timedelta(1), TODAY + timedelta(4)), TODAY)
        db.session.commit()
    now(at(2))

    page = reader.get("/rhythm")

    assert page.all(".rhythm-figure") == ["1 working day in a row"]
    assert "Nothing is expected of you before Monday 9 March." in page.text
    assert "Wednesday 4 March: on leave (today)" in cells(page)
    assert "Do my minute" not in page.text


def test_who_works_on_no_day_is_told_so(
    reader: Visitor, behind: Behind, ada: Person, did: Callable[[Iterable[int]], None], now: Clock
) -> None:
    did([0])
    with behind():
        workdays.set_pattern(ada.id, [], TODAY + timedelta(1), None, MONDAY)
        db.session.commit()
    now(at(5))

    page = reader.get("/rhythm")

    assert "Your row waits for you: no working day is ahead." in page.text
    assert "Nothing is expected of you. A minute brings a star on any day." in page.text


def test_with_every_medal_no_more_is_asked(
    reader: Visitor, did: Callable[[Iterable[int]], None], now: Clock
) -> None:
    did(range(30))
    now(at(29))

    assert reader.get("/rhythm").all(".award-title") == []


def test_leave_is_changed_and_what_the_row_deserves_comes(
    app: Flask,
    reader: Visitor,
    did: Callable[[Iterable[int]], None],
    behind: Behind,
    ada: Person,
    now: Clock,
) -> None:
    did([0, 1, 2, 16, 17])
    now(at(17))
    with behind():
        workdays.declare_leave(ada.id, Span(TODAY + timedelta(9), TODAY + timedelta(10)), TODAY)
        db.session.commit()
    change = reader.get("/leave").html.select_one(".line a")
    assert change is not None
    path = str(change["href"])

    page = move(reader, path, "2026-03-05", "2026-03-17")
    with app.app_context():
        jobs.drain()

    assert page.all(".toast") == ["Noted: 5 to 17 March 2026."]
    assert len(page.html.select(".line")) == 1
    assert reader.get("/rhythm").all(".rhythm-figure") == ["5 working days in a row"]
    with behind():
        assert "stride-bronze" in queries.held(ada.id)


def move(reader: Visitor, path: str, first: str, last: str, status: int = 200) -> Page:
    found = reader.get(path).html.select_one("main form")
    assert found is not None
    return reader.post(path, Form(found, path).filled({"first": first, "last": last}), status)


def test_leave_that_makes_no_sense_stays_as_it_was(
    reader: Visitor, behind: Behind, ada: Person
) -> None:
    with behind():
        workdays.declare_leave(ada.id, Span(TODAY, TODAY + timedelta(2)), TODAY)
        db.session.commit()
    change = reader.get("/leave").html.select_one(".line a")
    assert change is not None

    page = move(reader, str(change["href"]), "2026-03-10", "2026-03-05", 400)

    assert page.all("#last-error") == ["The last day comes before the first one. Turn them round."]
    assert reader.get("/leave").all(".line-title") == ["2 to 4 March 2026"]


def test_leave_that_is_under_way_since_long_may_be_made_longer(
    reader: Visitor, behind: Behind, ada: Person, now: Clock
) -> None:
    with behind():
        workdays.declare_leave(ada.id, Span(TODAY, TODAY + timedelta(150)), TODAY)
        db.session.commit()
    now(at(140))
    change = reader.get("/leave").html.select_one(".line a")
    assert change is not None

    page = move(reader, str(change["href"]), "2026-03-02", "2026-08-31")

    assert page.all(".line-title") == ["2 March to 31 August 2026"]


def test_nobody_opens_the_leave_of_somebody_else(
    reader: Visitor, behind: Behind, ada: Person
) -> None:
    with behind():
        other = make_person()
        workdays.declare_leave(other.id, Span(TODAY, TODAY), TODAY)
        db.session.commit()
        number = leaves.leave_since(other.id, TODAY)[0].id

    reader.get(f"/leave/{number}", 404)
    forge(reader, f"/leave/{number}", {"first": "2026-03-05", "last": "2026-03-06"}, 404)
    reader.get("/leave/999999", 404)
    with behind():
        (kept,) = leaves.leave_since(other.id, TODAY)
        assert (kept.starts_on, kept.ends_on) == (TODAY, TODAY)

    with behind():
        (still,) = leaves.leave_since(other.id, TODAY)
        assert (still.starts_on, still.ends_on) == (TODAY, TODAY)


def test_the_page_costs_the_same_after_two_years(
    reader: Visitor, did: Callable[[Iterable[int]], None], now: Clock, count_statements: Counting
) -> None:
    did([0])
    with count_statements() as new:
        reader.get("/rhythm")
    did(range(1, 700, 2))
    now(at(699))
    reader.get("/rhythm")

    with count_statements() as later:
        reader.get("/rhythm")

    assert len(new) == 7  # the longest row is noted
    assert len(later) == 6
