"""How long a page waits to write while a job writes batch after batch: `python -m bench.sharing`.

Two processes on one SQLite file: a job of 300 transactions of 2,000 rows, as it was before jobs left room and
as it is now, and somebody who writes one row fifty times a second. Milliseconds that somebody waits, and
seconds of the job.
"""

import multiprocessing as processes
import time
from datetime import UTC, datetime
from pathlib import Path
from statistics import quantiles
from tempfile import TemporaryDirectory
from typing import Any

from flask import Flask
from flask_migrate import upgrade
from sqlalchemy import insert

from academy import create_app, database, settings
from academy.database import db
from academy.web.throttle import Tries

BATCHES, ROWS = 300, 2_000
PAUSE = 0.02
AT = datetime(2026, 1, 5, tzinfo=UTC)


def opened(home: str) -> Flask:
    return create_app(settings.read({"ACADEMY_HOME": home, "ACADEMY_DEMO": "1"}))


def write(name: str, rows: int) -> None:
    database.about_to_write()
    buckets = [{"bucket": f"{name}:{row}", "began_at": AT, "count": 1} for row in range(rows)]
    db.session.execute(insert(Tries), buckets)
    db.session.commit()


def job(home: str, room: bool, told: Any) -> None:
    with opened(home).app_context():
        if room:
            database.leave_room()
        began = time.perf_counter()
        for batch in range(BATCHES):
            write(f"job {room} {batch}", ROWS)
        told.put(time.perf_counter() - began)


def waits(home: str, room: bool) -> tuple[list[float], float]:
    """Of the one who writes meanwhile, in milliseconds; and the seconds of the job."""
    told: Any = processes.Queue()
    found: list[float] = []
    worker = processes.Process(target=job, args=(home, room, told))
    with opened(home).app_context():
        write(f"first {room}", 1)
        worker.start()
        while worker.is_alive():
            began = time.perf_counter()
            write(f"page {room} {len(found)}", 1)
            found.append((time.perf_counter() - began) * 1000)
            time.sleep(PAUSE)
    return found, told.get()


def main() -> None:
    with TemporaryDirectory() as home:
        with opened(home).app_context():
            upgrade(str(Path(__file__).parent.parent / "migrations"))
        for room, name in ((False, "as before"), (True, "leaving room")):
            found, took = waits(home, room)
            middle, high = quantiles(found, n=100)[49], quantiles(found, n=100)[98]
            print(
                f"{name:14} p50 {middle:8.1f}  p99 {high:8.1f}  most {max(found):8.1f} ms"
                f"   the job {took:5.1f} s"
            )


if __name__ == "__main__":
    main()
