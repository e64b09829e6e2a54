"""The pages of a pair: its two people walk through its months; nobody else comes near."""

from collections.abc import Callable
from contextlib import AbstractContextManager
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from icalendar import Calendar
from sqlalchemy import update

from academy.database import db
from academy.mentoring.pairs import pages as drawn
from academy.mentoring.pairs import services
from academy.mentoring.pairs.models import Health
from academy.people.models import Person, Role
from tests import programmes
from tests.conftest import MONDAY
from tests.factories import do_round, make_person
from tests.pages.conftest import Behind, forge
from tests.pairs import appointments, begin, entries, meet, of, publish, pulses
from tests.visitor import Page, Visitor

Counting = Callable[[], AbstractContextManager[list[str]]]
Clock = Callable[[datetime], None]
SIGNED = {"rhythm": "monthly", "place": "At the canteen", "signed": "y"}


@pytest.fixture
def sofia(behind: Behind) -> Person:
    with behind():
        return make_person(Role.ORGANISER)


@pytest.fixture
def ines(behind: Behind) -> Person:
    with behind():
        return make_person()


@pytest.fixture
def hugo(behind: Behind) -> Person:
    with behind():
        return make_person()


@pytest.fixture
def published(behind: Behind, sofia: Person, ines: Person, hugo: Person) -> int:
    with behind():
        return publish(programmes.call(sofia), ines, hugo)


@pytest.fixture
def live(behind: Behind, sofia: Person, ines: Person, hugo: Person) -> int:
    with behind():
        return begin(programmes.call(sofia), ines, hugo)


def at(visitor: Visitor, person: Person, number: int) -> Page:
    return visitor.as_person(person).get(f"/mentoring/pairs/{number}")


def test_both_sign_and_the_first_month_begins(
    visitor: Visitor, ines: Person, hugo: Person, published: int
) -> None:
    page = visitor.as_person(ines).get("/mentoring")
    page = visitor.get(page.link("My mentoring pairs"))
    page = visitor.get(page.link(hugo.family_name))
    assert "We come on time." in page.text
    page = visitor.submit(page, "/agreement", SIGNED)
    assert "You have signed" in page.text

    page = at(visitor, hugo, published)
    assert f"{ines.family_name} has signed what stands below" in page.text
    assert page.html.select_one("#place[value='At the canteen']")
    page = visitor.submit(page, "/agreement", SIGNED)
    assert "your first month begins today" in page.text
    assert "Month 1 of 4" in page.text
    assert "2 March 2026 to 1 April 2026" in page.text
    assert "Daily tools and fears" in page.text


def test_what_is_missing_to_sign_is_said(
    visitor: Visitor, behind: Behind, ines: Person, published: int
) -> None:
    page = at(visitor, ines, published)
    page = visitor.submit(page, "/agreement", {"rhythm": "never", "place": " "}, 400)

    wrong = {tag["id"] for tag in page.html.select(".field-error")}
    assert wrong == {"rhythm-error", "place-error", "signed-error"}
    with behind():
        assert of(published).mentor_signed_at is None


def test_a_page_read_before_the_other_signed_other_words_is_refused(
    visitor: Visitor, ines: Person, hugo: Person, published: int
) -> None:
    read = at(visitor, ines, published)
    visitor.submit(at(visitor, hugo, published), "/agreement", {**SIGNED, "place": "By telephone"})

    page = visitor.as_person(ines).submit(read, "/agreement", SIGNED, 409)
    assert "Read it again" in page.text
    forge(visitor, f"/mentoring/pairs/{published}/agreement", {**SIGNED, "version": "²"}, 409)


@pytest.mark.parametrize("roles", [(), (Role.ORGANISER,), tuple(Role)])
def test_nobody_else_sees_a_pair(
    visitor: Visitor, behind: Behind, ines: Person, live: int, roles: tuple[Role, ...]
) -> None:
    with behind():
        stranger = make_person(*roles)
        meet(ines, live, words="Secret words.")
    visitor.as_person(stranger)

    here = f"/mentoring/pairs/{live}"
    for path in ("", "/another", "/attestation", "/times/1/meeting.ics"):
        visitor.get(here + path, 404)
    for path in ("/agreement", "/share", "/pulse", "/another", "/close", "/times", "/log"):
        forge(visitor, here + path, {}, 404)
    assert "No pair yet" in visitor.get("/mentoring/pairs").text


