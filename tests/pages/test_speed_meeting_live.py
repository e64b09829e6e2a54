"""The cockpit, the room screen and the phones of a speed meeting."""

from collections.abc import Callable
from contextlib import AbstractContextManager
from datetime import datetime

import pytest
from flask import Flask
from sqlalchemy import select

from academy.database import db
from academy.mentoring.live import attendance, guests, queries
from academy.mentoring.programmes.rules import Side
from academy.mentoring.rotation.clock import Pressed
from academy.mentoring.speed.models import Presence, Reply, Stage
from academy.mentoring.wishes.models import Wish
from academy.people import services as people
from academy.people.models import Person, Role
from tests.factories import TODAY, make_person, make_site
from tests.halls import Meeting, announced, later, sit
from tests.pages.conftest import Behind, forge
from tests.visitor import Visitor

Counting = Callable[[], AbstractContextManager[list[str]]]
Clock = Callable[[datetime], None]

STATEMENTS = {"cockpit": 6, "room": 6, "ending": 6, "mine": 4, "now": 3, "now (organiser)": 5}


@pytest.fixture
def organiser(behind: Behind) -> Person:
    with behind():
        return make_person(Role.ORGANISER)


@pytest.fixture
def meeting(behind: Behind, organiser: Person) -> Meeting:
    """Two mentors, three mentees."""
    with behind():
        return announced(2, 3, organiser)


@pytest.fixture
def desk(app: Flask, organiser: Person) -> Visitor:
    """The organiser at their screen."""
    return Visitor(app).as_person(organiser)


def address(meeting: Meeting, page: str) -> str:
    return f"/mentoring/meetings/{meeting.number}/{page}"


def partner(behind: Behind, meeting: Meeting, person: Person, round_: int) -> Person:
    with behind():
        found = queries.meeting(meeting.number)
        assert found is not None
        other = next(t.id for t in guests.my_talks(found, person.id) if t.round == round_)
        return db.session.get_one(Person, other)


def test_an_organiser_opens_the_doors_starts_pauses_and_ends(
    desk: Visitor, meeting: Meeting, now: Clock
) -> None:
    page = desk.get(address(meeting, "cockpit"))
    assert "3 rounds: 17 min" in page.text
    page = desk.submit(page, "presence", {"mark": "everybody"})
    assert page.all(".guest-state") == ["Here"] * 5
    page = desk.submit(page, "start", {"rounds": "3"})
    assert "Round 1, now" in page.text
    assert len(page.html.select("[data-when~=meeting-1] .cockpit-tables li")) == 4  # and the next

    now(later(10))
    page = desk.submit(page, "press", {"pressed": "paused"})
    assert page.html.select_one("[data-paused][hidden]") is None
    page = desk.submit(page, "press", {"pressed": "resumed"})
    page = desk.submit(page, "press", {"pressed": "extended"})
    page = desk.submit(page, "press", {"pressed": "moved_on"})
    assert "Note a word" in page.all("[data-when=note]:not([hidden])")

    page = desk.get(page.link("End the meeting"))
    page = desk.submit(page, "press")
    assert "It is over" in page.all("[data-when=after]:not([hidden])")
    assert page.html.select("form[action$=press], form[action$=start], .guest-button") == []
    assert "nothing to end" in desk.get(address(meeting, "ending")).text


def test_a_stale_button_shows_how_it_stands_and_a_double_press_says_nothing(
    desk: Visitor, meeting: Meeting
) -> None:
    page = desk.get(address(meeting, "cockpit"))
    started = desk.submit(page, "start")
    again = desk.submit(page, "start")
    assert again.all(".toast") == []
    desk.submit(started, "press", {"pressed": "paused"})

    late = desk.submit(started, "press", {"pressed": "moved_on"})

    assert "had just changed" in late.text
    assert "Resume" in late.text


