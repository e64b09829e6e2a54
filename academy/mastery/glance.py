"""What many minds hold of each notion, as columns, without unpacking each of them. Pure; arrays of numpy."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

import numpy as np
from numpy.typing import NDArray

from academy.mastery.belief import Population
from academy.mastery.mind import DAY, moment
from academy.mastery.packing import (
    HEAD,
    MOST_QUESTIONS,
    SKILL,
    TRACE,
    UnreadableMind,
    unpacked_head,
)

_RECORD = np.dtype(
    [
        ("notion", "<u4"),
        ("last", "<u4"),
        ("low", "<u2"),
        ("high", "u1"),
        ("beliefs", "<f2", 5),
        ("ewma", "u1"),
        ("flags", "u1"),
    ]
)
"""A TRACE of `packing`, field by field."""
if _RECORD.itemsize != TRACE.size:
    raise TypeError("packing has other traces than glance knows")
_KAPPA, _STABILITY = 3, 4


@dataclass(frozen=True, slots=True)
class Glance:
    """One entry for each notion that somebody was asked: whose (a place in the rows), its tag, how it stands.

    `there` is the chance that it is remembered at that moment; `right` whether it came the last time.
    """

    whose: NDArray[np.int64]
    notion: NDArray[np.int64]
    there: NDArray[np.float64]
    right: NDArray[np.bool_]


def glance(rows: Sequence[bytes], at: datetime, people: Population) -> Glance:
    """A row that cannot be read is passed over."""
    parts = [_traces(row) for row in rows]
    found = np.frombuffer(b"".join(parts), dtype=_RECORD)
    whose = np.repeat(np.arange(len(rows)), [len(part) // TRACE.size for part in parts])
    kappa = found["beliefs"][:, _KAPPA].astype(np.float64)
    stability = np.maximum(found["beliefs"][:, _STABILITY].astype(np.float64), 1e-6)
    days = np.maximum(moment(at) - found["last"].astype(np.float64) / DAY, 0.0)
    kept = (1.0 + people.bend * days / stability) ** -people.decay
    answered = (found["low"] | found["high"].astype(np.int64) << 16) & 0xFFF > 0
    return Glance(
        whose[answered],
        found["notion"].astype(np.int64)[answered],
        (kappa * kept)[answered],
        (found["flags"] > MOST_QUESTIONS)[answered],
    )


def _traces(row: bytes) -> bytes:
    try:
        _mind, skills, traces = unpacked_head(row)
    except UnreadableMind:
        return b""
    start = HEAD.size + skills * SKILL.size
    return row[start : start + traces * TRACE.size]
