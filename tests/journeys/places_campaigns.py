"""Campaigns: what human resources write and see, what people see of theirs."""

from datetime import timedelta

from academy.database import db
from academy.hr.campaigns import services
from academy.hr.campaigns.rules import Population
from academy.hr.campaigns.services import Plan
from academy.people.models import Person
from tests.campaigns import columns
from tests.journeys.places_staff import at_work, learner
from tests.journeys.visit import Visit, place

SEEDED = 1
"""The number of the campaign that the demonstration runs."""


def prepared(visit: Visit) -> int:
    """A draft of everybody's."""
    today = visit.now.date()
    days = {"starts_on": today, "due_on": today + timedelta(days=30)}
    with visit.served.behind():
        plan = Plan(columns(**days), Population())
        number = services.create(plan, "place", db.session.get_one(Person, learner()).id, visit.now)
        db.session.commit()
    return number


@place
def campaigns_of_hr(visit: Visit) -> None:
    at_work(visit, "hr")
    visit.open("/hr/campaigns", ".line-link")


@place
def campaign_to_write_with_mistakes(visit: Visit) -> None:
    at_work(visit, "hr")
    visit.open("/hr/campaigns/new", "#goal")
    visit.send()
    visit.see("#due_on-error")


@place
def campaign_prepared(visit: Visit) -> None:
    at_work(visit, "hr")
    visit.open(f"/hr/campaigns/{prepared(visit)}", ".board-acts")


@place
def campaign_that_runs(visit: Visit) -> None:
    at_work(visit, "hr")
    visit.open(f"/hr/campaigns/{SEEDED}", "#people-title")


@place
def campaigns_of_mine(visit: Visit) -> None:
    at_work(visit, "learner")
    visit.open("/campaigns", ".line-link")


@place
def campaign_of_mine(visit: Visit) -> None:
    at_work(visit, "learner")
    visit.open(f"/campaigns/{SEEDED}", "#seen-title")