def test_a_no_show_and_a_late_arrival_are_marked_on_the_cockpit(
    desk: Visitor, meeting: Meeting, now: Clock
) -> None:
    page = desk.submit(desk.get(address(meeting, "cockpit")), "start")
    missing = meeting.mentees[0]

    page = desk.submit(page, "presence", {"mark": f"{missing.id}:absent"})
    assert missing.family_name not in " ".join(page.all(".cockpit-round"))
    now(later(345))
    page = desk.submit(page, "presence", {"mark": f"{missing.id}:present"})

    assert missing.family_name in " ".join(page.all(".cockpit-round"))


def test_bad_marks_and_presses_are_refused_and_change_nothing(
    desk: Visitor, meeting: Meeting, rows: Callable[[], dict[str, int]]
) -> None:
    desk.submit(desk.get(address(meeting, "cockpit")), "start")
    before = rows()
    stranger = 2**62

    for mark in ("", "x:present", f"{meeting.mentors[0].id}:expected", "9" * 30 + ":left"):
        forge(desk, address(meeting, "presence"), {"mark": mark}, 400)
    forge(desk, address(meeting, "presence"), {"mark": f"{stranger}:present"}, 404)
    forge(desk, address(meeting, "press"), {"pressed": "exploded", "press": "2"}, 400)
    forge(desk, address(meeting, "press"), {"pressed": "started", "press": "2"}, 400)
    forge(desk, address(meeting, "press"), {"pressed": "paused", "press": "9" * 40}, 200)
    forge(desk, address(meeting, "start"), {"rounds": "-3", "press": "soon"}, 200)

    assert rows() == before


def test_a_meeting_nobody_can_begin_says_why(
    desk: Visitor, behind: Behind, organiser: Person
) -> None:
    with behind():
        alone = announced(1, 0, organiser)
        planned = announced(1, 1, organiser, state=Stage.PLANNED)
        cancelled = announced(1, 1, organiser, state=Stage.CANCELLED)

    assert "on each side" in desk.get(address(alone, "cockpit")).text
    assert "announce the meeting first" in desk.get(address(planned, "cockpit")).text
    assert "Called off" in desk.get(address(cancelled, "cockpit")).text
    assert "on each side" in forge(desk, address(alone, "start"), {"press": "1"}, 409).text


def test_whoever_left_the_company_is_pointed_out_and_planned_without(
    desk: Visitor, behind: Behind, meeting: Meeting
) -> None:
    desk.submit(desk.get(address(meeting, "cockpit")), "start")
    with behind():
        db.session.get_one(Person, meeting.mentors[0].id).active = False
        db.session.commit()

    page = desk.get(address(meeting, "cockpit"))
    assert f"No longer in the company: Ada {meeting.mentors[0].family_name}." in page.text
    page = desk.submit(page, "repair")

    assert page.html.select(".cockpit-gone") == []


def test_an_organiser_of_elsewhere_does_not_see_it(
    app: Flask, behind: Behind, meeting: Meeting, rows: Callable[[], dict[str, int]]
) -> None:
    with behind():
        other = make_person()
        people.grant(other, [Role.ORGANISER], TODAY, entity=make_site())
        db.session.commit()
    visitor, before = Visitor(app).as_person(other), rows()

    for page in ("cockpit", "room", "ending", "now", "mine"):
        visitor.get(address(meeting, page), 404)
    forge(visitor, address(meeting, "start"), {"press": "1"}, 404)

    assert rows() == before


def test_a_phone_says_where_to_sit_with_whom_and_what_they_hope(
    visitor: Visitor, behind: Behind, meeting: Meeting
) -> None:
    mentee = meeting.mentees[0]
    visitor.as_person(mentee)
    assert "It begins soon" in visitor.get(address(meeting, "mine")).text
    with behind():
        meeting.start()
        talks = guests.my_talks(meeting.row, mentee.id)

    page = visitor.get(address(meeting, "mine"))

    shown = page.html.select(".talk:not([hidden])")
    assert len(shown) == 1
    words = " ".join(shown[0].get_text(" ").split())
    if talks[0].round == 1:
        assert f"Table {talks[0].table}" in words
        assert talks[0].name in words
        assert "To laugh." in words
        assert "Can show you: Spreadsheets" in words
        assert len(shown[0].select(".ice li")) == 3
    else:
        assert "You have a break" in words
    assert page.html.select(".note:not([hidden])") == []


