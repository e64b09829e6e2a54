"""A large company's morning hour: `python -m bench.morning --place FOLDER` (outside the repository).

Fills the folder with a company first if it is empty: 170,000 people and 60 million answers, or as many as
are asked for, on SQLite, on a PostgreSQL of its own (`--database postgresql`), or on the empty database at an
address. Then sends a morning for `--seconds` at `--rate` requests a second (open loop), or by `--closed`
people at a time, and says what it cost and whether every acknowledged answer is there exactly once.

`--knee` raises the rate until the 99th percentile passes 100 ms or something fails; `--cost` measures the CPU
of one answer instead, in turn with the floors of `bench.answer`. CPU per request can be believed on any
machine; what people waited, on a quiet one alone.
"""

import argparse
import json
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

from bench.morning import cost, making, running
from bench.morning.place import Place, opened
from bench.morning.running import Plan
from bench.morning.telling import told

BEARABLE = 100
"""Milliseconds of the 99th percentile."""
STEP = 1.25


def main() -> None:
    asked = _arguments().parse_args()
    with opened(asked.place, asked.database) as place:
        company = making.made(
            place, asked.people, asked.entities, asked.answers, asked.days, asked.lives
        )
        figures = {"company": company, "mib_on_disk": round(place.size() / 2**20), "runs": []}
        if asked.cost:
            figures["cost"] = cost.measured(place)
        elif asked.seconds:
            plan = _plan(asked)
            figures["statements"] = running.statements(place, plan)
            for synchronous in asked.synchronous.split(",") if place.is_sqlite else ["NORMAL"]:
                runs = _runs(place, replace(plan, synchronous=synchronous), asked.knee)
                figures["runs"] += list(runs)
    print(json.dumps(figures) if asked.json else told(figures))


def _runs(place: Place, plan: Plan, knee: bool) -> Iterator[dict[str, Any]]:
    while True:
        found = running.run(place, plan)
        yield found
        everything = found["requests"]["all"]
        if not knee or everything["p99"] > BEARABLE or everything["errors"]:
            return
        plan = replace(plan, rate=round(plan.rate * STEP))


def _plan(asked: argparse.Namespace) -> Plan:
    return Plan(
        asked.seconds,
        asked.rate,
        asked.closed,
        asked.think,
        asked.curve,
        asked.workers,
        asked.threads,
        "NORMAL",
        asked.generators,
        not asked.no_worker,
    )


def _arguments() -> argparse.ArgumentParser:
    words = argparse.ArgumentParser(prog="python -m bench.morning", description=__doc__)
    words.add_argument("--place", type=Path, required=True, help="folder of the company")
    words.add_argument("--database", default="sqlite", help="sqlite, postgresql, or an address")
    words.add_argument("--people", type=int, default=170_000)
    words.add_argument("--entities", type=int, default=1_500)
    words.add_argument("--answers", type=int, default=60_000_000)
    words.add_argument("--days", type=int, default=making.DAYS, help="that a life lasts")
    words.add_argument("--lives", type=int, default=making.LIVED, help="really lived, then copied")
    words.add_argument("--seconds", type=float, default=30, help="0 only fills the folder")
    words.add_argument("--rate", type=float, default=150, help="requests a second")
    words.add_argument("--closed", type=int, default=0, help="people at a time, instead of a rate")
    words.add_argument("--think", type=float, default=1.0, help="mean seconds between two pages")
    words.add_argument("--curve", action="store_true", help="a morning that rises and falls")
    words.add_argument("--workers", type=int, default=2, help="web processes")
    words.add_argument("--threads", type=int, default=4, help="of each web process")
    words.add_argument("--synchronous", default="NORMAL,FULL", help="of SQLite, one run each")
    words.add_argument("--generators", type=int, default=1, help="processes that send")
    words.add_argument("--no-worker", action="store_true", help="without the process of jobs")
    words.add_argument("--knee", action="store_true", help="raise the rate until it is too much")
    words.add_argument("--cost", action="store_true", help="CPU of one answer, and no morning")
    words.add_argument("--json", action="store_true")
    return words


if __name__ == "__main__":
    main()
