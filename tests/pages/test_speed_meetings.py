"""The pages of speed meetings: the organiser's, and those of people invited."""

from collections.abc import Callable
from datetime import timedelta

import pytest
from icalendar import Calendar

from academy.database import db
from academy.mentoring.programmes import services as programmes
from academy.mentoring.programmes.rules import Move
from academy.mentoring.speed.avoiding import queries as avoiding
from academy.mentoring.speed.avoiding import services
from academy.mentoring.speed.composing import services as composing
from academy.people import services as people
from academy.people.models import Person, Role
from academy.post import jobs
from tests import meetings
from tests.conftest import MONDAY, Counting
from tests.factories import TODAY, make_person, make_site
from tests.meetings import NEXT_MONDAY, announced, compose, gather, replies, seats
from tests.pages.conftest import Behind, forge, on_sqlite_only
from tests.programmes import call, draft
from tests.visitor import Visitor

ASKED: dict[str, str | list[str]] = {
    "moments-0": "2026-03-09T11:00",
    "places": ["remote"],
    "at_once": "",
    "wanted": "10",
    "fewest": "2",
    "most": "12",
    "talk": "5",
}


@pytest.fixture
def organiser(behind: Behind) -> Person:
    with behind():
        return make_person(Role.ORGANISER)


@pytest.fixture
def opened(behind: Behind, organiser: Person) -> int:
    with behind():
        return call(organiser)


@pytest.fixture
def crowd(behind: Behind, opened: int) -> list[Person]:
    """Two mentors, two mentees."""
    with behind():
        return gather(opened, 2, 2)


@pytest.fixture
def sofia(visitor: Visitor, organiser: Person) -> Visitor:
    return visitor.as_person(organiser)


def test_an_organiser_composes_looks_locks_and_announces(
    sofia: Visitor, behind: Behind, opened: int, crowd: list[Person]
) -> None:
    board = sofia.get(f"/mentoring/programmes/{opened}")
    page = sofia.get(board.link("Speed meetings"))
    assert "No meeting yet" in page.text
    page = sofia.get(page.link("Compose meetings"))
    page = sofia.submit(page, "compose", ASKED)
    assert "About to begin" in page.text
    assert page.html.select_one("noscript") is not None
    with behind():
        jobs.drain()
    page = sofia.get(page.url)
    assert "1 meeting planned" in page.text
    assert "4 people placed" in page.text
    assert page.html.select_one("noscript") is None

    page = sofia.get(page.link("See the meetings"))
    assert "2 mentors, 2 mentees" in page.text
    page = sofia.get(page.link("9 March 2026, 11:00"))
    assert "Spreadsheets (2)" in page.text
    page = sofia.submit(page, "/lock")
    assert len(page.html.select(".speed-name .mark")) == 1

    page = sofia.submit(page, "/announce")
    assert "the invitations are on their way" in page.text
    assert len(page.html.select("form[action$='/lock']")) == 0
    page = sofia.get(f"/mentoring/programmes/{opened}/meetings")
    assert "1 meeting announced" in page.text


def test_a_form_pressed_twice_composes_once(
    sofia: Visitor, behind: Behind, opened: int, crowd: list[Person]
) -> None:
    page = sofia.get(f"/mentoring/programmes/{opened}/meetings/compose")
    first = sofia.submit(page, "compose", ASKED)
    second = sofia.submit(page, "compose", ASKED)
    assert first.url == second.url
    assert "already" not in second.text
    again = sofia.get(f"/mentoring/programmes/{opened}/meetings/compose")
    third = sofia.submit(again, "compose", ASKED)
    assert third.url == first.url
    assert "being composed already" in third.text


@on_sqlite_only
def test_what_is_wrong_with_the_form_is_said(sofia: Visitor, opened: int) -> None:
    page = sofia.get(f"/mentoring/programmes/{opened}/meetings/compose")
    wrong: dict[str, str | list[str]] = {
        **{f"moments-{number}": "" for number in range(20)},
        "moments-0": "2026-03-01T11:00",
        "moments-5": "2027-03-01T11:00",
        "at_once": "0",
        "wanted": "3",
        "fewest": "4",
        "most": "99",
        "talk": "x",
    }
    page = sofia.submit(page, "compose", wrong, 400)
    said = {str(tag["id"]).removesuffix("-error") for tag in page.html.select(".field-error")}
    assert said == {"moments-0", "moments-5", "places", "at_once", "wanted", "most", "talk"}
    assert page.html.select_one("details.speed-more[open]") is not None
    page = sofia.submit(page, "compose", {**ASKED, "moments-0": ""}, 400)
    assert "Offer one date and time at least" in page.text
    sofia.submit(page, "compose", {**ASKED, "moments-0": "nonsense"}, 400)