def test_a_break_says_so_and_what_comes_next(
    visitor: Visitor, behind: Behind, meeting: Meeting
) -> None:
    with behind():
        meeting.start()
        first = {person for pair in meeting.rounds()[1] for person in pair}
        alone = next(person for person in meeting.mentees if person.id not in first)

    words = visitor.as_person(alone).get(address(meeting, "mine")).all(".talk:not([hidden])")

    assert len(words) == 1
    assert "You have a break" in words[0]
    assert "Then: Table" in words[0]


def test_whoever_is_marked_away_is_told_to_speak_up(
    visitor: Visitor, behind: Behind, meeting: Meeting
) -> None:
    with behind():
        meeting.start()
        attendance.mark(meeting.number, meeting.mentees[0].id, Presence.ABSENT, later(5))
        db.session.commit()

    page = visitor.as_person(meeting.mentees[0]).get(address(meeting, "mine"))

    assert "tell the organiser" in " ".join(page.all(".talk:not([hidden])"))


def test_a_word_is_kept_for_oneself_alone_and_shown_again(
    visitor: Visitor, app: Flask, behind: Behind, meeting: Meeting, now: Clock
) -> None:
    with behind():
        meeting.start()
    mentor = meeting.mentors[0]
    other = partner(behind, meeting, mentor, 1)
    now(later(305))
    page = visitor.as_person(mentor).get(address(meeting, "mine"))
    assert len(page.html.select(".note:not([hidden])")) == 1

    page = visitor.submit(page, f"notes/{other.id}", {"liking": "gladly", "note": "  Patient. "})

    assert "Only you read it" in page.text
    assert page.html.select_one("input[value=gladly][checked]")
    assert "Patient." in " ".join(page.all("textarea"))
    for reader in (other, meeting.organiser):
        path = "mine" if reader is other else "cockpit"
        assert "Patient." not in Visitor(app).as_person(reader).get(address(meeting, path)).text
    now(later(99_999))
    visitor.submit(visitor.get(address(meeting, "mine")), f"notes/{other.id}", {"note": "Later."})
    with behind():
        assert [each.note for each in db.session.scalars(select(Wish))] == ["Later."]


def test_a_script_is_answered_shortly(visitor: Visitor, behind: Behind, meeting: Meeting) -> None:
    with behind():
        meeting.start()
    other = partner(behind, meeting, meeting.mentors[0], 1)
    visitor.as_person(meeting.mentors[0])
    visitor.headers["Accept"] = "application/json"

    answer = forge(visitor, address(meeting, f"notes/{other.id}"), {"liking": "fine"}, 200)

    assert answer.response.json == {"kept": True}


def test_a_word_about_somebody_not_met_or_too_long_is_refused(
    visitor: Visitor, behind: Behind, meeting: Meeting, rows: Callable[[], dict[str, int]]
) -> None:
    with behind():
        meeting.start()
    visitor.as_person(meeting.mentors[0])
    met = partner(behind, meeting, meeting.mentors[0], 1).id
    before = rows()

    forge(visitor, address(meeting, f"notes/{meeting.mentors[1].id}"), {"liking": "fine"}, 409)
    forge(visitor, address(meeting, f"notes/{met}"), {"liking": "love"}, 400)
    forge(visitor, address(meeting, f"notes/{met}"), {"note": "x" * 301}, 400)

    assert rows() == before


