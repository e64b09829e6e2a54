"""What was measured, said as it comes and kept for the end; and what a process has cost so far."""

import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from time import perf_counter, process_time

from bench.morning import accounts

TOLD: dict[str, dict[str, float]] = {}
"""Everything told, in order."""


def tell(what: str, **figures: float) -> None:
    TOLD[what] = {name: round(value, 2) for name, value in figures.items()}
    said = "  ".join(f"{value:,.1f} {name}" for name, value in figures.items())
    print(f"{what:<48} {said}", flush=True)


def memory() -> float:
    """The most that was held since `measured` began, or ever, in MiB."""
    return accounts.memory(os.getpid()).peak


@contextmanager
def measured(what: str, postmaster: int | None = None) -> Iterator[dict[str, float]]:
    """Tell the seconds of what is done here, its CPU and that of PostgreSQL, and the most memory held."""
    Path("/proc/self/clear_refs").write_text("5", "ascii")  # the peak is counted anew
    more: dict[str, float] = {}
    began, at_work, beside = perf_counter(), process_time(), accounts.spent(postmaster)
    yield more
    spent = {"seconds": perf_counter() - began, "of CPU": process_time() - at_work}
    if postmaster:
        spent["of PostgreSQL's CPU"] = accounts.spent(postmaster) - beside
    tell(what, **spent, **more, megabytes=memory())
