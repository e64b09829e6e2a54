"""My rhythm, leave that is changed, and the rankings, before and after one takes part."""

from datetime import timedelta

from academy.database import db
from academy.people.calendar import Span
from academy.people.workdays import queries as leaves
from academy.people.workdays import services as workdays
from tests.journeys.visit import Visit, place


@place
def rhythm_new(visit: Visit) -> None:
    assert visit.person
    visit.open("/rhythm", ".weeks")


@place
def rhythm_with_history(visit: Visit) -> None:
    assert visit.regular
    visit.open("/rhythm", ".shape-done")


@place
def leave_to_change(visit: Visit) -> None:
    today = visit.now.date()
    with visit.served.behind():
        person = visit.person
        workdays.declare_leave(person.id, Span(today, today + timedelta(days=3)), today)
        db.session.commit()
        number = leaves.leave_since(person.id, today)[0].id
    visit.open(f"/leave/{number}", "#first")


@place
def rankings_without_taking_part(visit: Visit) -> None:
    assert visit.person
    visit.open("/rankings", ".rates")


@place
def rankings_taking_part(visit: Visit) -> None:
    assert visit.regular
    visit.open("/rankings?span=week", ".rates")
    if visit.page.locator("form[action$='/join']").count():
        visit.send("/join")
    visit.see(".neighbours")
