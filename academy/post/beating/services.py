"""That workers live and that jobs run, written down where any host can read it.

Each worker has a row of its own, written every ten seconds: no two write the same one. Each job by the clock
has a row, written when it ends.
"""

import secrets
import socket
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from pathlib import Path
from typing import Final

from sqlalchemy import Double, String, delete, func, select
from sqlalchemy.orm import Mapped, mapped_column

from academy.database import Base, db, insert

FILE: Final = "worker.beat"
LATE: Final = timedelta(minutes=1)
"""Six beats missed: it is dead, or as good as dead."""
KEPT: Final = timedelta(days=1)
LONGEST_HOST: Final = 100


class WorkerBeat(Base):
    """One worker, from its start until it stops; one that was killed leaves its row for a day."""

    __tablename__ = "worker_beat"

    worker: Mapped[str] = mapped_column(String(32), primary_key=True)
    host: Mapped[str] = mapped_column(String(LONGEST_HOST))
    with_clock: Mapped[bool]
    begun_at: Mapped[datetime]
    beaten_at: Mapped[datetime]


class JobRun(Base):
    """How a job by the clock ended the last time, and when it last ended well."""

    __tablename__ = "job_run"

    job: Mapped[str] = mapped_column(String(150), primary_key=True)
    ended_at: Mapped[datetime]
    seconds: Mapped[float] = mapped_column(Double())
    failed: Mapped[bool]
    good_at: Mapped[datetime | None]


@dataclass(frozen=True, slots=True)
class Pulse:
    """Who beats. The file in `home` is for those who look from outside and cannot ask the database."""

    home: Path
    with_clock: bool
    begun_at: datetime
    worker: str = field(default_factory=lambda: secrets.token_hex(16))
    host: str = field(default_factory=lambda: socket.gethostname()[:LONGEST_HOST])

    def begin(self, at: datetime) -> None:
        """The first beat; those who died long ago are forgotten."""
        db.session.execute(delete(WorkerBeat).where(WorkerBeat.beaten_at < at - KEPT))
        self.beat(at)

    def beat(self, at: datetime) -> None:
        """Write down that this worker lives. The caller commits."""
        (self.home / FILE).touch()
        row = {
            "host": self.host,
            "with_clock": self.with_clock,
            "begun_at": self.begun_at,
            "beaten_at": at,
        }
        statement = insert(WorkerBeat).values(worker=self.worker, **row)
        db.session.execute(
            statement.on_conflict_do_update(index_elements=[WorkerBeat.worker], set_=row)
        )

    def stop(self, _at: datetime) -> None:
        """It ends as it should, and nobody need miss it."""
        db.session.execute(delete(WorkerBeat).where(WorkerBeat.worker == self.worker))


def note(job: str, ended_at: datetime, seconds: float, failed: bool) -> None:
    """How a job ended. The caller commits."""
    row = {"ended_at": ended_at, "seconds": round(seconds, 3), "failed": failed}
    good = {} if failed else {"good_at": ended_at}
    statement = insert(JobRun).values(job=job, **row, **good)
    db.session.execute(
        statement.on_conflict_do_update(index_elements=[JobRun.job], set_={**row, **good})
    )


def last_beat(with_clock: bool = False) -> datetime | None:
    """The latest of all workers, or of those that run what is due by the clock."""
    latest = select(func.max(WorkerBeat.beaten_at))
    return db.session.scalar(latest.where(WorkerBeat.with_clock) if with_clock else latest)


def runs() -> list[JobRun]:
    """How each job by the clock ended, in the order of their names."""
    return list(db.session.scalars(select(JobRun).order_by(JobRun.job)))