def test_only_who_has_a_seat_opens_it(visitor: Visitor, behind: Behind, meeting: Meeting) -> None:
    with behind():
        stranger, waiting = make_person(), make_person()
        sit(meeting.number, waiting, Side.MENTEE, Reply.WAITING)
        db.session.commit()

    for person in (stranger, waiting):
        visitor.as_person(person)
        visitor.get(address(meeting, "mine"), 404)
        visitor.get(address(meeting, "now"), 404)
        visitor.get(address(meeting, "cockpit"), 403)
    with behind():
        attendance.mark(meeting.number, waiting.id, Presence.PRESENT, later(0))
        db.session.commit()
    assert visitor.as_person(waiting).get(address(meeting, "mine")).url == address(meeting, "mine")


def test_a_meeting_nobody_was_told_of_has_no_phone_page(
    visitor: Visitor, behind: Behind, organiser: Person
) -> None:
    with behind():
        planned = announced(1, 1, organiser, state=Stage.PLANNED)
        cancelled = announced(1, 1, organiser, state=Stage.CANCELLED)

    visitor.as_person(planned.mentors[0]).get(address(planned, "mine"), 404)
    page = visitor.as_person(cancelled.mentors[0]).get(address(cancelled, "mine"))
    assert "called off" in page.text


def test_the_time_is_told_to_guests_and_organisers(
    visitor: Visitor, desk: Visitor, behind: Behind, meeting: Meeting, now: Clock
) -> None:
    with behind():
        meeting.start()
        meeting.press(Pressed.PAUSED, later(10), 2)
    now(later(90))

    for screen in (visitor.as_person(meeting.mentees[1]), desk):
        told = screen.get(address(meeting, "now")).response.json
        assert told is not None
        assert (told["phase"], told["round"], told["rounds"]) == ("meeting", 1, 3)
        assert (told["left"], told["paused"], told["ends_at"]) == (290_000, True, None)
        assert told["plan"] == 1


def test_an_organiser_on_the_waiting_list_still_sees_the_time(
    desk: Visitor, behind: Behind, meeting: Meeting
) -> None:
    with behind():
        sit(meeting.number, meeting.organiser, Side.MENTOR, Reply.WAITING)
        db.session.commit()

    told = desk.get(address(meeting, "now")).response.json
    assert told is not None
    assert told["phase"] == "before"
    assert desk.get(address(meeting, "mine"), 404).title == "There is nothing at this address"


def test_the_room_screen_shows_tables_breaks_and_nothing_else(
    desk: Visitor, behind: Behind, meeting: Meeting, now: Clock
) -> None:
    assert "Welcome" in desk.get(address(meeting, "room")).text
    with behind():
        meeting.start()

    page = desk.get(address(meeting, "room"))

    assert page.html.select("nav, footer, form, a[href='/']") == []
    shown = page.html.select(".room-seats > section:not([hidden])")
    assert len(shown) == 1
    assert len(shown[0].select(".seating")) == 2
    assert "Break" in shown[0].get_text()
    now(later(305))
    page = desk.get(address(meeting, "room"))
    assert "Next: round 2" in page.all(".room-next:not([hidden])")


def test_remote_tables_are_rooms(visitor: Visitor, behind: Behind, organiser: Person) -> None:
    with behind():
        meeting = announced(1, 1, organiser, place="remote", room="https://meet.example/7")
        meeting.start()

    page = visitor.as_person(meeting.mentors[0]).get(address(meeting, "mine"))

    assert "Room 1" in page.all(".talk-table")
    assert "Remotely · https://meet.example/7" in page.text


def test_the_pages_of_a_meeting_ask_for_no_more_than_is_stated(
    visitor: Visitor, desk: Visitor, behind: Behind, meeting: Meeting, count_statements: Counting
) -> None:
    with behind():
        meeting.start()
    visitor.as_person(meeting.mentors[0])
    sent = {}

    for screen, page in ((desk, "cockpit"), (desk, "room"), (desk, "ending"), (visitor, "mine")):
        with count_statements() as statements:
            screen.get(address(meeting, page))
        sent[page] = len(statements)
    for screen, name in ((visitor, "now"), (desk, "now (organiser)")):
        with count_statements() as statements:
            screen.get(address(meeting, "now"))
        sent[name] = len(statements)

    assert sent == STATEMENTS