@on_sqlite_only
@pytest.mark.parametrize("why", ["changed", "locks", "fault"])
def test_a_failure_is_said_plainly(
    sofia: Visitor, behind: Behind, opened: int, organiser: Person, why: str
) -> None:
    with behind():
        number = meetings.ask(opened, organiser)
        composing.fail(number, why, MONDAY)
        db.session.commit()
    page = sofia.get(f"/mentoring/programmes/{opened}/meetings/works/{number}")
    assert "It did not work" in page.text
    assert page.html.select_one("[data-over]") is not None


def test_somebody_is_moved_the_place_is_changed_and_a_meeting_is_cancelled(
    sofia: Visitor, behind: Behind, opened: int, organiser: Person
) -> None:
    with behind():
        gather(opened, 4, 4)
        compose(opened, organiser, wanted=2, fewest=2, most=3)
        here, there = meetings.meetings(opened)
        mover = next(iter(seats(here)))
    page = sofia.get(f"/mentoring/programmes/{opened}/meetings/{here.id}")
    page = sofia.submit(page, "/move", {"person": str(mover), "to": str(there.id)})
    assert "Moved." in page.text
    with behind():
        assert mover in seats(there)

    changed = {"starts_at": "2026-03-10T09:30", "place": "Lyon", "room": "Room 4", "chairs": "3"}
    form = next(
        each for each in page.html.select("form[method=post]") if each.select_one("[name=room]")
    )
    hidden = {str(each["name"]): str(each["value"]) for each in form.select("input[type=hidden]")}
    page = sofia.post(page.url, {**hidden, **changed})
    assert "Lyon · Room 4" in page.text
    assert "10 March 2026, 09:30" in page.title

    page = sofia.post(page.url, {**hidden, **changed, "room": "Room 5"}, 409)
    assert "This meeting changed while you had it open" in page.text
    assert "Room 5" in str(page.html.select_one("#room"))
    page = sofia.post(page.url, {**hidden, **changed, "starts_at": "2026-03-01T09:30"}, 400)
    assert "This moment is past" in page.text

    page = sofia.submit(sofia.get(page.url), "/cancel")
    assert "Cancelled" in page.all(".mark")


def test_an_older_page_decides_nothing(
    sofia: Visitor, behind: Behind, opened: int, organiser: Person, crowd: list[Person]
) -> None:
    with behind():
        compose(opened, organiser)
        (meeting,) = meetings.meetings(opened)
    page = sofia.get(f"/mentoring/programmes/{opened}/meetings/{meeting.id}")
    sofia.submit(page, "/lock")
    for act in ("cancel", "announce"):
        refused = sofia.submit(page, f"/{act}", status=409)
        assert "changed while you had it open" in refused.text
    forge(sofia, f"{page.url}/move", {"person": "x", "to": "9" * 30, "version": "-"}, 404)
    with behind():
        assert [each.state for each in meetings.meetings(opened)] == ["planned"]


def test_who_is_left_out_and_why_page_after_page(
    sofia: Visitor, behind: Behind, opened: int, organiser: Person, crowd: list[Person]
) -> None:
    with behind():
        gather(opened, 41, 0, slots=["3-pm"])
        compose(opened, organiser)
        late = gather(opened, 1, 0)[0]
    page = sofia.get(f"/mentoring/programmes/{opened}/meetings/left-out")
    assert page.text.count("Usually free at none of the times offered.") == 40
    page = sofia.get(page.link("More of them"))
    assert late.family_name in page.text
    assert "after the meetings were composed" in page.text
    page = sofia.get(page.link("To the first"))
    assert late.family_name not in page.text


def test_composing_again_is_one_button_and_needs_something_composed(
    sofia: Visitor, behind: Behind, opened: int, organiser: Person, crowd: list[Person]
) -> None:
    forge(sofia, f"/mentoring/programmes/{opened}/meetings/compose-again", {"token": "x"}, 409)
    with behind():
        compose(opened, organiser)
    page = sofia.get(f"/mentoring/programmes/{opened}/meetings")
    page = sofia.submit(page, "compose-again")
    with behind():
        jobs.drain()
    assert "4 people placed" in sofia.get(page.url).text
    page = sofia.submit(sofia.get(f"/mentoring/programmes/{opened}/meetings"), "meetings/announce")
    assert "1 meeting is announced" in page.text
    page = forge(sofia, f"/mentoring/programmes/{opened}/meetings/announce", {}, 200)
    assert "announced already" in page.text


