"""Private: what somebody thinks of those they met, and whom they would rather not meet."""

from datetime import datetime
from enum import StrEnum

from sqlalchemy import CheckConstraint, ForeignKey, Index, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from academy.database import ID, Base

LONGEST_NOTE = 300


class Liking(StrEnum):
    """The ten-second ballot after a one-to-one."""

    GLADLY = "gladly"
    FINE = "fine"
    RATHER_NOT = "rather_not"


class Avoidance(Base):
    """Somebody does not want to sit with somebody else in a speed meeting; nobody else ever reads it."""

    __tablename__ = "mentoring_avoidance"
    __table_args__ = (
        UniqueConstraint("programme_id", "person_id", "other_id"),
        CheckConstraint("person_id <> other_id", name="takes_two"),
        Index("ix_mentoring_avoidance_person_id", "person_id"),
        Index("ix_mentoring_avoidance_other_id", "other_id"),
    )

    id: Mapped[ID]
    programme_id: Mapped[int] = mapped_column(
        ForeignKey("mentoring_programme.id", ondelete="CASCADE")
    )
    person_id: Mapped[int] = mapped_column(ForeignKey("person.id", ondelete="CASCADE"))
    other_id: Mapped[int] = mapped_column(ForeignKey("person.id", ondelete="CASCADE"))
    at: Mapped[datetime]


class Wish(Base):
    """What a person thinks of somebody they met; `side` is the person's own.

    `rank` counts from 1, the dearest; several may have the same. No rank and no veto means "fine".
    """

    __tablename__ = "mentoring_wish"
    __table_args__ = (
        UniqueConstraint("programme_id", "person_id", "other_id"),
        CheckConstraint("person_id <> other_id", name="takes_two"),
        CheckConstraint("side IN ('mentor', 'mentee')", name="side_is_known"),
        CheckConstraint(
            "liking IS NULL OR liking IN ('gladly', 'fine', 'rather_not')", name="liking_is_known"
        ),
        CheckConstraint("rank IS NULL OR rank > 0", name="ranks_count_from_one"),
        CheckConstraint("NOT veto OR rank IS NULL", name="who_is_refused_has_no_rank"),
        Index("ix_mentoring_wish_person_id", "person_id"),
        Index("ix_mentoring_wish_other_id", "other_id"),
    )

    id: Mapped[ID]
    programme_id: Mapped[int] = mapped_column(
        ForeignKey("mentoring_programme.id", ondelete="CASCADE")
    )
    person_id: Mapped[int] = mapped_column(ForeignKey("person.id", ondelete="CASCADE"))
    other_id: Mapped[int] = mapped_column(ForeignKey("person.id", ondelete="CASCADE"))
    side: Mapped[str] = mapped_column(String(6))
    liking: Mapped[str | None] = mapped_column(String(10))
    note: Mapped[str] = mapped_column(String(LONGEST_NOTE), default="")
    rank: Mapped[int | None]
    veto: Mapped[bool] = mapped_column(default=False)
    changed_at: Mapped[datetime]


class Ballot(Base):
    """One person's wishes as a whole. `version` grows with each save: two tabs do not undo one another."""

    __tablename__ = "mentoring_ballot"
    __table_args__ = (
        UniqueConstraint("programme_id", "person_id"),
        Index("ix_mentoring_ballot_person_id", "person_id"),
    )

    id: Mapped[ID]
    programme_id: Mapped[int] = mapped_column(
        ForeignKey("mentoring_programme.id", ondelete="CASCADE")
    )
    person_id: Mapped[int] = mapped_column(ForeignKey("person.id", ondelete="CASCADE"))
    version: Mapped[int] = mapped_column(default=1)
    saved_at: Mapped[datetime]
    handed_in_at: Mapped[datetime | None]
    reminded_at: Mapped[datetime | None]
