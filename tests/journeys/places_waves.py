"""Waves: what human resources plan and decide, and the page of those who wait."""

from academy.database import db
from academy.hr.waves.models import WaveMember
from tests import waves
from tests.journeys.places_staff import at_work
from tests.journeys.rounds import ALWAYS_UTC, enter
from tests.journeys.visit import Visit, place

OPEN, PLANNED = 1, 3
"""Waves of the demonstration."""


@place
def waves_of_hr(visit: Visit) -> None:
    at_work(visit, "hr")
    visit.open("/hr/waves", "#panel-title")


@place
def wave_that_is_open(visit: Visit) -> None:
    at_work(visit, "hr")
    visit.open(f"/hr/waves/{OPEN}", ".board-acts button")


@place
def wave_to_decide_with_mistakes(visit: Visit) -> None:
    at_work(visit, "hr")
    visit.open(f"/hr/waves/{PLANNED}", "#reason")
    visit.send()
    visit.see("#reason-error")


@place
def wave_to_write_with_mistakes(visit: Visit) -> None:
    at_work(visit, "hr")
    visit.open("/hr/waves/new", "#opens_on")
    visit.send()
    visit.see("#name_fr-error")


@place
def waiting_for_the_academy_to_open(visit: Visit) -> None:
    with visit.served.behind():
        person = waves.newcomer(visit.now, visit.language)
        person.zone = ALWAYS_UTC
        db.session.add(WaveMember(person_id=person.id, wave_id=PLANNED))
        db.session.commit()
    enter(visit.page, visit.served, person)
    visit.open("/waiting", "#meanwhile-title")