def test_times_are_proposed_taken_put_in_a_calendar_and_cancelled(
    visitor: Visitor, behind: Behind, ines: Person, hugo: Person, live: int
) -> None:
    with behind():
        zone = update(Person).where(Person.id == hugo.id).values(zone="America/Toronto")
        db.session.execute(zone)
        db.session.commit()
    page = at(visitor, ines, live)
    times = {"slot-first": "2026-03-10T15:00", "slot-second": "2026-03-11T15:00"}
    page = visitor.submit(page, "/times", {**times, "slot-lasts": "45", "slot-place": "Room; 3, A"})
    assert "Proposed by you" in page.text
    assert "10 March 2026, 15:00" in page.text
    assert f"10 March 2026, 10:00 for Ada {hugo.family_name}" in page.text

    page = at(visitor, hugo, live)
    assert "10 March 2026, 10:00" in page.text
    page = visitor.submit(page, "/accept")
    assert "Agreed" in page.text
    assert "11 March 2026" not in page.text

    file = visitor.get(page.link("Add to my calendar")).response
    assert file.mimetype == "text/calendar"
    events: list[Any] = Calendar.from_ical(file.data).walk("VEVENT")
    (event,) = events
    assert event["dtstart"].dt == datetime(2026, 3, 10, 14, tzinfo=UTC)
    assert event["dtend"].dt - event["dtstart"].dt == timedelta(minutes=45)
    assert str(event["location"]) == "Room; 3, A"
    assert ines.family_name in str(event["summary"])

    page = visitor.submit(at(visitor, ines, live), "/cancel")
    assert "That time is free again" in page.text
    with behind():
        number = appointments(live)[0].id
    visitor.get(f"/mentoring/pairs/{live}/times/{number}/meeting.ics", 404)


@pytest.mark.parametrize(
    ("typed", "wrong"),
    [
        ({}, "Propose one time at least"),
        ({"slot-first": "2026-03-01T10:00"}, "still to come"),
        ({"slot-first": "2028-03-01T10:00"}, "within a year"),
        ({"slot-second": "2026-03-29T02:30"}, "no such time"),
        ({"slot-first": "0001-01-01T00:00"}, "no such time"),
        ({"slot-first": "9999-12-31T23:59"}, "within a year"),
        ({"slot-first": "tomorrow"}, "valid"),
        ({"slot-first": "2026-03-10T10:00", "slot-lasts": "7"}, "choice"),
        ({"slot-first": "2026-03-10T10:00", "slot-place": "x" * 201}, "At most 200"),
    ],
)
def test_times_that_cannot_be_are_refused_with_a_reason(
    visitor: Visitor, behind: Behind, ines: Person, live: int, typed: dict[str, str], wrong: str
) -> None:
    page = visitor.submit(at(visitor, ines, live), "/times", {"slot-lasts": "60", **typed}, 400)

    assert wrong in " ".join(page.all(".field-error"))
    assert page.html.select_one("details[open] #slot-first")
    with behind():
        assert appointments(live) == []


def test_a_meeting_is_written_down_for_the_two_alone(
    visitor: Visitor, ines: Person, hugo: Person, sofia: Person, live: int
) -> None:
    page = at(visitor, ines, live)
    meeting: dict[str, Any] = {"log-held_on": "2026-03-02", "log-minutes": "50"}
    meeting["log-topics"] = ["own:1"]
    page = visitor.submit(page, "/log", {**meeting, "log-words": "<b>Pivot</b> tables.\nPhew."})
    assert "It counts for both of you" in page.text
    assert "2 March 2026 · 50 minutes" in page.text
    assert "<b>Pivot</b> tables." in at(visitor, hugo, live).text
    assert "A mentoring meeting held" in visitor.get("/history").text

    with pytest.raises(AssertionError, match="404"):
        at(visitor, sofia, live)


