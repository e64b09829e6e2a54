"""Imports, from the file to the report, and the page of somebody who left."""

from sqlalchemy import select

from academy import clock
from academy.database import db
from academy.people.directory import services as directory
from academy.people.importing import opening, queries, services, working
from academy.people.importing.models import Kind
from academy.people.importing.services import Handed, Wished
from academy.people.models import Entity, Person
from academy.people.services import PERSONAS
from tests import imports
from tests.journeys.places_staff import at_work
from tests.journeys.rounds import somebody
from tests.journeys.visit import Visit, place

LONG = "Anne-Clémentine Marie-Antoinette de La Rochefoucauld-Montmorency"


def handed(visit: Visit, examined: bool) -> int:
    """A list of the administrator's, read, and perhaps tried out, as the worker does it."""
    with visit.served.behind():
        author = db.session.scalars(select(Person).where(Person.email == PERSONAS["admin"])).one()
        team = db.session.scalars(select(Entity).where(Entity.kind == "team")).first()
        assert team is not None
        rows = [
            imports.somebody("Z1", LONG[:31], team, Nom=LONG[32:], **{"E-mail": "z@aurore.example"})
        ]
        rows.append(imports.somebody("Z2", "Zoe", team, Langue="klingon"))
        content, now = imports.people(*rows), clock.now()
        said = Handed(Kind.PEOPLE, "list.csv", content, f"{examined}", author.id, "fr", now.date())
        number = services.hand_in(said, now)
        work = queries.numbered(number, author.id)
        if work is not None and work.state == "received":
            opening.read(work, db.session.commit)
            work = queries.numbered(number, author.id)
            if examined and work is not None:
                services.examine(work, work.mapping, Wished(complete=True), now)
                while (going := working.find(number)) is not None:
                    working.step(going, queries.world(going, now), now)
        db.session.commit()
        return number


@place
def import_to_begin(visit: Visit) -> None:
    at_work(visit, "admin")
    visit.open("/people/imports", "#file")


@place
def columns_of_an_import(visit: Visit) -> None:
    at_work(visit, "admin")
    visit.open(f"/people/imports/{handed(visit, examined=False)}/columns", "#column-0")


@place
def import_tried_out(visit: Visit) -> None:
    at_work(visit, "admin")
    visit.open(f"/people/imports/{handed(visit, examined=True)}", "#apply-title")


@place
def what_somebody_who_left_earned(visit: Visit) -> None:
    with visit.served.behind():
        person = somebody(visit.now, visit.language)
        token = directory.close_account(person, None, visit.now)
        db.session.commit()
    visit.open(f"/left/{token}", "#booklet-title")
