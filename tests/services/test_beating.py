"""That the worker lives, and how its jobs ended, can be asked from any host."""

from collections.abc import Callable
from datetime import datetime, timedelta
from pathlib import Path

import pytest
from click.testing import Result
from flask import Flask

from academy.database import db
from academy.post import jobs
from academy.post.beating import services as beating
from academy.post.beating.jobs import ticking, write_down
from academy.post.beating.services import LATE, Pulse
from academy.post.jobs import Periodic
from tests.conftest import MONDAY


def check(app: Flask) -> Result:
    db.session.commit()
    return app.test_cli_runner().invoke(args=["academy", "check-worker"])


@pytest.mark.usefixtures("context")
def test_a_worker_is_heard_of_until_it_stops_or_falls_silent(
    app: Flask, tmp_path: Path, now: Callable[[datetime], None]
) -> None:
    ours = Pulse(tmp_path, with_clock=True, begun_at=MONDAY)
    other = Pulse(tmp_path, with_clock=False, begun_at=MONDAY)
    other.beat(MONDAY)
    assert check(app).exit_code == 1  # one that runs no jobs by the clock is not enough

    for seconds in (0, 10):
        ours.beat(MONDAY + timedelta(seconds=seconds))
    now(MONDAY + timedelta(seconds=25))
    alive = check(app)
    now(MONDAY + LATE + timedelta(seconds=11))
    silent = check(app)

    assert (alive.exit_code, alive.output) == (0, "The worker was heard of 15 s ago.\n")
    assert silent.exit_code == 1
    assert "The worker was last heard of 61 s ago." in silent.output
    assert (tmp_path / beating.FILE).exists()

    ours.stop(MONDAY)
    assert beating.last_beat() == MONDAY  # the other one was killed
    later = Pulse(tmp_path, with_clock=True, begun_at=MONDAY)
    later.begin(MONDAY + timedelta(days=2))
    later.stop(MONDAY)
    assert beating.last_beat() is None


@pytest.mark.usefixtures("context")
def test_how_a_job_ended_is_noted_and_when_it_last_ended_well(
    app: Flask, now: Callable[[datetime], None]
) -> None:
    turns = iter((True, False))

    def night(_at: datetime) -> None:
        if not next(turns):
            raise ValueError("not tonight")

    tick = ticking(Periodic(night, {}))
    tick()
    now(MONDAY + timedelta(days=1))
    with pytest.raises(ValueError, match="not tonight"):
        tick()

    (run,) = beating.runs()
    assert run.job.endswith("night")
    assert (run.failed, run.ended_at, run.good_at) == (True, MONDAY + timedelta(days=1), MONDAY)


def test_a_beat_that_cannot_be_written_is_told_and_the_work_goes_on(
    app: Flask, tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    pulse = Pulse(tmp_path / "nowhere", with_clock=True, begun_at=MONDAY)
    with app.app_context():
        desk = jobs.desk()

    write_down(desk, pulse.beat)

    assert "could not be written down: FileNotFoundError" in caplog.text