@pytest.mark.parametrize(
    ("typed", "wrong", "status"),
    [
        ({"log-held_on": ""}, "Choose a day", 400),
        ({"log-held_on": "2026-03-03"}, "up to today", 400),
        ({"log-held_on": "2026-03-01"}, "up to today", 400),
        ({"log-minutes": "4"}, "From 5 to 480", 400),
        ({"log-minutes": "x"}, "valid", 400),
        ({"log-topics": ["own:9"]}, "valid", 400),
        ({"log-words": "x" * 4001}, "At most 4000", 400),
    ],
)
def test_a_meeting_that_cannot_be_is_refused_with_a_reason(
    visitor: Visitor,
    behind: Behind,
    ines: Person,
    live: int,
    typed: dict[str, str],
    wrong: str,
    status: int,
) -> None:
    meeting = {"log-held_on": "2026-03-02", "log-minutes": "50", **typed}
    page = visitor.submit(at(visitor, ines, live), "/log", meeting, status)

    assert wrong in " ".join(page.all(".field-error"))
    with behind():
        assert entries(live) == []


def test_the_day_the_other_wrote_down_already_is_said_on_the_page(
    visitor: Visitor, behind: Behind, ines: Person, hugo: Person, live: int
) -> None:
    with behind():
        meet(hugo, live)
    meeting = {"log-held_on": "2026-03-02", "log-minutes": "50"}
    page = visitor.submit(at(visitor, ines, live), "/log", meeting, 409)

    assert "in the log already" in " ".join(page.all(".field-error"))


def test_one_tap_says_how_it_goes_and_the_other_does_not_see_it(
    visitor: Visitor, behind: Behind, ines: Person, hugo: Person, live: int
) -> None:
    page = visitor.submit(at(visitor, ines, live), "/pulse", {"mood": "1"})
    assert page.all("[aria-pressed=true]") == ["Not so well"]
    assert at(visitor, hugo, live).all("[aria-pressed=true]") == []

    for mood in ("0", "4", "x"):
        forge(visitor, f"/mentoring/pairs/{live}/pulse", {"mood": mood}, 400)
    with behind():
        assert [each.mood for each in pulses(live)] == [1]


def test_another_pair_is_asked_for_without_a_trace(
    visitor: Visitor, behind: Behind, ines: Person, hugo: Person, live: int
) -> None:
    before = at(visitor, hugo, live).text
    page = visitor.get(at(visitor, ines, live).link("Another pair, please"))
    assert "never learns that it was you" in page.text
    page = visitor.submit(page, "/another")
    assert "Nobody is told who asked" in page.text

    assert at(visitor, hugo, live).text == before
    with behind():
        assert of(live).other_wanted_at is not None


def test_the_mentee_chooses_what_the_mentor_sees(
    visitor: Visitor, behind: Behind, ines: Person, hugo: Person, live: int, now: Clock
) -> None:
    with behind():
        for day in range(1, 6):
            do_round(hugo, MONDAY - timedelta(days=day), right=False)
    page = at(visitor, ines, live)
    assert "Shown here only if" in page.text
    forge(visitor, f"/mentoring/pairs/{live}/share", {"shares": "yes"}, 409)

    page = visitor.submit(at(visitor, hugo, live), "/share", {"shares": "yes"})
    assert "Your mentor sees these titles" in page.text
    mine = page.all("[aria-labelledby=ideas-title] li")
    assert 0 < len(mine) <= drawn.IDEAS
    assert at(visitor, ines, live).all("[aria-labelledby=ideas-title] li") == mine

    visitor.submit(at(visitor, hugo, live), "/share", {"shares": "no"})
    assert at(visitor, ines, live).all("[aria-labelledby=ideas-title] li") == []


