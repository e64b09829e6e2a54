"""Of each person, whether they came, and earned something, in the season under way on a day."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

import numpy as np

from academy.catalog import releases, seasons
from academy.hr.rollup.cells import Marks, Numbers
from academy.hr.rollup.spans import CAME, PASSPORT, VISAS

DICE = {CAME: "begun", PASSPORT: "passport"}
"""In the first season whoever came has begun in it: the same people, so the same figure."""


@dataclass(frozen=True, slots=True)
class UnderWay:
    """The season of a day; `first` is None where none has begun, and then nothing is marked."""

    first: date | None

    def marks(self, ids: Numbers, last: Numbers, won: Mapping[str, Numbers]) -> dict[str, Marks]:
        """`last` is the ordinal of each person's last day, `won` who earned what, by mark."""
        if self.first is None:
            return {}
        nobody = np.array([], dtype=np.int64)
        earned = {name: won.get(name, nobody) for name in (PASSPORT, VISAS)}
        return {CAME: last >= self.first.toordinal(), **marked(ids, earned)}


def span_of(day: date) -> UnderWay:
    span = seasons.under_way(releases.current(), day)
    return UnderWay(span.first if span else None)


def called(award: str) -> str:
    """Under which mark an award counts that is earned in the season under way."""
    return PASSPORT if award == "passport" else VISAS


def marked(ids: Numbers, who: Mapping[str, Numbers]) -> dict[str, Marks]:
    """Of each person, whether they are among these."""
    return {name: np.isin(ids, some) for name, some in who.items()}
