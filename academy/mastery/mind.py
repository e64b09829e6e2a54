"""What the engine believes of one person. Pure.

A `Mind` changes in place: it is unpacked (`packing`), it learns (`tutor`), it is packed. Every number it
holds is one that its row can hold, so a mind rebuilt equals the mind that was kept from row to row. Moments
are days since `EPOCH`, in whole seconds.
"""

from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import NamedTuple

from academy.catalog.numbering import question_tag as question_tag  # callers name them here
from academy.catalog.numbering import tag as tag

EPOCH = datetime(2020, 1, 1, tzinfo=UTC)
DAY = 86400
"""In seconds."""

_LATEST = 2**32 - 1


class Asked(NamedTuple):
    """One question put to one person: the last day, how many times (127 at most), and how it last went."""

    day: int
    times: int
    last_right: bool


@dataclass(slots=True)
class Trace:
    """One notion in one head.

    `mean`, `variance`: what the person knows of this notion beyond their general ability, in logits.
    `gain`: what practice added, in logits. `kappa`, `stability`: the chance that it is encoded, and in days
    how slowly it fades; a stability of 0 says that the memory layer has no belief yet. `ewma`: recent share
    of right answers, `last`: the moment of the last one.
    """

    mean: float = 0.0
    variance: float = 1.0
    gain: float = 0.0
    kappa: float = 0.0
    stability: float = 0.0
    last: float = 0.0
    answers: int = 0
    right: int = 0
    ewma: float = 0.5
    last_right: bool = False
    asked: dict[int, Asked] = field(default_factory=dict)


@dataclass(slots=True)
class Mind:
    """One person: general ability in logits, counts, averages, the last moment; then skills and notions.

    `failures`: in a row, up to now; 255 at most.
    """

    theta: float = 0.0
    variance: float = 1.0
    answers: int = 0
    right: int = 0
    failures: int = 0
    fast: float = 0.5
    slow: float = 0.5
    last: float = 0.0
    skills: dict[int, tuple[float, float]] = field(default_factory=dict)
    traces: dict[int, Trace] = field(default_factory=dict)
    details: int = 0
    """How many questions are remembered, over all notions."""


def moment(at: datetime) -> float:
    """Days since EPOCH, as a mind keeps them."""
    return settled_moment((at - EPOCH).total_seconds() / DAY)


def settled_moment(days: float) -> float:
    """To the whole second, and never before EPOCH."""
    return seconds(days) / DAY


def seconds(days: float) -> int:
    """Since EPOCH, as a row keeps them."""
    return min(_LATEST, max(0, round(days * DAY)))
