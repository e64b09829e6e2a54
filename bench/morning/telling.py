"""Figures as tables for a terminal. Pure."""

from collections.abc import Iterator
from typing import Any

WIDTH = 14


def told(figures: dict[str, Any]) -> str:
    return "\n".join(_lines(figures))


def _lines(figures: dict[str, Any]) -> Iterator[str]:
    company = figures["company"]
    yield (
        f"{company['people']:,} people, {company['answers']:,} past answers "
        f"({company['with_rows']:,} people have theirs as rows), {figures['mib_on_disk']:,} MiB"
    )
    yield from _flat(figures.get("cost", {}))
    for run in figures["runs"]:
        yield from _run(run, figures["statements"])


def _run(run: dict[str, Any], statements: dict[str, float]) -> Iterator[str]:
    plan = run["plan"]
    sent = f"{plan['closed']} people at a time" if plan["closed"] else f"{plan['rate']} requests/s"
    yield ""
    yield f"{sent} for {plan['seconds']} s, {plan['workers']} web processes, {plan['synchronous']}"
    heads = ("per second", "p50 ms", "p95 ms", "p99 ms", "most ms", "CPU ms", "errors", "SQL")
    yield f"{'':<16}" + "".join(f"{head:>11}" for head in heads)
    for name, row in run["requests"].items():
        cells = [*row.values(), statements.get(name, "")]
        yield f"{name:<16}" + "".join(f"{cell:>11}" for cell in cells)
    yield f"answers a second: {run['answers_per_second']}; connections: {run['connections']}"
    yield from _flat(
        {
            name: run[name]
            for name in (
                *("cpu_ms_per_request", "cores_busy", "memory_of_web_processes_mib"),
                *("memory_of_the_worker_mib", "kept"),
            )
        }
    )


def _flat(figures: dict[str, Any]) -> Iterator[str]:
    for name, value in figures.items():
        for each in value if isinstance(value, list) else [value]:
            shown = (
                ", ".join(f"{key} {figure}" for key, figure in each.items())
                if isinstance(each, dict)
                else each
            )
            yield f"{name.replace('_', ' ')}: {shown}"
