"""Calls for mentoring volunteers, and the organiser's pages."""

from tests.journeys.places_staff import at_work
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
