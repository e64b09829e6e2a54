"""One run: servers and worker up, a crowd sent, what it cost, and what was kept."""

import json
import os
import subprocess
import sys
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import asdict, dataclass, replace
from pathlib import Path
from random import Random
from tempfile import TemporaryDirectory
from typing import Any

from sqlalchemy import select

from academy.catalog import releases
from academy.database import db
from academy.passport.models import Certificate, Status
from academy.people.models import Role, RoleGrant
from academy.settings import ROOT
from bench.crowd import signing
from bench.load import Server, serving
from bench.morning import accounts, kept, visits
from bench.morning.place import PASSWORD, Place

TARGET, PROGRAM = "bench.morning.served:app", "bench.morning.preloaded"
RAMP_OF_THINK = 6
MARGIN = 1.4
"""People made ready, over those expected."""


@dataclass(frozen=True, slots=True)
class Plan:
    """What is sent, and to how many web processes. With `closed`, so many people at a time, else `rate`."""

    seconds: float
    rate: float
    closed: int
    think: float
    curve: bool
    workers: int
    threads: int
    synchronous: str
    generators: int
    with_worker: bool = True

    @property
    def ramp(self) -> float:
        """Until people are on all their pages at once."""
        return min(self.seconds / 2, max(2.0, self.think * RAMP_OF_THINK))


def run(place: Place, plan: Plan) -> dict[str, Any]:
    start = kept.before(place)
    environment = place.environment(plan.synchronous)
    with (
        serving(TARGET, environment, plan.workers, plan.threads, PROGRAM) as server,
        _worker(environment, plan.with_worker) as worker,
        TemporaryDirectory() as folder,
    ):
        pids = {"web": server.process.pid, "worker": worker, "postgresql": place.postmaster}
        found, seen = _sent(place, plan, server, pids, Path(folder))
        memory = [asdict(accounts.memory(pid)) for pid in (server.process.pid, *server.workers())]
        more = asdict(accounts.memory(worker)) if worker else {}
    told = [tuple(each) for one in found for each in one["acknowledged"]]
    return {
        "plan": asdict(plan),
        **_told(plan, [row for one in found for row in one["rows"]], seen),
        "connections": sum(one["connections"] for one in found),
        "memory_of_web_processes_mib": memory,
        "memory_of_the_worker_mib": more,
        "kept": kept.check(place, start, told),
    }


def statements(place: Place, plan: Plan) -> dict[str, float]:
    """SQL statements of each request, on average, of a few people one after the other."""
    environment = {**place.environment(), "BENCH_STATEMENTS": "1"}
    short = replace(plan, seconds=3.0, closed=2, think=0.0, workers=1, generators=1)
    with serving(TARGET, environment, 1, 1, PROGRAM) as server, TemporaryDirectory() as folder:
        found, _seen = _sent(place, short, server, {}, Path(folder))
    sums: dict[str, list[int]] = {}
    for name, _meant, _took, _status, _micros, count in found[0]["rows"]:
        sums.setdefault(name, []).append(count)
    return {name: round(sum(each) / len(each), 1) for name, each in sums.items()}


@contextmanager
def _worker(environment: dict[str, str], wanted: bool) -> Iterator[int | None]:
    """The process of jobs, as in production."""
    if not wanted:
        yield None
        return
    process = subprocess.Popen(
        [sys.executable, "-m", "flask", "academy", "work"],
        cwd=ROOT,
        env={**os.environ, **environment},
        stderr=subprocess.DEVNULL,
    )
    try:
        yield process.pid
    finally:
        process.terminate()
        process.wait(60)


def _sent(
    place: Place, plan: Plan, server: Server, pids: dict[str, int | None], folder: Path
) -> tuple[list[Any], dict[str, Any]]:
    """What the generators saw, and what each part spent between the end of the ramp and the end."""
    jobs = _jobs(place, plan, server.port)
    processes, results = [], []
    for number, job in enumerate(jobs):
        file, result = folder / f"job-{number}", folder / f"result-{number}"
        file.write_text(json.dumps(job), "utf-8")
        command = [sys.executable, "-m", "bench.morning.client", str(file), str(result)]
        processes.append(subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE))
        results.append(result)
    for process in processes:
        assert process.stdout is not None
        process.stdout.readline()
    pids = pids | {f"generator {n + 1}": process.pid for n, process in enumerate(processes)}
    time.sleep(plan.ramp)
    before, began = {name: accounts.spent(pid) for name, pid in pids.items()}, time.monotonic()
    time.sleep(plan.seconds)
    after = {name: accounts.spent(pid) for name, pid in pids.items()}
    length = time.monotonic() - began
    for process in processes:
        if process.wait(300):
            raise SystemExit("a generator failed")
    found = [json.loads(result.read_text("utf-8")) for result in results]
    _use_up(place, jobs, found)
    spent = {name: after[name] - before[name] for name in pids if pids[name]}
    return found, {"seconds": length, "cpu": spent}


