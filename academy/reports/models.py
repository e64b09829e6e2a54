"""What was reported about the content, and what the authors decided."""

from datetime import datetime

from sqlalchemy import CheckConstraint, ForeignKey, Index, String, text
from sqlalchemy.orm import Mapped, mapped_column

from academy.database import ID, Base

LONGEST_WORDS = 1000
OPEN = "decision_id IS NULL"


class Problem(Base):
    """Somebody says that something is wrong with a lesson or a question. It is open until it has a decision.

    `edition` counts the times it was written: an author decides on what they have read.
    """

    __tablename__ = "problem"
    __table_args__ = (
        CheckConstraint("kind IN ('lesson', 'question')", name="kind_is_known"),
        CheckConstraint(
            "trouble IN ('wrong', 'unclear', 'outdated', 'language', 'access', 'other')",
            name="trouble_is_known",
        ),
        Index(
            "uq_problem_open",
            "person_id",
            "kind",
            "subject",
            unique=True,
            sqlite_where=text(OPEN),
            postgresql_where=text(OPEN),
        ),
        Index(
            "ix_problem_open",
            "kind",
            "subject",
            "id",
            sqlite_where=text(OPEN),
            postgresql_where=text(OPEN),
        ),
        Index("ix_problem_person_id_id", "person_id", "id"),
    )

    id: Mapped[ID]
    person_id: Mapped[int | None] = mapped_column(ForeignKey("person.id", ondelete="SET NULL"))
    kind: Mapped[str] = mapped_column(String(10))
    subject: Mapped[str] = mapped_column(String(60))
    release: Mapped[str] = mapped_column(String(12))
    language: Mapped[str] = mapped_column(String(2))
    trouble: Mapped[str] = mapped_column(String(10))
    words: Mapped[str] = mapped_column(String(LONGEST_WORDS), default="")
    at: Mapped[datetime]
    edition: Mapped[int] = mapped_column(default=1)
    decision_id: Mapped[int | None] = mapped_column(ForeignKey("problem_decision.id"), index=True)


class Decision(Base):
    """What an author answered to some reports on one subject. `release` was in force then."""

    __tablename__ = "problem_decision"
    __table_args__ = (
        CheckConstraint("kind IN ('lesson', 'question')", name="kind_is_known"),
        CheckConstraint("outcome IN ('mended', 'dismissed')", name="outcome_is_known"),
        Index("ix_problem_decision_subject", "kind", "subject", "id"),
    )

    id: Mapped[ID]
    kind: Mapped[str] = mapped_column(String(10))
    subject: Mapped[str] = mapped_column(String(60))
    outcome: Mapped[str] = mapped_column(String(10))
    note: Mapped[str] = mapped_column(String(LONGEST_WORDS))
    release: Mapped[str] = mapped_column(String(12))
    at: Mapped[datetime]
    person_id: Mapped[int | None] = mapped_column(
        ForeignKey("person.id", ondelete="SET NULL"), index=True
    )
    answered: Mapped[int]
    reopened_at: Mapped[datetime | None]
