"""Figures for human resources, with a large company counted."""

from sqlalchemy import delete, select, update

from academy.database import db
from academy.hr.knowledge.models import HrKnowledge
from academy.hr.rollup.models import HrCohort, HrFigures, HrReader
from academy.people.models import Entity, EntityKind
from tests import figures
from tests.journeys.places_staff import at_work
from tests.journeys.visit import Visit, place


def counted(visit: Visit) -> int:
    """The company of the demonstration, as if it were large and had been counted for months."""
    at_work(visit, "hr")
    with visit.served.behind():
        for kept in (HrCohort, HrFigures, HrKnowledge, HrReader):
            db.session.execute(delete(kept))
        whole = db.session.scalars(
            select(Entity.id).where(Entity.kind == EntityKind.COMPANY).order_by(Entity.id)
        ).first()
        sites = db.session.execute(
            select(Entity.name, Entity.id).where(Entity.kind == EntityKind.SITE).order_by(Entity.id)
        ).all()
        assert whole
        figures.counted(whole, {row.name: row.id for row in sites}, visit.now)
        return whole


@place
def figures_of_the_passport(visit: Visit) -> None:
    visit.open(f"/hr/entities/{counted(visit)}", ".headline-number")


@place
def figures_of_a_past_day(visit: Visit) -> None:
    whole = counted(visit)
    day = visit.now.date().toordinal() - 15
    visit.open(f"/hr/entities/{whole}?day={visit.now.date().fromordinal(day)}", ".headline-number")


@place
def figures_of_who_comes(visit: Visit) -> None:
    visit.open(f"/hr/entities/{counted(visit)}/adoption", ".stays-table")
    for fold in visit.page.locator(".behind summary").all():
        fold.click()


@place
def figures_of_who_is_left_out(visit: Visit) -> None:
    visit.open(f"/hr/entities/{counted(visit)}/equity", "#job-title")
    for fold in visit.page.locator(".behind summary").all():
        fold.click()


@place
def figures_of_what_is_known(visit: Visit) -> None:
    visit.open(f"/hr/entities/{counted(visit)}/knowledge", "#themes-title")


@place
def figures_side_by_side(visit: Visit) -> None:
    counted(visit)
    with visit.served.behind():
        found = select(Entity.id).where(Entity.kind == EntityKind.SITE).order_by(Entity.id)
        one, other = db.session.scalars(found.limit(2)).all()
    visit.open(f"/hr/compare?entity={one}&entity={other}", "#curve-title")


@place
def figures_not_counted_yet(visit: Visit) -> None:
    whole = counted(visit)
    with visit.served.behind():
        db.session.execute(update(HrReader).values(day=None, counted_at=None))
        db.session.commit()
    visit.open(f"/hr/entities/{whole}/adoption", ".empty")


@place
def figures_they_read_of_me(visit: Visit) -> None:
    """Of somebody at work in a counted company, with all that is told opened."""
    counted(visit)
    visit.open("/my-data/seen", ".figures-table")
    for fold in visit.page.locator(".behind summary").all():
        fold.click()


@place
def figures_of_nobody_yet(visit: Visit) -> None:
    assert visit.person
    visit.open("/my-data/seen", "#never-title")
