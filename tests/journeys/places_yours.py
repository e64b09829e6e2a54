"""What the academy keeps of somebody, and what it does not."""

from tests.factories import do_round
from tests.journeys.visit import Visit, place


@place
def what_is_kept_of_me(visit: Visit) -> None:
    with visit.served.behind():
        do_round(visit.person, visit.now)
    visit.open("/my-data", ".kept-nothing")
    visit.page.locator(".kept-nothing > summary").first.click()
    visit.see(".kept-nothing > .kept")
