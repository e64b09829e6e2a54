"""Answers, one row each. What they make the engine believe is in the folio: see `minds`."""

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
    PLACEMENT = "placement"


class Answer(Base):
    """What somebody answered, once. `given` keeps the author's keys, so that statistics can be made.

    `predicted` is the chance of being right that the engine saw just before, when it saw one; `seconds` how
    long it took from the showing of the question, when that is known, up to `LONGEST`; `numbers` the version
    of the engine's numbers that learnt from it. `start`, on a person's first answer alone: the ability they
    were taken to have before it, in logits, when their trade said something.

    Of an erased person it keeps neither who, nor the words, the hour or the sitting: see `personal.py`.
    """

    __tablename__ = "answer"
    __table_args__ = (
        UniqueConstraint("context", "context_id", "slot"),
        CheckConstraint("score >= 0 AND score <= 1", name="score_is_a_share"),
        CheckConstraint(
            "context IN ('round', 'check', 'quiz', 'placement')", name="context_is_known"
        ),
        CheckConstraint("predicted >= 0 AND predicted <= 1", name="predicted_is_a_chance"),
        CheckConstraint("seconds >= 0", name="time_runs_forward"),
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
    numbers: Mapped[int] = mapped_column(default=1, server_default="1")
    start: Mapped[float | None]
