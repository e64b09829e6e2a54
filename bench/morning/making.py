"""A company generated where there is none yet; what exists is used again."""

import time
from datetime import datetime
from typing import Any

from flask_migrate import upgrade
from sqlalchemy import text

from academy import clock
from academy.catalog import cli as catalog
from academy.catalog import releases
from academy.database import db
from academy.hr.rollup import services as rollup
from academy.hr.rollup.models import HrReader
from bench.morning import company, copying, lives
from bench.morning.place import Place, in_bulk

DAYS, LIVED = 250, 40


def made(place: Place, people: int, entities: int, answers: int, days: int, lived: int) -> Any:
    """What there is to be known of the company in this place, which is filled first if it is empty."""
    notes = place.notes()
    if "whole" in notes:
        return notes
    if notes:
        raise SystemExit(f"{place.home} was filled halfway: delete it.")
    place.note(begun=True)
    app = place.app()
    with app.app_context():
        upgrade()
        found = _filled(place, people, entities, answers, days, min(lived, people))
        db.session.remove()
        db.engine.dispose()
    place.note(**found, whole=True, next=found["lived"] + company.HR_READERS)
    return place.notes()


def _filled(
    place: Place, people: int, entities: int, answers: int, days: int, lived: int
) -> dict[str, Any]:
    now, steps, begun = clock.now(), {}, time.monotonic()

    def step(name: str) -> None:
        nonlocal begun
        steps[name], begun = round(time.monotonic() - begun, 1), time.monotonic()
        print(f"  {name}: {steps[name]} s", flush=True)

    with in_bulk(place) as to:
        company.fill(to, people, entities)
    step("people")
    catalog.ship()
    releases.remember_opening()
    lives.live_all(lived, days, now)
    db.session.remove()
    step("lives")
    with in_bulk(place) as to:
        found = copying.give(to, lived, answers)
    step("copies")
    if not place.is_sqlite:
        with db.engine.connect() as to:
            to.execution_options(isolation_level="AUTOCOMMIT").execute(text("VACUUM ANALYZE"))
        step("vacuum")
    _count_groups(now)
    step("groups")
    return {**found, "lived": lived, "seconds": steps, "made_at": now.isoformat()}


def _count_groups(now: datetime) -> None:
    """Human resources' reader stands at the end of the log; it counts today, as every minute."""
    end = db.session.scalar(text("SELECT max(id) FROM deed"))
    db.session.add(HrReader(id=1, reached=end or 0, day=now.date(), salt="0" * 64))
    db.session.commit()
    rollup.advance(now)
    db.session.remove()
