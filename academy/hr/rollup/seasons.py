"""Of each person, whether they came, and earned something, in the season under way on a day."""

from collections.abc import Sequence
from datetime import date
from typing import Any

import numpy as np

from academy.catalog import releases, seasons
from academy.hr.rollup.cells import Marks, Numbers
from academy.hr.rollup.spans import CAME, PASSPORT, VISAS

DICE = {CAME: "begun", PASSPORT: PASSPORT.removeprefix("season-")}
"""In the first season whoever came has begun in it: the same people, so the same figure."""


def of_day(ids: Numbers, last: Numbers, grants: Sequence[Any], day: date) -> dict[str, Marks]:
    """`last` is the ordinal of each person's last day; nothing where no season has begun."""
    span = seasons.under_way(releases.current(), day)
    if span is None:
        return {}
    since = [row for row in grants if row.granted_on >= span.first]
    held = {
        PASSPORT: [row.person_id for row in since if row.award == "passport"],
        VISAS: [row.person_id for row in since if row.award != "passport"],
    }
    return {
        CAME: last >= span.first.toordinal(),
        **{name: np.isin(ids, np.array(who, dtype=np.int64)) for name, who in held.items()},
    }
