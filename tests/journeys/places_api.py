"""The read API: what it offers, who may ask, the token that is shown once."""

from tests.journeys.places_staff import at_work
from tests.journeys.visit import Visit, place


@place
def what_the_api_offers(visit: Visit) -> None:
    at_work(visit, "admin")
    visit.open("/api", "#group-1")


@place
def systems_that_may_read(visit: Visit) -> None:
    at_work(visit, "admin")
    visit.open("/api/tokens", "#name")


@place
def system_to_let_in_with_mistakes(visit: Visit) -> None:
    at_work(visit, "admin")
    visit.open("/api/tokens", "#name")
    visit.page.locator("#submit").click()
    visit.page.locator("#name-error").wait_for()


@place
def token_shown_once(visit: Visit) -> None:
    at_work(visit, "admin")
    visit.open("/api/tokens", "#name")
    visit.page.locator("#name").fill("Intranet")
    visit.page.locator(".choice-box").first.check()
    visit.page.locator("#submit").click()
    visit.page.locator(".facts code").wait_for()
