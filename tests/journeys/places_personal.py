"""Home, awards, the passport, preferences: what is one's own."""

from academy.database import db
from academy.people.workdays import services as workdays
from tests import factories
from tests.journeys.places_public import certified
from tests.journeys.visit import Visit, place


@place
def home_new(visit: Visit) -> None:
    assert visit.person
    visit.open("/", ".ticket-waiting")


@place
def home_on_a_day_off(visit: Visit) -> None:
    with visit.served.behind():
        workdays.set_pattern(visit.person.id, [], visit.now.date(), None, visit.now)
        db.session.commit()
    visit.open("/", ".ticket-closed")


@place
def home_half_way(visit: Visit) -> None:
    with visit.served.behind():
        drawn = factories.draw(visit.person, visit.now)
        factories.answer(visit.person, drawn, at=visit.now)
    visit.open("/", ".ticket-started")


@place
def home_with_history(visit: Visit) -> None:
    with visit.served.behind():
        factories.do_round(visit.regular, visit.now)
    visit.open("/", ".ticket-done")
    visit.see(".recent")


@place
def history_empty(visit: Visit) -> None:
    assert visit.person
    visit.open("/history", ".empty")


@place
def history_full(visit: Visit) -> None:
    assert visit.regular
    visit.open("/history", ".pager")
    visit.page.locator(".pager a").click()
    visit.see(".ledger")


@place
def badges_to_come(visit: Visit) -> None:
    assert visit.person
    visit.open("/badges", ".award-to-come")


@place
def badges_won(visit: Visit) -> None:
    assert visit.regular
    visit.open("/badges", ".award:not(.award-to-come)")


@place
def passport_not_issued(visit: Visit) -> None:
    assert visit.person
    visit.open("/passport", ".to-issue")


@place
def passport_issued(visit: Visit) -> None:
    with visit.served.behind():
        certified(visit)
        factories.read_lesson(visit.person, "cookie-who-remembers", visit.now)
    visit.open("/passport", ".qr")


@place
def preferences(visit: Visit) -> None:
    assert visit.person
    visit.open("/preferences", "#needs-0")


@place
def account_menu(visit: Visit) -> None:
    assert visit.person
    visit.open("/themes")
    visit.page.locator(".account-button").click()
    visit.see(".account-menu")
