"""Answers, one row each, and what is believed of each notion in each head."""

from datetime import datetime
from enum import StrEnum
from typing import Any

from sqlalchemy import CheckConstraint, ForeignKey, Index, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from academy.database import ID, Base, BigId


class Context(StrEnum):
    """Where a question was asked; with its number and slot it names one answer."""

    ROUND = "round"
    CHECK = "check"
    QUIZ = "quiz"


class Answer(Base):
    """What somebody answered, once. `given` keeps the author's keys, so that statistics can be made.

    Of an erased person it keeps neither who, nor the words, the hour or the sitting: see `personal.py`.
    """

    __tablename__ = "answer"
    __table_args__ = (
        UniqueConstraint("context", "context_id", "slot"),
        CheckConstraint("score >= 0 AND score <= 1", name="score_is_a_share"),
        CheckConstraint("context IN ('round', 'check', 'quiz')", name="context_is_known"),
        Index("ix_answer_person_at", "person_id", "at"),
    )

    id: Mapped[ID]
    person_id: Mapped[int | None] = mapped_column(ForeignKey("person.id", ondelete="SET NULL"))
    context: Mapped[str] = mapped_column(String(10))
    context_id: Mapped[int] = mapped_column(BigId)
    slot: Mapped[int]
    question: Mapped[str] = mapped_column(String(80))
    notion: Mapped[str] = mapped_column(String(60))
    release: Mapped[str] = mapped_column(String(12))
    given: Mapped[dict[str, Any]]
    right: Mapped[bool]
    score: Mapped[float]
    dont_know: Mapped[bool]
    at: Mapped[datetime]
    predicted: Mapped[float | None]
    seconds: Mapped[float | None]


class Memory(Base):
    """The engine's state of one notion in one head: at most one row per person and notion."""

    __tablename__ = "memory"
    __table_args__ = (CheckConstraint("answers >= right_answers", name="right_is_within"),)

    person_id: Mapped[int] = mapped_column(
        ForeignKey("person.id", ondelete="CASCADE"), primary_key=True
    )
    notion: Mapped[str] = mapped_column(String(60), primary_key=True)
    stability: Mapped[float]
    difficulty: Mapped[float]
    last_at: Mapped[datetime]
    fades_at: Mapped[datetime]
    answers: Mapped[int]
    right_answers: Mapped[int]
    asked: Mapped[dict[str, Any]]
