"""How long the minutes of a day took, as steps that people are counted in. No time of anybody is kept."""

from datetime import UTC, date, datetime, time, timedelta

import numpy as np
from sqlalchemy import select

from academy.daily.models import Round
from academy.database import db
from academy.hr.rollup.cells import Marks, Numbers
from academy.hr.rollup.spans import EDGES, TOOK

DICE = dict.fromkeys(TOOK, "rounds")
AT_ONCE = 5_000
_A_DAY = timedelta(days=1)


def of_day(ids: Numbers, day: date) -> dict[str, Marks]:
    """From the first question shown to the last answer, of minutes finished on that day (UTC)."""
    begins = datetime.combine(day, time(), UTC)
    rows = db.session.execute(
        select(Round.person_id, Round.drawn_at, Round.finished_at)
        .where(Round.day.between(day - _A_DAY, day + _A_DAY))  # it is another day elsewhere
        .where(Round.finished_at >= begins, Round.finished_at < begins + _A_DAY)
        .order_by(Round.finished_at, Round.id),
        execution_options={"yield_per": AT_ONCE},
    )
    took = {row.person_id: (row.finished_at - row.drawn_at).total_seconds() for row in rows}
    seconds = np.array([took.get(each, -1.0) for each in ids.tolist()])
    step = np.where(seconds < 0, -1, np.searchsorted(np.array(EDGES), seconds, side="right"))
    return {name: step == place for place, name in enumerate(TOOK)}
