"""Two machines run the clock: each job runs at both at the same moment, and does what it does alone."""

from collections.abc import Callable
from datetime import datetime, timedelta

import pytest
from flask import Flask
from sqlalchemy import func, select

from academy import database
from academy.database import Base, db
from academy.mastery.figures.models import QuestionPace, QuestionTally
from academy.post.jobs import Periodic, desk
from tests.conftest import MONDAY, emptied
from tests.factories import make_person
from tests.lives import named, rich_life
from tests.services.crowd import all_at_once

MOMENTS = (MONDAY + timedelta(hours=1), MONDAY + timedelta(days=45, hours=4))
Clock = Callable[[datetime], None]


def rows(app: Flask) -> dict[str, int]:
    with app.app_context():
        database.reading_only()
        found = {
            name: db.session.scalar(select(func.count()).select_from(table)) or 0
            for name, table in Base.metadata.tables.items()
        }
        # Which questions were drawn is by lot; how many answers were counted is not.
        found["question_tally"] = db.session.scalar(select(func.sum(QuestionTally.times))) or 0
        found["question_pace"] = db.session.scalar(select(func.sum(QuestionPace.times))) or 0
        return found


def lived(app: Flask, now: Clock, machines: int) -> dict[str, int]:
    """What is in the tables after every job ran at each moment, at so many machines at once."""
    now(MONDAY)
    with app.app_context():
        database.may_write()
        rich_life(named(), make_person())
        periodic = desk().periodic
    for at in MOMENTS:
        now(at)
        for each in periodic:
            all_at_once(app, lambda _machine: run(each, at), machines)  # noqa: B023  # used at once
    return rows(app)


def run(periodic: Periodic, at: datetime) -> None:
    database.may_write()
    periodic.job(at)


@pytest.mark.parametrize("app", ["postgresql"], indirect=True)  # two machines need one
def test_every_job_that_runs_at_two_machines_at_once_does_what_it_does_alone(
    app: Flask, now: Clock
) -> None:
    alone = lived(app, now, 1)
    emptied(app)

    together = lived(app, now, 2)

    assert together == alone
