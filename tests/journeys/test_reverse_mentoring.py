"""A programme from composing its meeting to the first meeting of a pair, by seven people in two languages."""

from datetime import UTC, date, datetime, timedelta

import pytest
from playwright.sync_api import Page, expect
from sqlalchemy import select

from academy.catalog.tree import Language
from academy.database import db
from academy.mentoring.pairs.models import MentoringPair
from academy.mentoring.programmes.rules import Side
from academy.mentoring.speed.models import SpeedMeeting, Talk
from academy.people.models import Person, Role
from academy.post import jobs
from tests import programmes
from tests.factories import make_person
from tests.journeys.conftest import Screen
from tests.journeys.eyes import flaws
from tests.journeys.rounds import ALWAYS_UTC, enter
from tests.journeys.server import Served

pytestmark = pytest.mark.journey

A_SIDE = 3
PHONE = 390
SOON_MS = 15_000
MONDAY = 0
ROUNDS = 3
STEPS = 3 * ROUNDS - 1
"""Talk, note and change of seats, but for the change before the first round."""


class Seat:
    """One person at one screen."""

    def __init__(self, served: Served, page: Page, person: Person, language: Language) -> None:
        self.served, self.page, self.person, self.language = served, page, person, language
        self.name = f"{person.given_name} {person.family_name}"
        enter(page, served, person)

    def said(self, sentence: str, **values: object) -> str:
        return self.served.say(sentence, self.language, **values)

    def open(self, path: str) -> None:
        self.page.goto(path)

    def press(self, sentence: str) -> None:
        self.page.get_by_role("button", name=self.said(sentence), exact=True).first.click()

    def follow(self, sentence: str) -> None:
        self.page.get_by_role("link", name=self.said(sentence), exact=True).first.click()

    def sees(self, sentence: str, **values: object) -> None:
        expect(self.page.locator("main")).to_contain_text(
            self.said(sentence, **values), timeout=SOON_MS
        )

    def is_well(self) -> None:
        assert flaws(self.page) == []


class Room:
    """The organiser at her desk, three mentors and three mentees with their phones."""

    def __init__(self, served: Served, screen: Screen, language: Language) -> None:
        self.served = served
        with served.behind():
            sofia = _somebody(language, Role.ORGANISER)
            self.programme = programmes.call(sofia, mentee_years=0, mentor_years=0, **_days())
            people = [_somebody(language) for _each in range(2 * A_SIDE)]
            for place, person in enumerate(people):
                _volunteer(person, self.programme, place < A_SIDE)
        self.organiser = Seat(served, screen(language), sofia, language)
        seats = [Seat(served, screen(language, width=PHONE), one, language) for one in people]
        self.mentors, self.mentees = seats[:A_SIDE], seats[A_SIDE:]

    @property
    def everybody(self) -> list[Seat]:
        return [*self.mentors, *self.mentees]

    def work(self) -> None:
        """The worker does what was asked."""
        with self.served.behind():
            jobs.drain()

    def meeting(self) -> int:
        with self.served.behind():
            found = select(SpeedMeeting.id).where(SpeedMeeting.programme_id == self.programme)
            return db.session.scalars(found).one()

    def paired(self) -> set[int]:
        """Whoever has a pair: with somebody absent, a mentor may have two."""
        with self.served.behind():
            pairs = db.session.scalars(
                select(MentoringPair).where(MentoringPair.programme_id == self.programme)
            )
            return {person for pair in pairs for person in (pair.mentor_id, pair.mentee_id)}

    def seat_of(self, person_id: int) -> Seat:
        return next(each for each in self.everybody if each.person.id == person_id)


def _somebody(language: Language, *roles: Role) -> Person:
    person = make_person(*roles, language=language)
    person.zone = ALWAYS_UTC
    db.session.commit()
    return person


def _days() -> dict[str, date]:
    """The call is open today."""
    later = {"opens_on": -1, "closes_on": 10, "starts_on": 10, "ends_on": 150}
    return {name: datetime.now(UTC).date() + timedelta(days=days) for name, days in later.items()}


def _volunteer(person: Person, programme: int, mentor: bool) -> None:
    topics = (
        {"offered": ["own:1"], "wanted": []} if mentor else {"offered": [], "wanted": ["own:1"]}
    )
    side = Side.MENTOR if mentor else Side.MENTEE
    today = datetime.now(UTC).date()
    said = {**topics, "slots": [f"{MONDAY}-am"], "hopes": "Rire un peu, apprendre beaucoup."}
    programmes.volunteer(person, programme, today, side=side, **said)


@pytest.mark.parametrize("language", ["fr", "en"])
def test_a_programme_goes_from_its_meeting_to_the_first_meeting_of_a_pair(
    served: Served, screen: Screen, language: Language
) -> None:
    room = Room(served, screen, language)
    compose_and_invite(room)
    everybody_says_yes(room)
    absent, late = room.mentors[2], room.mentees[2]
    hold_the_meeting(room, absent, late)
    present = [each for each in room.everybody if each is not absent]
    all_say_whom_they_would_like(room, present)
    publish_pairs(room)
    hold_a_first_meeting(room)
    the_board_shows_it(room)
    assert len(room.paired()) >= A_SIDE


