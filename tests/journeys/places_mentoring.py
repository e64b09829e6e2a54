"""Calls for mentoring volunteers, and the organiser's pages."""

from datetime import timedelta

from academy.database import db
from academy.people.models import Person
from tests.halls import Meeting, announced
from tests.journeys.places_staff import at_work
from tests.journeys.rounds import enter
from tests.journeys.visit import Visit, place


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
