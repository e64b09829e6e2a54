"""Calls for mentoring volunteers, pairs, and the organiser's pages."""

from datetime import timedelta

from academy.database import db
from academy.mentoring.pairs.models import Health, MentoringPair
from academy.people.models import Person
from tests.halls import Meeting, announced
from tests.journeys.places_staff import at_work
from tests.journeys.rounds import ALWAYS_UTC, enter
from tests.journeys.visit import Visit, place
from tests.pairs import publish


@place
def mentoring_call_on_the_first_page(visit: Visit) -> None:
    assert visit.person
    visit.open("/", "#call-title")


@place
def mentoring_calls(visit: Visit) -> None:
    assert visit.person
    visit.open("/mentoring", ".programme-card")


@place
def mentoring_call_answered(visit: Visit) -> None:
    at_work(visit, "mentor")
    visit.open("/mentoring/1", ".step-out")


@place
def mentoring_call_with_mistakes(visit: Visit) -> None:
    assert visit.person
    visit.open("/mentoring/1", "#offer-title")
    visit.send()
    visit.see("#signed-error")


@place
def mentoring_programmes(visit: Visit) -> None:
    at_work(visit, "organiser")
    visit.open("/mentoring/programmes", ".line-link")


@place
def mentoring_programme_and_its_volunteers(visit: Visit) -> None:
    at_work(visit, "organiser")
    visit.open("/mentoring/programmes/1", ".volunteer")


@place
def mentoring_programme_to_write(visit: Visit) -> None:
    at_work(visit, "organiser")
    visit.open("/mentoring/programmes/new", "#code_fr")


@place
def mentoring_programme_with_mistakes(visit: Visit) -> None:
    at_work(visit, "organiser")
    visit.open("/mentoring/programmes/new", "#code_fr")
    visit.send()
    visit.see("#name_fr-error")


@place
def speed_meeting_on_a_phone(visit: Visit) -> None:
    meeting = _under_way(visit, 400)
    _as_guest(visit, meeting.mentors[0])
    visit.open(f"/mentoring/meetings/{meeting.number}/mine", ".note:visible")


@place
def speed_meeting_on_a_phone_before_it_begins(visit: Visit) -> None:
    with visit.served.behind():
        meeting = announced(3, 4, at=visit.now)
    _as_guest(visit, meeting.mentees[0])
    visit.open(f"/mentoring/meetings/{meeting.number}/mine", "#before-title")


@place
def speed_meeting_for_its_organiser(visit: Visit) -> None:
    at_work(visit, "organiser")
    meeting = _under_way(visit, 60)
    visit.open(f"/mentoring/meetings/{meeting.number}/cockpit", ".cockpit-buttons")


@place
def speed_meeting_about_to_start(visit: Visit) -> None:
    at_work(visit, "organiser")
    with visit.served.behind():
        meeting = announced(3, 4, at=visit.now)
    visit.open(f"/mentoring/meetings/{meeting.number}/cockpit", ".cockpit-start")


@place
def speed_meeting_about_to_end(visit: Visit) -> None:
    at_work(visit, "organiser")
    meeting = _under_way(visit, 60)
    visit.open(f"/mentoring/meetings/{meeting.number}/ending", ".button-danger")


@place
def speed_meeting_in_the_room(visit: Visit) -> None:
    at_work(visit, "organiser")
    meeting = _under_way(visit, 60)
    visit.open(f"/mentoring/meetings/{meeting.number}/room", ".seating:visible")


def _under_way(visit: Visit, seconds: int) -> Meeting:
    """As if it had begun so many seconds ago."""
    with visit.served.behind():
        meeting = announced(3, 4, at=visit.now)
        meeting.start(visit.now - timedelta(seconds=seconds))
    return meeting


def _as_guest(visit: Visit, person: Person) -> None:
    with visit.served.behind():
        db.session.get_one(Person, person.id).language = visit.language
        db.session.commit()
    enter(visit.page, visit.served, person)


def my_pair(visit: Visit, persona: str) -> str:
    """The page of this persona's pair, half-way through its months."""
    at_work(visit, persona)
    with visit.served.behind():
        number = db.session.query(MentoringPair.id).filter_by(state=Health.LIVE).first()
        assert number is not None
        return f"/mentoring/pairs/{number[0]}"


