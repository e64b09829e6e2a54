"""My rhythm, leave that is changed, and the rankings, before and after one takes part."""

from datetime import timedelta

from sqlalchemy import delete, select

from academy.database import db
from academy.people.calendar import Span
from academy.people.models import Entity, EntityKind
from academy.people.workdays import queries as leaves
from academy.people.workdays import services as workdays
from academy.rewards.rankings import services
from academy.rewards.rankings.models import EntityRate, Entrant
from tests import factories
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


def some_take_part(visit: Visit) -> None:
    """Colleagues who asked to be seen, and teams that were counted."""
    last = services.last_day(visit.now)
    with visit.served.behind():
        teams = db.session.scalars(select(Entity.id).where(Entity.kind == EntityKind.TEAM))
        db.session.execute(delete(EntityRate))
        for number, team in enumerate(teams.all()):
            facts = {"first": last, "last": last, "kind": "team", "place": number % 3 + 1}
            rate = EntityRate(entity_id=team, span="week", per_cent=90 - number, **facts)
            db.session.add(rate)
        for number in range(7):
            person = factories.make_person()
            services.join(person.id, visit.now)
            db.session.get_one(Entrant, person.id).points = 10 * number
        db.session.commit()


@place
def rankings_without_taking_part(visit: Visit) -> None:
    some_take_part(visit)
    assert visit.person
    visit.open("/rankings?span=week", ".rates")


@place
def rankings_with_nothing_to_compare(visit: Visit) -> None:
    assert visit.person
    visit.open("/rankings?span=month", "#entities-title")


@place
def rankings_taking_part(visit: Visit) -> None:
    some_take_part(visit)
    with visit.served.behind():
        services.join(visit.regular.id, visit.now)
        db.session.get_one(Entrant, visit.regular.id).points = 35
        db.session.commit()
    visit.open("/rankings?span=week", ".neighbour.is-mine")
    visit.see(".rate")