def _use_up(place: Place, jobs: Sequence[Any], found: Sequence[Any]) -> None:
    """Whoever came today has done their minute: the next run sends others."""
    used = any(one["used"] for one in found)
    ready = sum(len(job["people"]) for job in jobs)
    place.note(next=place.notes()["next"] + (ready if used else 0))


def _jobs(place: Place, plan: Plan, port: int) -> list[dict[str, Any]]:
    notes = place.notes()
    length = plan.ramp + plan.seconds
    wanted = length * plan.rate / visits.A_PERSON
    if plan.closed:
        wanted = length * max(plan.closed * 60.0, 600.0) / visits.A_PERSON
    wanted = int(wanted * MARGIN) + 50 * plan.generators
    order = list(range(notes["lived"] + 41, notes["people"] + 1))
    Random(notes["made_at"]).shuffle(order)
    place_in_order = notes["next"] - notes["lived"] - 40
    chosen = order[place_in_order : place_in_order + wanted]
    if len(chosen) < min(wanted, 20):
        raise SystemExit("Everybody in this company has done their minute: generate another.")
    with place.app().app_context() as context:
        cookie_of = signing(context.app)
        common = {
            "port": port,
            "length": length,
            "rate": plan.rate / plan.generators,
            "closed": plan.closed // plan.generators if plan.closed else 0,
            "think": plan.think,
            "curve": plan.curve,
            "password": PASSWORD,
            "lesson": [f"/lessons/{key}" for key in releases.current().lessons],
            "verify": _verified() or ["/verify"],
            "dashboards": [(path, cookie_of(number)) for path, number in _dashboards()],
        }
        people = [(number, cookie_of(number)) for number in chosen]
        db.session.remove()
        db.engine.dispose()
    return [
        {**common, "people": people[one :: plan.generators], "seed": notes["next"] * 10 + one}
        for one in range(plan.generators)
    ]


def _verified() -> list[str]:
    valid = select(Certificate.code).where(Certificate.status == Status.VALID).limit(1000)
    return [f"/verify/{code}" for code in db.session.scalars(valid)]


def _dashboards() -> Iterator[tuple[str, int]]:
    granted = select(RoleGrant).where(RoleGrant.role == Role.HR)
    for grant in db.session.scalars(granted):
        yield f"/hr/entities/{grant.entity_id or 1}", grant.person_id


def _told(plan: Plan, rows: Sequence[Any], seen: dict[str, Any]) -> dict[str, Any]:
    """The figures of what was meant to be sent between the end of the ramp and the end."""
    counted = [row for row in rows if plan.ramp <= row[1] < plan.ramp + plan.seconds]
    names = [name for name, _share in visits.SHARES if any(row[0] == name for row in counted)]
    each = {name: _figures(plan, [row for row in counted if row[0] == name]) for name in names}
    ended = (row[1] + row[2] for row in rows)  # what was answered while the CPU was looked at
    done = sum(plan.ramp <= end < plan.ramp + plan.seconds for end in ended) or 1
    answers = sum(row[0] in visits.ANSWERS for row in counted)
    return {
        "requests": {**each, "all": _figures(plan, counted)},
        "answers_per_second": round(answers / plan.seconds, 1),
        "cpu_ms_per_request": {
            name: round(spent * 1000 / done, 3) for name, spent in seen["cpu"].items()
        },
        "cores_busy": {
            name: round(spent / seen["seconds"], 3) for name, spent in seen["cpu"].items()
        },
    }


def _figures(plan: Plan, rows: Sequence[Any]) -> dict[str, float]:
    waits = [row[2] * 1000 for row in rows]
    failed = sum(row[3] not in {200, 302} for row in rows)
    return {
        "per_second": round(len(rows) / plan.seconds, 1),
        "p50": round(accounts.percentile(waits, 0.5), 1),
        "p95": round(accounts.percentile(waits, 0.95), 1),
        "p99": round(accounts.percentile(waits, 0.99), 1),
        "most": round(max(waits, default=0.0), 1),
        "cpu_ms": round(sum(row[4] for row in rows) / 1000 / (len(rows) or 1), 2),
        "errors": failed,
    }
