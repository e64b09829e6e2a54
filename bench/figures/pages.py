"""Pages and files of human resources, asked for as somebody who looks after the whole company."""

import re
from collections.abc import Callable, Iterator
from datetime import date, timedelta
from statistics import median
from time import perf_counter, process_time
from typing import Any

from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import event, select, text

from academy.database import db
from academy.people.models import Entity, EntityKind
from bench.crowd import TOKEN
from bench.figures.telling import tell
from bench.morning import accounts

TIMES = 15
FILES = 5
LOGS = {"answer", "deed", "daily_round", "attempt", "ledger_entry", "notice", "letter"}
"""Tables that grow with what people do: no page of figures may read them."""
TABLE = re.compile(r'\b(?:FROM|JOIN|INTO|UPDATE) "?(\w+)')

Ask = Callable[[], Any]


def pages(app: Flask, day: date, campaigns: list[int], wave: int, postmaster: int | None) -> None:
    with app.app_context():
        db.session.execute(
            text("DELETE FROM tries")
        )  # files are limited in number, each ten minutes
        db.session.commit()
    client = app.test_client()
    with client.session_transaction() as session:
        session["_user_id"], session["_fresh"], session["csrf_token"] = "1.0", True, TOKEN
    for name, ask, times in _asked(app, client, day, campaigns, wave):
        tell(name, **timed(app, ask, times, postmaster))


def _asked(
    app: Flask, client: FlaskClient, day: date, campaigns: list[int], wave: int
) -> Iterator[tuple[str, Ask, int]]:
    with app.app_context():
        some = select(Entity.id).where(Entity.kind == EntityKind.SITE).order_by(Entity.id).limit(4)
        sites = db.session.scalars(some).all()
    past, whole = day - timedelta(days=40), "/hr/entities/1"
    paths = {
        "the passport": whole,
        "the passport in a site": f"/hr/entities/{sites[0]}",
        "the passport on a past day": f"{whole}?day={past}",
        "who comes": f"{whole}/adoption",
        "who is left out": f"{whole}/equity",
        "what is known": f"{whole}/knowledge",
        "four side by side": "/hr/compare?" + "&".join(f"entity={each}" for each in sites),
        "campaigns": "/hr/campaigns",
        "a mandatory campaign": f"/hr/campaigns/{campaigns[0]}",
        "those not there yet": f"/hr/campaigns/{campaigns[0]}?state=not-yet",
        "further down": f"/hr/campaigns/{campaigns[0]}?after=9",
        "a voluntary campaign": f"/hr/campaigns/{campaigns[1]}",
        "waves": "/hr/waves",
        "a wave": f"/hr/waves/{wave}",
    }
    for name, path in paths.items():
        yield name, lambda path=path: client.get(path), TIMES  # type: ignore[misc]  # mypy does not follow a default
    for wanted in ("csv", "xlsx", "pdf"):
        sent = {"format": wanted}
        yield wanted, lambda sent=sent: client.post(f"{whole}/file", data=sent), FILES  # type: ignore[misc]


def timed(
    app: Flask, act: Ask, times: int = TIMES, postmaster: int | None = None
) -> dict[str, float]:
    """Milliseconds by the clock and of this process (median and worst, after a first try), and of PostgreSQL
    (mean); SQL statements. It must not read what grows with what people do."""
    answer = act()
    assert answer.status_code == 200, (answer.status_code, answer.text[:300])
    sent = _sent(app, act)
    read = {name for statement in sent for name in TABLE.findall(statement)}
    assert not read & LOGS, read & LOGS
    took, worked, beside = [], [], accounts.spent(postmaster)
    for _time in range(times):
        began, at_work = perf_counter(), process_time()
        act()
        took.append(1000 * (perf_counter() - began))
        worked.append(1000 * (process_time() - at_work))
    found = {"ms": median(took), "worst": max(took), "ms of CPU": median(worked)}
    found["worst of CPU"] = max(worked)
    if postmaster:
        found["ms of PostgreSQL"] = 1000 * (accounts.spent(postmaster) - beside) / times
    return {**found, "statements": len(sent), "kilobytes": len(answer.data) / 1024}


def _sent(app: Flask, act: Ask) -> list[str]:
    """The statements of one visit, BEGIN, COMMIT and PRAGMA apart."""
    sent: list[str] = []

    def hear(_c: Any, _cursor: Any, statement: str, *_more: Any) -> None:
        if not statement.startswith(("BEGIN", "PRAGMA")):
            sent.append(statement)

    with app.app_context():
        engine = db.engine
    event.listen(engine, "before_cursor_execute", hear)
    act()
    event.remove(engine, "before_cursor_execute", hear)
    return sent