def test_a_mentee_who_forgets_nothing_shows_nothing(
    visitor: Visitor, behind: Behind, ines: Person, hugo: Person, live: int
) -> None:
    with behind():
        services.share(hugo.id, live, True)
        db.session.commit()

    assert "Nothing fades for now" in at(visitor, ines, live).text


def test_the_pair_closes_with_thanks_and_an_attestation_for_each(
    visitor: Visitor, behind: Behind, ines: Person, hugo: Person, live: int, now: Clock
) -> None:
    with behind():
        meet(ines, live)
    assert "Close with thanks" not in at(visitor, ines, live).text
    visitor.get(f"/mentoring/pairs/{live}/attestation", 404)
    forge(visitor, f"/mentoring/pairs/{live}/close", {}, 409)

    now(MONDAY.replace(month=6, day=10))
    page = at(visitor, ines, live)
    assert "Month 4 of 4" in page.text
    visitor.submit(page, "/close", {"thanks-words": "x" * 401}, 400)
    page = visitor.submit(page, "/close", {"thanks-words": "Thank you for the laughs."})
    assert "Your attestation is ready" in page.text

    page = at(visitor, hugo, live)
    assert page.all(".kind-word p") == ["Thank you for the laughs."]
    visitor.submit(page, "/close", {"thanks-words": "And you."})
    sheet = visitor.get(page.link("See my attestation"))
    assert f"was the mentee of Ada {ines.family_name}" in sheet.text
    assert "10 June 2026" in sheet.text
    assert "60 minutes" in sheet.text
    mine = at(visitor, ines, live)
    assert mine.all(".kind-word p") == ["And you."]
    assert "was the mentor of" in visitor.get(mine.link("See my attestation")).text
    assert "Closed with thanks" in visitor.get("/mentoring/pairs").text


def test_a_colleague_who_left_is_said_kindly_and_nothing_more_is_written(
    visitor: Visitor, behind: Behind, ines: Person, hugo: Person, live: int
) -> None:
    page = at(visitor, hugo, live)
    with behind():
        db.session.execute(update(Person).where(Person.id == ines.id).values(active=False))
        db.session.commit()

    assert "Your colleague is no longer there" in at(visitor, hugo, live).text
    visitor.submit(page, "/pulse", {"mood": "3"}, 409)
    with behind():
        assert pulses(live) == []


def test_a_pair_that_was_ended_says_nobody_is_to_blame(
    visitor: Visitor, behind: Behind, ines: Person, sofia: Person, live: int
) -> None:
    with behind():
        services.part(live, sofia.id, MONDAY)
        db.session.commit()
        assert of(live).state == Health.PARTED

    assert "Nobody is to blame" in at(visitor, ines, live).text
    visitor.get(f"/mentoring/pairs/{live}/another", 409)


def test_the_log_goes_on_page_after_page(
    visitor: Visitor, behind: Behind, ines: Person, live: int, now: Clock
) -> None:
    with behind():
        for day in range(2, 16):
            meet(ines, live, MONDAY.date().replace(day=day))
    page = at(visitor, ines, live)
    page = visitor.get(page.link("Older"))
    assert "3 March 2026 · 60 minutes" in page.text
    visitor.get(f"/mentoring/pairs/{live}?before=never")
    assert page.link("Newer") == f"/mentoring/pairs/{live}"


@pytest.mark.parametrize(("shares", "held"), [(False, 0), (False, 12), (True, 12)])
def test_the_page_of_a_pair_asks_as_much_after_a_year_as_on_the_first_day(
    visitor: Visitor,
    behind: Behind,
    count_statements: Counting,
    ines: Person,
    hugo: Person,
    live: int,
    shares: bool,
    held: int,
) -> None:
    with behind():
        services.share(hugo.id, live, shares)
        db.session.commit()
        for day in range(2, 2 + held):
            meet(ines, live, MONDAY.date().replace(day=day))
    visitor.as_person(ines)

    with count_statements() as statements:
        visitor.get(f"/mentoring/pairs/{live}")
    assert len(statements) == (10 if shares else 6)
    with count_statements() as statements:
        visitor.get("/mentoring/pairs")
    assert len(statements) == 2
