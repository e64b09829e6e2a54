"""What waves cost: `python -m bench.waves [--people N] [--entities N]`.

A made-up company in which nobody has come yet is written row by row. Then: the look after a first wave was
planned (everybody waits), one that changes nothing, the look after a wave of half the company was opened (it
is let in and invited), one more; then milliseconds and SQL statements of the pages.
"""

import sys
from datetime import UTC, datetime
from pathlib import Path
from random import Random
from tempfile import TemporaryDirectory
from time import perf_counter, process_time

from flask import Flask, g
from flask_migrate import upgrade
from sqlalchemy import func, insert, select, update

from academy import clock, create_app, settings
from academy.database import db
from academy.hr.campaigns.rules import Population
from academy.hr.rollup.models import HrReader
from academy.hr.waves import jobs, services
from academy.hr.waves.rules import Move, Verdict
from academy.hr.waves.services import Decision, Plan
from academy.people.models import Person, Role, RoleGrant
from bench.crowd import TOKEN
from bench.figures.company import SINCE, crowd, tree
from bench.figures.pages import timed
from bench.figures.telling import memory, tell

HALF, REST = (2, 3, 4, 5, 6), (7, 8, 9, 10, 11)
"""Divisions."""


def main() -> None:
    people, entities = _asked("--people", 20_000), _asked("--entities", 200)
    with TemporaryDirectory() as folder:
        Path(folder).mkdir(parents=True, exist_ok=True)
        app = create_app(settings.read({"ACADEMY_HOME": folder, "ACADEMY_DEMO": "1"}))
        app.config["WTF_CSRF_ENABLED"] = False
        with app.app_context():
            upgrade()
            _company(people, entities)
            _measure(app)


def _company(people: int, entities: int) -> None:
    now = clock.now()
    crowd(people, tree(entities), now.date(), Random(7))
    db.session.execute(update(Person).values(password_hash=None))
    hr = {"person_id": 1, "role": Role.HR.value, "starts_on": SINCE, "delegated": False}
    db.session.execute(insert(RoleGrant), [hr])
    reader = {"id": 1, "reached": 0, "day": now.date(), "salt": "5a" * 32, "counted_at": now}
    db.session.execute(insert(HrReader), [reader])
    db.session.commit()


def _measure(app: Flask) -> None:
    half, _rest = (_plan(number, places) for number, places in enumerate((HALF, REST)))
    _look("everybody waits")
    _look("the same again")
    services.decide(half, Decision(Verdict.GO, "Ready."), "go", 1, clock.now())
    services.move(half, 1, Move.OPEN, 1, clock.now(), clock.now().date())
    db.session.commit()
    _look("half of them let in and invited")
    _look("the same again")
    waiting = db.session.scalar(select(func.max(Person.id)).where(Person.waits))
    assert waiting is not None
    epoch = db.session.get_one(Person, waiting).epoch
    client = app.test_client()
    for number, path in ((1, "/hr/waves"), (1, f"/hr/waves/{half + 1}"), (waiting, "/waiting")):
        g.pop("_login_user", None)  # whoever asked before, in the same context
        with client.session_transaction() as session:
            session["_user_id"], session["_fresh"] = f"{number}.{epoch}", True
            session["csrf_token"] = TOKEN
        tell(path, **timed(app, lambda path=path: client.get(path)))  # type: ignore[misc]  # mypy does not follow a default


def _plan(number: int, places: tuple[int, ...]) -> int:
    names = {"name_fr": f"Vague {number}", "name_en": f"Wave {number}", "opens_on": None}
    found = services.declare(Plan(names, Population(places)), f"{number}", 1, clock.now())
    db.session.commit()
    return found


def _look(what: str) -> None:
    began, at_work = perf_counter(), process_time()
    told = jobs.look_after(datetime.now(UTC))
    worked = process_time() - at_work
    tell(
        what,
        seconds=perf_counter() - began,
        **{"of CPU": worked},
        told=told,
        megabytes=memory(),
    )


def _asked(name: str, otherwise: int) -> int:
    return int(sys.argv[sys.argv.index(name) + 1]) if name in sys.argv else otherwise


if __name__ == "__main__":
    main()
