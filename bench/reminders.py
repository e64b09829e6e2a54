"""What the daily reminder costs when a whole company is due in the same quarter of an hour.

`python -m bench.reminders [--people 170000] [--only SQLite] [--json]`, 5,000 make-believe people unless told
otherwise, on SQLite and on a PostgreSQL of its own. One in five has done the minute, one in ten is off that
day. Memory is that of the worker's process: what it grew by, at its highest, from planning to the last
letter. CPU is that of this process, never PostgreSQL's. The letters are put in the outbox; `bench.outbox`
says what it costs to carry them.
"""

import json
import re
import time
from argparse import ArgumentParser
from collections.abc import Callable, Iterator
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from statistics import median
from typing import Any

from flask import Flask
from flask_migrate import upgrade
from sqlalchemy import event, func, insert, select

from academy import create_app
from academy.database import db
from academy.deeds.models import Deed
from academy.notices.models import Reminder
from academy.notices.reminders import jobs
from academy.people import services as people
from academy.people.models import Entity, EntityKind, Person, Posting
from academy.people.workdays.models import Leave
from academy.post.models import Letter
from academy.settings import read
from bench.outbox import SECRET, databases

AT_ONCE = 5_000
SITES, TEAMS = 30, 1_500
SINCE = date(2024, 1, 1)
DAWN = datetime(2026, 3, 2, 4, 0, tzinfo=UTC)  # a Monday
STRUCK = datetime(2026, 3, 2, 8, 35, tzinfo=UTC)  # 9:35 in Paris


def main() -> None:
    parser = ArgumentParser()
    parser.add_argument("--people", type=int, default=5_000)
    parser.add_argument("--only", choices=["SQLite", "PostgreSQL"])
    parser.add_argument("--json", action="store_true")
    asked = parser.parse_args()
    figures = {
        name: measured(home, url, asked.people)
        for name, home, url in databases()
        if asked.only in (None, name)
    }
    if asked.json:
        print(json.dumps(figures))
        return
    for name, rows in figures.items():
        print(f"{name}, {asked.people} people")
        for what, figure in rows.items():
            print(f"  {what:<52}{figure:>12.2f}")


def measured(home: str, url: str, size: int) -> dict[str, float]:
    app = create_app(
        read(
            {
                "ACADEMY_HOME": home,
                "ACADEMY_DATABASE_URL": url,
                "ACADEMY_SECRET_KEY": SECRET,
                "ACADEMY_PUBLIC_URL": "https://academy.example",
            }
        )
    )
    with app.app_context():
        upgrade()
        hire(size)
        jobs.remind(DAWN - timedelta(days=1))  # the first holidays of a country take their time
        figures = rush(app, size)
        db.session.remove()
        db.engine.dispose()
    return figures


def rush(app: Flask, size: int) -> dict[str, float]:
    """The tick that finds everybody due, then one that finds nobody."""
    held = Held()
    event.listen(db.engine, "before_cursor_execute", held.statement)
    event.listen(db.session, "after_commit", held.committed)
    rest = highest()
    wall, cpu = time.perf_counter(), time.process_time()
    sent = jobs.remind(STRUCK)
    wall, cpu = time.perf_counter() - wall, time.process_time() - cpu
    event.remove(db.engine, "before_cursor_execute", held.statement)
    event.remove(db.session, "after_commit", held.committed)
    grown = highest(reset=False) - rest
    assert sent == db.session.scalar(select(func.count(Letter.id)))
    idle = timed(lambda: jobs.remind(STRUCK))
    return {
        "reminders put": sent,
        "people a second": size / wall,
        "seconds in all": wall,
        "CPU ms a person": 1000 * cpu / size,
        "statements a person": held.statements / size,
        "writing at a stretch, median ms": 1000 * median(held.writing),
        "writing at a stretch, longest ms": 1000 * max(held.writing),
        "memory at rest, MB": rest,
        "memory grown by at most, MB": grown,
        "a tick with nobody due, ms": 1000 * idle,
    }


class Held:
    """How long each transaction wrote: from its first writing statement to its commit."""

    def __init__(self) -> None:
        self.statements = 0
        self.writing: list[float] = []
        self._since: float | None = None

    def statement(self, _connection: Any, _cursor: Any, sql: str, *_rest: Any) -> None:
        self.statements += 1
        if self._since is None and re.match(r"INSERT|UPDATE|DELETE|.*FOR UPDATE", sql, re.S):
            self._since = time.perf_counter()

    def committed(self, _session: Any) -> None:
        if self._since is not None:
            self.writing.append(time.perf_counter() - self._since)
            self._since = None


def hire(size: int) -> None:
    """People all over a company, some of whom have done their minute, some on leave; all of them planned."""
    teams = grow()
    for numbers in chunks(size):
        db.session.execute(insert(Person), [employee(number) for number in numbers])
        db.session.execute(insert(Posting), [posting(number, teams) for number in numbers])
        db.session.execute(insert(Reminder), [planned(number) for number in numbers])
        db.session.execute(insert(Deed), [minute(number) for number in numbers if number % 5 == 0])
        db.session.execute(insert(Leave), [leave(number) for number in numbers if number % 10 == 1])
        db.session.commit()


def grow() -> list[int]:
    company = people.open_entity("company", EntityKind.COMPANY, "Aurore", SINCE)
    sites: list[Entity] = [
        people.open_entity(f"site-{n}", EntityKind.SITE, f"Site {n}", SINCE, company, "FR")
        for n in range(SITES)
    ]
    return [
        people.open_entity(f"team-{n}", EntityKind.TEAM, f"Team {n}", SINCE, sites[n % SITES]).id
        for n in range(TEAMS)
    ]


def chunks(size: int) -> Iterator[range]:
    for first in range(1, size + 1, AT_ONCE):
        yield range(first, min(first + AT_ONCE, size + 1))


def employee(number: int) -> dict[str, Any]:
    return {
        "id": number,
        "email": f"person{number}@aurore.example",
        "given_name": "Ada",
        "family_name": f"Number{number}",
        "by_given": f"ada number{number}",
        "by_family": f"number{number} ada",
        "joined_on": SINCE,
        "created_at": DAWN,
        "language": "en" if number % 4 == 0 else "fr",
    }


def posting(number: int, teams: list[int]) -> dict[str, Any]:
    team = teams[number % len(teams)]
    return {"person_id": number, "entity_id": team, "job_family": "it", "starts_on": SINCE}


def planned(number: int) -> dict[str, Any]:
    return {"person_id": number, "zone": "Europe/Paris", "next_at": STRUCK - timedelta(minutes=5)}


def minute(number: int) -> dict[str, Any]:
    return {
        "person_id": number,
        "verb": "round_done",
        "subject": "a-notion",
        "at": DAWN,
        "day": DAWN.date(),
        "once": f"{number}:round:{DAWN.date()}",
    }


def leave(number: int) -> dict[str, Any]:
    return {"person_id": number, "starts_on": DAWN.date(), "ends_on": DAWN.date()}


def timed(act: Callable[[], object]) -> float:
    began = time.perf_counter()
    act()
    return time.perf_counter() - began


def highest(reset: bool = True) -> float:
    """The most memory this process held, in MB, since it was last asked (Linux)."""
    if reset:
        Path("/proc/self/clear_refs").write_text("5")
    status = Path("/proc/self/status").read_text()
    found = re.search(r"VmHWM:\s+(\d+) kB", status)
    assert found is not None
    return int(found[1]) / 1024


if __name__ == "__main__":
    main()
