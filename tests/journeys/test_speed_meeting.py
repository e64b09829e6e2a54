"""A phone in a speed meeting: it counts on by itself on a bad network, and loses nothing that is typed."""

import re
from datetime import UTC, datetime, timedelta

import pytest
from playwright.sync_api import Page, expect
from sqlalchemy import select

from academy.database import db
from academy.mentoring.live import attendance, guests
from academy.mentoring.rotation.clock import Pressed
from academy.mentoring.speed.models import Presence
from academy.mentoring.wishes.models import Wish
from academy.people.models import Person, Role
from tests.factories import make_person
from tests.halls import Meeting, announced
from tests.journeys.conftest import Screen
from tests.journeys.rounds import enter
from tests.journeys.server import Served

pytestmark = pytest.mark.journey

SOON_MS = 15_000


@pytest.fixture
def meeting(served: Served) -> Meeting:
    """Two and two; talks of five minutes, ten seconds of note, half a minute of change."""
    with served.behind():
        return announced(2, 2, make_person(Role.ORGANISER))


def started(served: Served, meeting: Meeting, seconds: float) -> None:
    """As if it had begun so many seconds ago."""
    with served.behind():
        meeting.start(datetime.now(UTC) - timedelta(seconds=seconds))


def phone(served: Served, screen: Screen, meeting: Meeting, person: Person) -> Page:
    page = screen("en", width=390)
    enter(page, served, person)
    page.goto(f"/mentoring/meetings/{meeting.number}/mine")
    return page


def first_met(served: Served, meeting: Meeting, person: Person) -> Person:
    with served.behind():
        talk = guests.my_talks(meeting.row, person.id)[0]
        return db.session.get_one(Person, talk.id)


def seconds_left(page: Page) -> int:
    minutes, seconds = page.locator("[data-count]").inner_text().split(":")
    return 60 * int(minutes) + int(seconds)


def test_the_page_counts_on_without_a_network_and_turns_over_by_itself(
    served: Served, screen: Screen, meeting: Meeting
) -> None:
    started(served, meeting, 290)
    page = phone(served, screen, meeting, meeting.mentors[0])
    expect(page.locator(".live-phase span:visible")).to_have_text("Talk")
    assert 0 < seconds_left(page) <= 10

    page.context.set_offline(True)

    expect(page.locator(".live-phase span:visible")).to_have_text("Note a word", timeout=SOON_MS)
    expect(page.locator("[data-offline]")).to_be_visible(timeout=SOON_MS)
    other = first_met(served, meeting, meeting.mentors[0])
    note = page.locator(f"#about-{other.id}")
    note.get_by_label("A note").fill("Patient, and funny.")
    note.get_by_text("Gladly").click()
    expect(note.locator("[data-said]")).to_contain_text("No network")
    expect(page.locator(".live-phase span:visible")).to_have_text("Change seats", timeout=SOON_MS)
    expect(page.locator(".talk:visible .over:visible")).to_have_text("Go there now; you will meet")
    expect(note.get_by_label("A note")).to_have_value("Patient, and funny.")

    page.context.set_offline(False)

    expect(note.locator("[data-said]")).to_have_text("Kept", timeout=SOON_MS)
    expect(page.locator("[data-offline]")).to_be_hidden()
    with served.behind():
        mine = select(Wish).where(Wish.person_id == meeting.mentors[0].id)
        kept = db.session.scalars(mine).one()
        assert (kept.liking, kept.note) == ("gladly", "Patient, and funny.")


def test_a_phone_whose_clock_is_wrong_shows_the_right_time(
    served: Served, screen: Screen, meeting: Meeting
) -> None:
    started(served, meeting, 60)
    page = screen("en", width=390)
    page.add_init_script("const now = Date.now; Date.now = () => now() - 7_200_000;")
    enter(page, served, meeting.mentees[0])

    page.goto(f"/mentoring/meetings/{meeting.number}/mine")

    assert 230 <= seconds_left(page) <= 240


def test_the_page_changes_when_the_rounds_do_and_keeps_what_is_being_typed(
    served: Served, screen: Screen, meeting: Meeting
) -> None:
    started(served, meeting, 345)
    mentor = meeting.mentors[0]
    page = phone(served, screen, meeting, mentor)
    other = first_met(served, meeting, mentor)
    gone = next(each for each in meeting.mentees if each.id != other.id)
    expect(page.locator(".talk:visible h2")).to_have_text(f"Ada {gone.family_name}")
    words = page.locator(f"#about-{other.id}").get_by_label("A note")
    words.press_sequentially("Half a sen")

    with served.behind():
        attendance.mark(meeting.number, gone.id, Presence.ABSENT, datetime.now(UTC))
        db.session.commit()

    expect(page.locator(".talk:visible h2")).to_have_text("You have a break", timeout=SOON_MS)
    expect(words).to_be_focused()
    words.press_sequentially("tence")
    expect(words).to_have_value("Half a sentence")


def test_the_organiser_runs_a_meeting_that_phones_and_the_room_follow(
    served: Served, screen: Screen, meeting: Meeting
) -> None:
    page = phone(served, screen, meeting, meeting.mentees[1])
    expect(page.get_by_role("heading", name="It begins soon")).to_be_visible()
    desk = screen("en")
    enter(desk, served, meeting.organiser)
    desk.goto(f"/mentoring/meetings/{meeting.number}/cockpit")
    room = desk.context.new_page()
    room.goto(f"/mentoring/meetings/{meeting.number}/room")

    desk.get_by_role("button", name="Start").click()

    expect(page.locator(".live-phase span:visible")).to_have_text("Talk", timeout=SOON_MS)
    expect(room.locator(".seating:visible")).to_have_count(2, timeout=SOON_MS)
    desk.get_by_role("button", name="Pause").click()
    expect(page.locator("[data-paused]")).to_be_visible(timeout=SOON_MS)
    desk.get_by_role("button", name="Resume").click()
    desk.get_by_role("button", name="One minute more").click()
    expect(desk.locator("[data-count]")).to_have_text(re.compile("^5:[0-5]"))
    desk.get_by_role("link", name="End the meeting").click()
    desk.get_by_role("button", name="End it now").click()
    expect(desk.locator(".live-phase span:visible")).to_have_text("It is over")
    expect(page.get_by_role("heading", name="It is over: thank you")).to_be_visible(timeout=SOON_MS)
    expect(room.get_by_role("heading", name="Thank you all")).to_be_visible(timeout=SOON_MS)


def test_without_a_script_the_page_says_until_when(
    served: Served, screen: Screen, meeting: Meeting
) -> None:
    started(served, meeting, 20)
    with served.behind():
        meeting.press(Pressed.EXTENDED, datetime.now(UTC), 2, 60)
    page = screen("en", width=390, javascript=False)
    enter(page, served, meeting.mentors[0])

    page.goto(f"/mentoring/meetings/{meeting.number}/mine")

    expect(page.locator(".count-plain")).to_have_text(re.compile(r"until \d\d:\d\d:\d\d"))
    expect(page.locator("[data-count]")).to_be_hidden()
    page.get_by_role("link", name="Refresh").first.click()
    expect(page.locator(".live-phase span:visible")).to_have_text("Talk")
