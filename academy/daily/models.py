"""One round per person and day, pinned when it is drawn."""

from datetime import date, datetime
from typing import Any

from sqlalchemy import CheckConstraint, ForeignKey, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from academy.database import ID, Base


class Round(Base):
    """What is asked of one person on one day. `answered` counts the slots done, in order."""

    __tablename__ = "daily_round"
    __table_args__ = (
        UniqueConstraint("person_id", "day"),
        CheckConstraint("answered >= 0 AND right_answers <= answered", name="counts_fit"),
    )

    id: Mapped[ID]
    person_id: Mapped[int] = mapped_column(ForeignKey("person.id", ondelete="CASCADE"))
    day: Mapped[date]
    notion: Mapped[str] = mapped_column(String(60))
    questions: Mapped[list[str]]
    seed: Mapped[int]
    release: Mapped[str] = mapped_column(String(12))
    reason: Mapped[str] = mapped_column(String(20))
    recall: Mapped[float | None]
    drawn_at: Mapped[datetime]

    # as it goes
    answered: Mapped[int] = mapped_column(default=0)
    right_answers: Mapped[int] = mapped_column(default=0)
    dont_know: Mapped[int] = mapped_column(default=0)
    fades_in: Mapped[int | None]
    finished_at: Mapped[datetime | None]
    earned: Mapped[dict[str, Any]] = mapped_column(default=dict)


class NotionWord(Base):
    """What somebody said of a notion: they know it already, or it is not for their job. One word each.

    `answers` and `right_answers` are what had been answered when it was said: what comes after confirms.
    """

    __tablename__ = "notion_word"
    __table_args__ = (CheckConstraint("word IN ('known', 'not_mine')", name="word_is_known"),)

    person_id: Mapped[int] = mapped_column(
        ForeignKey("person.id", ondelete="CASCADE"), primary_key=True
    )
    notion: Mapped[str] = mapped_column(String(60), primary_key=True)
    word: Mapped[str] = mapped_column(String(10))
    at: Mapped[datetime]
    answers: Mapped[int] = mapped_column(default=0)
    right_answers: Mapped[int] = mapped_column(default=0)