def test_other_organisers_and_everybody_else_see_no_meeting(
    visitor: Visitor, behind: Behind, organiser: Person, crowd: list[Person], opened: int
) -> None:
    with behind():
        compose(opened, organiser)
        (meeting,) = meetings.meetings(opened)
        near = make_person()
        people.grant(near, [Role.ORGANISER], TODAY, make_site())
        db.session.commit()
        other = call(organiser)
    paths = ["", "/compose", "/left-out", f"/{meeting.id}"]
    for path in paths:
        visitor.as_person(near).get(f"/mentoring/programmes/{opened}/meetings{path}", 404)
        visitor.as_person(crowd[0]).get(f"/mentoring/programmes/{opened}/meetings{path}", 403)
    visitor.as_person(organiser).get(f"/mentoring/programmes/{other}/meetings/{meeting.id}", 404)
    visitor.as_person(organiser).get(f"/mentoring/programmes/{other}/meetings/works/1", 404)
    page = visitor.as_person(near).get(f"/mentoring/{opened}/meeting", 404)
    assert page.html.select(".speed-invitation") == []


def test_somebody_invited_confirms_downloads_and_declines(
    visitor: Visitor, behind: Behind, opened: int, organiser: Person, crowd: list[Person]
) -> None:
    ada = crowd[0]
    visitor.as_person(ada)
    page = visitor.get(visitor.get(f"/mentoring/{opened}").link("My speed meeting"))
    assert "None is announced yet" in page.text
    with behind():
        meeting = announced(opened, organiser)
    notices = visitor.get("/notices")
    assert "you are invited to a speed meeting on 9 March 2026, 11:00" in notices.text

    page = visitor.get(page.url)
    assert "9 March 2026, 11:00" in page.text
    file = visitor.client.get(page.link("Add to my calendar"))
    assert file.mimetype == "text/calendar"
    (event,) = Calendar.from_ical(file.text).walk("VEVENT")
    assert event.decoded("DTSTART") == NEXT_MONDAY

    confirmed = visitor.submit(page, "/confirm")
    assert "You are expected" in confirmed.text
    visitor.submit(page, "/confirm")
    page = visitor.submit(confirmed, "/decline")
    assert "Nobody asks why" in page.text
    visitor.submit(confirmed, "/decline")
    with behind():
        assert replies(meeting)[ada.id] == "declined"
    visitor.get(f"/mentoring/{opened}/meetings/{meeting.id}/invitation.ics", 404)
    page = visitor.submit(page, "/wait")
    assert "A chair is free" in page.text


def test_nobody_answers_for_somebody_else_nor_once_it_has_begun(
    visitor: Visitor,
    behind: Behind,
    opened: int,
    organiser: Person,
    crowd: list[Person],
    now: Callable[..., None],
) -> None:
    with behind():
        meeting = announced(opened, organiser)
        (stranger,) = gather(opened, 1, 0, slots=["3-pm"])
    path = f"/mentoring/{opened}/meetings/{meeting.id}"
    visitor.as_person(stranger)
    for act in ("confirm", "decline", "wait"):
        forge(visitor, f"{path}/{act}", {}, 409)
    now(NEXT_MONDAY + timedelta(minutes=1))
    visitor.as_person(crowd[0])
    forge(visitor, f"{path}/confirm", {}, 409)
    page = visitor.get(f"/mentoring/{opened}/meeting")
    assert page.html.select("form[action*='/confirm']") == []


def test_somebody_left_out_joins_a_waiting_list_and_leaves_it(
    visitor: Visitor, behind: Behind, opened: int, organiser: Person, crowd: list[Person]
) -> None:
    with behind():
        announced(opened, organiser, wanted=2, fewest=2, most=2)
        (late,) = gather(opened, 1, 0)
    page = visitor.as_person(late).get(f"/mentoring/{opened}/meeting")
    page = visitor.submit(page, "/wait")
    assert "You are on the waiting list" in page.text
    page = visitor.submit(page, "/decline")
    assert "Join the waiting list" in page.text