def pair_closed(visit: Visit) -> str:
    """The page of a pair closed with thanks; its mentee signs in."""
    with visit.served.behind():
        pair = db.session.query(MentoringPair).filter_by(state=Health.CLOSED).first()
        assert pair is not None
        mentee = db.session.get_one(Person, pair.mentee_id)
        mentee.language, mentee.zone = visit.language, ALWAYS_UTC
        db.session.commit()
    enter(visit.page, visit.served, mentee)
    return f"/mentoring/pairs/{pair.id}"


def board(visit: Visit) -> str:
    at_work(visit, "organiser")
    with visit.served.behind():
        pair = db.session.query(MentoringPair).first()
        assert pair is not None
        return f"/mentoring/programmes/{pair.programme_id}"


@place
def mentoring_pairs_of_mine(visit: Visit) -> None:
    at_work(visit, "mentor")
    visit.open("/mentoring/pairs", ".pair-card")


@place
def mentoring_pairs_none_yet(visit: Visit) -> None:
    assert visit.person
    visit.open("/mentoring/pairs", ".empty")


@place
def mentoring_pair_for_the_mentor(visit: Visit) -> None:
    visit.open(my_pair(visit, "mentor"), "#ideas-title")


@place
def mentoring_pair_with_mistakes(visit: Visit) -> None:
    visit.open(my_pair(visit, "learner"), "#log-title")
    visit.page.locator(".pair-more summary").first.click()
    visit.send("/times")
    visit.see("#slot-first-error")
    visit.page.locator(".pair-more summary").last.click()
    visit.send("/log")
    visit.see("#log-held_on-error")


@place
def mentoring_pair_to_sign(visit: Visit) -> None:
    mentee = visit.person
    with visit.served.behind():
        known = db.session.query(MentoringPair).filter_by(state=Health.LIVE).first()
        assert known is not None
        number = publish(known.programme_id, db.session.get_one(Person, known.mentor_id), mentee)
    visit.open(f"/mentoring/pairs/{number}", "#signed")


@place
def mentoring_pair_closed_with_thanks(visit: Visit) -> None:
    visit.open(pair_closed(visit), ".kind-word")


@place
def mentoring_attestation(visit: Visit) -> None:
    visit.open(f"{pair_closed(visit)}/attestation", ".attestation")


@place
def another_pair_please(visit: Visit) -> None:
    visit.open(f"{my_pair(visit, 'learner')}/another", ".pair-confirm")


@place
def mentoring_board(visit: Visit) -> None:
    visit.open(f"{board(visit)}/board", ".board-pairs")


@place
def mentoring_pair_to_end(visit: Visit) -> None:
    visit.open(f"{board(visit)}/board", ".board-pairs")
    visit.page.locator(".board-pairs a").first.click()
    visit.see(".pair-confirm")


@place
def speed_meetings(visit: Visit) -> None:
    at_work(visit, "organiser")
    visit.open("/mentoring/programmes/1/meetings", ".speed-lines")


@place
def speed_meetings_to_compose_with_mistakes(visit: Visit) -> None:
    at_work(visit, "organiser")
    visit.open("/mentoring/programmes/1/meetings/compose", ".speed-more")
    visit.send()
    visit.see("#moments-0-error")


@place
def a_speed_meeting_and_who_sits_there(visit: Visit) -> None:
    at_work(visit, "organiser")
    visit.open("/mentoring/programmes/1/meetings/1", ".speed-people")


@place
def who_has_no_chair_and_why(visit: Visit) -> None:
    at_work(visit, "organiser")
    visit.open("/mentoring/programmes/1/meetings/left-out", "h1")


@place
def what_came_of_composing(visit: Visit) -> None:
    at_work(visit, "organiser")
    visit.open("/mentoring/programmes/1/meetings/works/1", "[data-over]")


@place
def my_speed_meeting(visit: Visit) -> None:
    at_work(visit, "mentor")
    visit.open("/mentoring/1/meeting", "#avoiding-title")


@place
def people_to_avoid(visit: Visit) -> None:
    at_work(visit, "mentor")
    visit.open("/mentoring/1/avoiding?name=ma", "#search-title")
