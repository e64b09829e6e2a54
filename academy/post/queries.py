"""What workers, operators and the demonstration's mailbox ask."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Select, func, or_, select
from sqlalchemy.orm import load_only

from academy.database import db, fresh
from academy.post.models import Letter, PostedMail

PAGE = 20


def due(at: datetime) -> Select[int]:
    """The letters that are due and that nobody holds."""
    return (
        select(Letter.id)
        .where(Letter.done_at.is_(None), Letter.dead_at.is_(None), Letter.due_at <= at)
        .where(or_(Letter.leased_until.is_(None), Letter.leased_until <= at))
    )


def anything_due(at: datetime) -> bool:
    """Is there anything to lease? Asked first: reading hinders nobody."""
    return db.session.scalar(due(at).limit(1)) is not None


@dataclass(frozen=True, slots=True)
class Outbox:
    """How the outbox stands: `late` are due and still here, `begun` are being sent or in doubt.

    `oldest` is when the first that still waits was due, or will be.
    """

    waiting: int
    late: int
    begun: int
    dead: int
    oldest: datetime | None


def outbox(at: datetime) -> Outbox:
    waiting = Letter.done_at.is_(None) & Letter.dead_at.is_(None)
    row = db.session.execute(
        select(
            func.count().filter(waiting),
            func.count().filter(waiting & (Letter.due_at <= at)),
            func.count().filter(waiting & Letter.sending_at.is_not(None)),
            func.count().filter(Letter.dead_at.is_not(None)),
            func.min(Letter.due_at).filter(waiting),
        ).where(Letter.done_at.is_(None))
    ).one()
    return Outbox(*row)


def dead(limit: int) -> list[Letter]:
    """The dead letters, the youngest first."""
    return list(
        db.session.scalars(
            select(Letter)
            .where(Letter.dead_at.is_not(None))
            .order_by(Letter.dead_at.desc(), Letter.id.desc())
            .limit(limit)
        )
    )


def mailbox(about: int | None, before: int | None) -> tuple[list[PostedMail], bool]:
    """A page of somebody's mail (everybody's without `about`), newest first; is there more?"""
    told = load_only(
        PostedMail.address, PostedMail.language, PostedMail.subject, PostedMail.posted_at
    )
    mails = select(PostedMail).options(told).order_by(PostedMail.id.desc()).limit(PAGE + 1)
    if about is not None:
        mails = mails.where(PostedMail.about == about)
    if before is not None:
        mails = mails.where(PostedMail.id < before)
    found = list(db.session.scalars(mails))
    return found[:PAGE], len(found) > PAGE


def mail(number: int) -> PostedMail | None:
    return db.session.get(PostedMail, number)


def fate(once: str) -> Letter | None:
    """The letter with this key, as it stands now."""
    return db.session.scalar(fresh(select(Letter).where(Letter.once == once)))
