"""How figures of seasons and of times are named, and what a count of times says. Pure."""

from collections.abc import Mapping

CAME, PASSPORT, VISAS = "season", "season-passport", "season-visas"
EDGES = (15, 30, 45, 60, 90, 120, 180, 300)
"""Seconds: a minute that took longer than the last is not measured any finer."""
TOOK = tuple(f"took-{edge}" for edge in (*EDGES, "more"))
"""How many people's minute of a day took less than so many seconds, and not less than the edge before."""
FEWEST = 50
"""Of fewer minutes no time is told: rounding would decide it."""
NEAR = 5


def median(counted: Mapping[str, int]) -> int | None:
    """In seconds, to the next five; as if times were spread evenly within a step. At most the last edge."""
    counts = [counted.get(name, 0) for name in TOOK]
    if sum(counts) < FEWEST:
        return None
    half, below, start = sum(counts) / 2, 0, 0
    for count, edge in zip(counts, EDGES, strict=False):
        if below + count >= half:
            return round((start + (edge - start) * (half - below) / count) / NEAR) * NEAR
        below, start = below + count, edge
    return EDGES[-1]
