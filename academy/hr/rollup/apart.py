"""What tells people of an entity apart: of each, the group they are in, cut by cut."""

from collections.abc import Callable, Mapping
from datetime import date
from typing import Any

from academy.hr.rollup.cuts import WAVE
from academy.people.models import EntityKind

DETAILED = (EntityKind.COMPANY, EntityKind.DIVISION, EntityKind.SITE)
"""Whose people are also told apart by what they share."""
YEARS = ((1, "under-1"), (5, "1-to-5"), (15, "5-to-15"), (200, "over-15"))


def _seniority(row: Any, day: date) -> str:
    years = (day - row.joined_on).days / 365.25
    return next(name for below, name in YEARS if years < below)


TOLD_APART: Mapping[str, Callable[[Any, date], str]] = {
    "job": lambda row, _day: row.job_family,
    "language": lambda row, _day: row.language,
    "seniority": _seniority,
    "contract": lambda row, _day: row.contract,
    "shift": lambda row, _day: row.shift,
    WAVE: lambda row, _day: str(row.wave_id or ""),
}
"""Of a person (their row) on a day: the group they are in, cut by cut."""
