"""Solving that takes a while: asked by an organiser, done by a job, watched on a page."""

from datetime import datetime
from enum import StrEnum
from typing import Any

from sqlalchemy import CheckConstraint, ForeignKey, Index, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from academy.database import ID, Base

LONGEST_ONCE = 32


class Kind(StrEnum):
    """What is to be solved."""

    COMPOSE = "compose"
    RECOMPOSE = "recompose"
    PROPOSE = "propose"


class Progress(StrEnum):
    WAITING = "waiting"
    RUNNING = "running"
    DONE = "done"
    FAILED = "failed"


class Work(Base):
    """`share`: how much is done, in per cent. `asked`: what was asked. `said`: what came of it."""

    __tablename__ = "mentoring_work"
    __table_args__ = (
        UniqueConstraint("once"),
        CheckConstraint("kind IN ('compose', 'recompose', 'propose')", name="kind_is_known"),
        CheckConstraint("state IN ('waiting', 'running', 'done', 'failed')", name="state_is_known"),
        CheckConstraint("share BETWEEN 0 AND 100", name="share_is_per_cent"),
        Index("ix_mentoring_work_programme_id_kind", "programme_id", "kind", "id"),
    )

    id: Mapped[ID]
    once: Mapped[str] = mapped_column(String(LONGEST_ONCE))
    programme_id: Mapped[int] = mapped_column(
        ForeignKey("mentoring_programme.id", ondelete="CASCADE")
    )
    kind: Mapped[str] = mapped_column(String(10))
    state: Mapped[str] = mapped_column(String(10), default=Progress.WAITING)
    share: Mapped[int] = mapped_column(default=0)
    seed: Mapped[int]
    asked: Mapped[dict[str, Any]]
    said: Mapped[dict[str, Any]]
    asked_by: Mapped[int | None] = mapped_column(
        ForeignKey("person.id", ondelete="SET NULL"), index=True
    )
    asked_at: Mapped[datetime]
    finished_at: Mapped[datetime | None]
