"""Checks and quizzes somebody sat, where they stand with each lesson and module, what they keep for later."""

from datetime import date, datetime
from enum import StrEnum
from typing import Any

from sqlalchemy import CheckConstraint, ForeignKey, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from academy.database import ID, Base


class Kind(StrEnum):
    CHECK = "check"
    QUIZ = "quiz"


class Attempt(Base):
    """One sitting of a lesson's check or of a module's quiz: its questions are pinned when it opens."""

    __tablename__ = "attempt"
    __table_args__ = (
        UniqueConstraint("person_id", "kind", "subject", "number"),
        CheckConstraint("kind IN ('check', 'quiz')", name="kind_is_known"),
        CheckConstraint("per_cent IS NULL OR per_cent BETWEEN 0 AND 100", name="score_is_percent"),
        CheckConstraint(
            "(submitted_at IS NULL) = (per_cent IS NULL)", name="a_score_when_submitted"
        ),
    )

    id: Mapped[ID]
    person_id: Mapped[int] = mapped_column(ForeignKey("person.id", ondelete="CASCADE"))
    kind: Mapped[str] = mapped_column(String(10))
    subject: Mapped[str] = mapped_column(String(60))
    number: Mapped[int]
    questions: Mapped[list[str]]
    seed: Mapped[int]
    release: Mapped[str] = mapped_column(String(12))
    started_at: Mapped[datetime]

    # once submitted
    submitted_at: Mapped[datetime | None]
    right: Mapped[int | None]
    per_cent: Mapped[int | None]
    passed: Mapped[bool | None]
    earned: Mapped[dict[str, Any]] = mapped_column(default=dict)


class Standing(Base):
    """Where a person stands with one lesson (its check) or one module (its quiz)."""

    __tablename__ = "standing"

    person_id: Mapped[int] = mapped_column(
        ForeignKey("person.id", ondelete="CASCADE"), primary_key=True
    )
    kind: Mapped[str] = mapped_column(String(10), primary_key=True)
    subject: Mapped[str] = mapped_column(String(60), primary_key=True)
    tries: Mapped[int]
    best: Mapped[int]
    passed: Mapped[bool]
    last_on: Mapped[date]
    tries_that_day: Mapped[int]
    last_questions: Mapped[list[str]]


class Bookmark(Base):
    """A lesson somebody keeps for later."""

    __tablename__ = "bookmark"

    person_id: Mapped[int] = mapped_column(
        ForeignKey("person.id", ondelete="CASCADE"), primary_key=True
    )
    lesson: Mapped[str] = mapped_column(String(60), primary_key=True)
    at: Mapped[datetime]
