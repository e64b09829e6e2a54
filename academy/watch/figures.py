"""The figures of the academy in Prometheus's text format, as bounded as its routes and jobs."""

import tomllib
from collections.abc import Iterator
from datetime import datetime
from functools import cache
from typing import Final

from flask import current_app

from academy.catalog import releases
from academy.post import queries as post
from academy.post.beating import services as beating
from academy.post.beating.services import JobRun
from academy.settings import ROOT
from academy.web.counting import CLASSES, EXTENSION, STEPS, WIDTH, Counts

CONTENT_TYPE: Final = "text/plain; version=0.0.4; charset=utf-8"
NS: Final = 1_000_000_000


def exposition(at: datetime) -> str:
    counts: Counts = current_app.extensions[EXTENSION]
    lines = [*_build(), *_requests(counts), *_outbox(at), *_workers(at), *_jobs(beating.runs())]
    return "\n".join(lines) + "\n"


def _named(name: str, kind: str, helps: str) -> Iterator[str]:
    yield f"# HELP academy_{name} {helps}"
    yield f"# TYPE academy_{name} {kind}"


def _one(name: str, kind: str, helps: str, value: float) -> Iterator[str]:
    yield from _named(name, kind, helps)
    yield f"academy_{name} {value:.15g}"


@cache
def version() -> str:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    return str(project["project"]["version"])


def _build() -> Iterator[str]:
    yield from _named("build_info", "gauge", "The version and the release of content served here.")
    said = f'version="{version()}",release="{releases.current().release}"'
    yield f"academy_build_info{{{said}}} 1"


def _requests(counts: Counts) -> Iterator[str]:
    """Routes nobody asked for say nothing."""
    errors, *cells = counts.total()
    yield from _one(
        "database_errors_total",
        "counter",
        "Requests that found the database away or locked.",
        errors,
    )
    routes = [
        (route, row)
        for number, route in enumerate(counts.routes)
        if any(row := cells[number * WIDTH : (number + 1) * WIDTH])
    ]
    yield from _named("requests_total", "counter", "Requests answered.")
    for route, row in routes:
        for name, count in zip(CLASSES, row, strict=False):
            if count:
                yield f'academy_requests_total{{route="{route}",status="{name}"}} {count}'
    yield from _named("request_seconds", "histogram", "How long answers took.")
    for route, row in routes:
        yield from _histogram(route, row[len(CLASSES) : -1], row[-1])


def _histogram(route: str, steps: list[int], nanoseconds: int) -> Iterator[str]:
    name, below = "academy_request_seconds", 0
    for step, count in zip(STEPS, steps, strict=False):
        below += count
        yield f'{name}_bucket{{route="{route}",le="{step / 1000:g}"}} {below}'
    yield f'{name}_bucket{{route="{route}",le="+Inf"}} {sum(steps)}'
    yield f'{name}_sum{{route="{route}"}} {nanoseconds / NS:.6f}'
    yield f'{name}_count{{route="{route}"}} {sum(steps)}'


def _outbox(at: datetime) -> Iterator[str]:
    found = post.outbox(at)
    waits = (at - found.oldest).total_seconds() if found.oldest else 0
    yield from _one("outbox_waiting", "gauge", "Letters that have not left.", found.waiting)
    yield from _one("outbox_late", "gauge", "Those of them that are due.", found.late)
    yield from _one("outbox_dead", "gauge", "Letters that were given up.", found.dead)
    yield from _one(
        "outbox_oldest_seconds", "gauge", "How long the oldest one has been due.", max(waits, 0)
    )


def _workers(at: datetime) -> Iterator[str]:
    """Nothing when no worker was ever heard of: `absent()` finds that."""
    last = beating.last_beat(with_clock=True)
    if last is not None:
        helps = "Since the worker was last heard of."
        yield from _one("worker_beat_age_seconds", "gauge", helps, (at - last).total_seconds())


def _jobs(runs: list[JobRun]) -> Iterator[str]:
    yield from _named("job_seconds", "gauge", "How long the job took the last time.")
    yield from (f'academy_job_seconds{{job="{run.job}"}} {run.seconds:g}' for run in runs)
    yield from _named("job_failed", "gauge", "1 when it failed the last time.")
    yield from (f'academy_job_failed{{job="{run.job}"}} {run.failed:d}' for run in runs)
    yield from _named("job_good_timestamp_seconds", "gauge", "When it last ended well.")
    for run in runs:
        if run.good_at:
            yield f'academy_job_good_timestamp_seconds{{job="{run.job}"}} {run.good_at.timestamp():.3f}'
