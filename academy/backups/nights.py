"""The night's backup: whose turn it is, and what became of it. The caller commits."""

from datetime import date, datetime, timedelta

from sqlalchemy import or_, update

from academy.backups import queries
from academy.backups.models import BackupNight
from academy.backups.services import Made
from academy.database import db, insert, table
from academy.notices import services as notices
from academy.notices.kinds import Kind
from academy.notices.services import News
from academy.people import audit
from academy.people.audit import Act

TRIES = 3
DEAD = timedelta(hours=6)
"""A try that was begun so long ago is over."""
LONGEST = 300


def due(at: datetime, hour: int) -> date | None:
    """The night that a backup may be made for now (UTC): from this hour on, until midnight."""
    return at.date() if at.hour >= hour else None


def take(night: date, at: datetime) -> bool:
    """Is it ours to make? True for one worker at a time, until it is made or was tried three times."""
    first = insert(BackupNight).values(night=night, begun_at=at, tries=1, file="", failure="")
    first = first.on_conflict_do_nothing().returning(BackupNight.night)
    if db.session.execute(first).first():
        return True
    again = (
        update(BackupNight)
        .where(
            BackupNight.night == night,
            BackupNight.done_at.is_(None),
            BackupNight.tries < TRIES,
            or_(BackupNight.failure != "", BackupNight.begun_at < at - DEAD),
        )
        .values(begun_at=at, tries=BackupNight.tries + 1, failure="")
        .returning(BackupNight.night)
    )
    return (
        db.session.execute(again.execution_options(synchronize_session=False)).first() is not None
    )


def made(night: date, found: Made, at: datetime) -> None:
    values = {"done_at": at, "file": found.file.name, "size": found.size, "failure": ""}
    db.session.execute(
        update(table(BackupNight)).where(BackupNight.night == night).values(**values)
    )


def failed(night: date, why: str, at: datetime) -> None:
    """Written down, and told to every administrator of the company, once for the night."""
    why = why[:LONGEST]
    db.session.execute(
        update(table(BackupNight)).where(BackupNight.night == night).values(failure=why)
    )
    audit.record(None, Act.BACKUP_FAILED, f"backup:{night}", at, {"why": why})
    told = News(Kind.BACKUP, f"backup:{night}", {"night": night.isoformat()})
    notices.tell(queries.keepers(at.date()), told, at)