def test_withdrawing_frees_the_chair_at_once(
    visitor: Visitor, behind: Behind, opened: int, organiser: Person, crowd: list[Person]
) -> None:
    with behind():
        meeting = announced(opened, organiser)
    page = visitor.as_person(crowd[0]).get(f"/mentoring/{opened}")
    visitor.submit(page, "/rather-not")
    with behind():
        assert crowd[0].id not in replies(meeting)
    visitor.get(f"/mentoring/{opened}/meeting", 404)


def test_people_to_avoid_are_found_by_name_named_and_taken_back(
    visitor: Visitor, behind: Behind, opened: int, crowd: list[Person]
) -> None:
    ada, other = crowd[0], crowd[2]
    visitor.as_person(ada)
    page = visitor.get(visitor.get(f"/mentoring/{opened}/meeting").link("I would rather not meet"))
    assert "You have named nobody" in page.text
    assert "Type two letters" in visitor.get(f"{page.url}?name=a").text
    assert "No volunteer" in visitor.get(f"{page.url}?name=zz").text
    found = visitor.get(f"{page.url}?name={other.family_name[:6]}")
    assert all(ada.family_name not in name for name in found.all(".line-title"))

    page = visitor.submit(found, f"/avoiding/{other.id}")
    assert other.family_name in page.text
    visitor.submit(found, f"/avoiding/{other.id}")
    with behind():
        assert [each.id for each in avoiding.avoided(ada.id, opened)] == [other.id]
        assert avoiding.avoided(other.id, opened) == []
    forge(visitor, f"/mentoring/{opened}/avoiding/{ada.id}", {}, 404)
    page = visitor.submit(page, f"/avoiding/{other.id}/remove")
    assert "You have named nobody" in page.text


@on_sqlite_only
def test_a_draft_has_no_meetings_and_an_ended_programme_composes_none(
    sofia: Visitor, behind: Behind, organiser: Person, opened: int
) -> None:
    with behind():
        sketch = draft(organiser)
        programmes.move(opened, 2, Move.CLOSE, organiser.id, MONDAY)
        programmes.move(opened, 3, Move.END, organiser.id, MONDAY)
        db.session.commit()
    page = sofia.get(f"/mentoring/programmes/{sketch}")
    assert "Speed meetings" not in page.text
    page = sofia.get(f"/mentoring/programmes/{opened}/meetings/compose")
    sofia.submit(page, "compose", ASKED, 409)
    assert "Compose meetings" not in sofia.get(f"/mentoring/programmes/{opened}/meetings").text


@on_sqlite_only
def test_what_organisers_see_names_no_wish_to_avoid(
    sofia: Visitor, behind: Behind, organiser: Person, opened: int
) -> None:
    with behind():
        one, other = gather(opened, 1, 1)
        services.avoid(one.id, opened, other.id, MONDAY)
        db.session.commit()
        compose(opened, organiser)
    page = sofia.get(f"/mentoring/programmes/{opened}/meetings/left-out")
    assert "Not possible" in page.text or "Too few" in page.text
    assert "avoid" not in page.text.lower()


def test_how_many_statements_each_page_sends(
    visitor: Visitor,
    behind: Behind,
    organiser: Person,
    opened: int,
    count_statements: Counting,
) -> None:
    def counted(person: Person, path: str) -> int:
        visitor.as_person(person)
        with count_statements() as sent:
            visitor.get(path)
        return len(sent)

    base = f"/mentoring/programmes/{opened}/meetings"
    found = []
    for size in (2, 6):
        with behind():
            crowd = gather(opened, size, size)
            meeting = announced(opened, organiser, wanted=2, fewest=2, most=2)
            (late,) = gather(opened, 1, 0)
            work = meetings.ask(opened, organiser)
            composing.fail(work, "fault", MONDAY)
            db.session.commit()
            for each in (crowd[0], late):
                db.session.refresh(each)
        found.append(
            {
                "list": counted(organiser, base),
                "compose": counted(organiser, f"{base}/compose"),
                "left out": counted(organiser, f"{base}/left-out"),
                "meeting": counted(organiser, f"{base}/{meeting.id}"),
                "work": counted(organiser, f"{base}/works/{work}"),
                "invited": counted(crowd[0], f"/mentoring/{opened}/meeting"),
                "left out, mine": counted(late, f"/mentoring/{opened}/meeting"),
                "avoiding": counted(late, f"/mentoring/{opened}/avoiding?name=Ada"),
            }
        )
    assert found[0] == found[1]
    assert found[1] == {
        "list": 7,
        "compose": 3,
        "left out": 4,
        "meeting": 5,
        "work": 3,
        "invited": 5,
        "left out, mine": 12,
        "avoiding": 5,
    }