def compose_and_invite(room: Room) -> None:
    sofia, days = room.organiser, (7 - datetime.now(UTC).weekday()) % 7 + 7
    monday = (datetime.now(UTC) + timedelta(days=days)).strftime("%Y-%m-%dT10:00")
    sofia.open(f"/mentoring/programmes/{room.programme}/meetings")
    sofia.follow("Compose meetings")
    page = sofia.page
    page.locator("#moments-0").fill(monday)
    page.locator("input[name=places][value=remote]").check()
    for size, count in (("fewest", "2"), ("wanted", "3"), ("most", "3")):
        page.locator(f"#{size}").fill(count)
    sofia.is_well()
    sofia.press("Compose")
    room.work()
    expect(page.locator("[data-over]")).to_be_visible(timeout=SOON_MS)
    sofia.open(f"/mentoring/programmes/{room.programme}/meetings")
    sofia.press("Announce the planned meetings")
    sofia.is_well()
    room.work()


def everybody_says_yes(room: Room) -> None:
    for guest in room.everybody:
        guest.open(f"/mentoring/{room.programme}/meeting")
        guest.press("I will come")
        guest.sees("You are expected")
    room.mentors[0].is_well()


def hold_the_meeting(room: Room, absent: Seat, late: Seat) -> None:
    """Three rounds; one never comes, one comes during the first."""
    number, sofia = room.meeting(), room.organiser
    first = room.mentors[0]
    sofia.open(f"/mentoring/meetings/{number}/cockpit")
    for guest in (absent, late):
        mark(sofia, guest, "absent")
    sofia.page.locator("#rounds").select_option(
        index=sofia.page.locator("#rounds option").count() - 1
    )
    sofia.is_well()
    sofia.press("Start")
    expect(sofia.page.locator("#press-next")).to_be_visible(timeout=SOON_MS)
    first.open(f"/mentoring/meetings/{number}/mine")
    expect(first.page.locator(".live-phase span:visible")).to_have_text(
        first.said("Talk"), timeout=SOON_MS
    )
    first.is_well()

    mark(sofia, late, "present")
    late.open(f"/mentoring/meetings/{number}/mine")
    late.is_well()

    while sofia.page.locator("#press-next:visible").count():
        before = sofia.page.locator("[name=press]").first.input_value()
        sofia.page.locator("#press-next").click()
        expect(sofia.page.locator(f"[name=press][value='{before}']")).to_have_count(0)
    expect(sofia.page.locator(".live-phase span:visible")).to_have_text(sofia.said("It is over"))
    expect(
        first.page.get_by_role("heading", name=first.said("It is over: thank you"))
    ).to_be_visible(timeout=SOON_MS)
    note = first.page.locator(".note:visible").first
    note.get_by_text(first.said("Gladly")).click()
    note.get_by_role("button", name=first.said("Keep"), exact=True).click()
    expect(note.locator("[data-said]")).to_have_text(first.said("Kept"), timeout=SOON_MS)
    with room.served.behind():
        talks = db.session.scalars(select(Talk).where(Talk.meeting_id == number)).all()
        met = {(talk.mentor_id, talk.mentee_id) for talk in talks}
    assert len(met) == len(talks)
    assert absent.person.id not in {person for pair in met for person in pair}
    assert late.person.id in {person for pair in met for person in pair}


def mark(organiser: Seat, guest: Seat, how: str) -> None:
    button = organiser.page.locator(f"#mark-{guest.person.id}-{how}")
    button.click()
    expect(button).to_have_count(0)


def all_say_whom_they_would_like(room: Room, present: list[Seat]) -> None:
    for guest in present:
        guest.open(f"/mentoring/{room.programme}/wishes")
        lists = guest.page.locator(".wish-select")
        expect(lists.first).to_be_visible()
        for place in range(lists.count()):
            guest.page.locator(".wish-select").nth(place).select_option("1")
        guest.press("Hand in")
        expect(guest.page.locator(".wishes-state")).to_be_visible()
    present[0].is_well()


def publish_pairs(room: Room) -> None:
    sofia = room.organiser
    sofia.open(f"/mentoring/programmes/{room.programme}/pairs")
    sofia.press("Propose pairs")
    room.work()
    sofia.open(f"/mentoring/programmes/{room.programme}/pairs/1")
    sofia.is_well()
    sofia.press("Publish these pairs")
    sofia.sees("The pairs are published. Everybody is being told, kindly.")
    room.work()


def hold_a_first_meeting(room: Room) -> None:
    """The first pair signs, and writes its first meeting down."""
    with room.served.behind():
        pairs = db.session.scalars(
            select(MentoringPair).where(MentoringPair.programme_id == room.programme)
        ).all()
        assert len(pairs) == A_SIDE
        number, two = pairs[0].id, (pairs[0].mentor_id, pairs[0].mentee_id)
    for guest in map(room.seat_of, two):
        guest.open("/mentoring/pairs")
        guest.page.locator(f"a[href$='/mentoring/pairs/{number}']").first.click()
        if not guest.page.locator("#place").input_value():
            guest.page.locator("#place").fill("Cafétéria")
        guest.page.locator("#signed").check()
        guest.press("Sign")
    mentee = room.seat_of(two[1])
    mentee.page.locator(".pair-more summary").last.click()
    mentee.page.locator("#log-held_on").fill(datetime.now(UTC).date().isoformat())
    mentee.page.locator("#log-minutes").fill("45")
    mentee.press("Write it down")
    expect(mentee.page.locator(".pair-month.is-met")).to_have_count(1)
    mentee.is_well()


def the_board_shows_it(room: Room) -> None:
    sofia = room.organiser
    sofia.open(f"/mentoring/programmes/{room.programme}/board")
    came, handed, paired, live = [
        sofia.page.locator("ol.funnel li strong").nth(place).inner_text() for place in range(3, 7)
    ]
    assert (came, handed, paired, live) == ("5", "5", str(len(room.paired())), "2")
    expect(sofia.page.locator(".board-pairs .line")).to_have_count(A_SIDE)
    sofia.sees("%(held)s held, %(due)s due", held=1, due=0)
    sofia.is_well()
