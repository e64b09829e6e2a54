"""One round per person and day, pinned when it is drawn."""

from datetime import date, datetime
from typing import Any

from sqlalchemy import CheckConstraint, ForeignKey, Index, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from academy.database import ID, Base, Json

POLICY = "expected-gain"
"""What adds most to what will be known, a small share by lot (docs/decisions/027-choosing.md)."""


class Round(Base):
    """What is asked of one person on one day. `answered` counts the slots done, in order.

    `policy` names the way it was chosen, `choices` what it is about and why: see `choices.Chosen`; `notion`
    is the first of it. `shown` is the last slot put before the person, first at `shown_at`.
    """

    __tablename__ = "daily_round"
    __table_args__ = (
        UniqueConstraint("person_id", "day"),
        Index("ix_daily_round_day", "day"),
        CheckConstraint("answered >= 0 AND right_answers <= answered", name="counts_fit"),
    )

    id: Mapped[ID]
    person_id: Mapped[int] = mapped_column(ForeignKey("person.id", ondelete="CASCADE"))
    day: Mapped[date]
    notion: Mapped[str] = mapped_column(String(60))
    questions: Mapped[list[str]]
    seed: Mapped[int]
    release: Mapped[str] = mapped_column(String(12))
    choices: Mapped[list[dict[str, Any]]] = mapped_column(Json)
    drawn_at: Mapped[datetime]
    policy: Mapped[str] = mapped_column(String(20), default=POLICY, server_default=POLICY)

    # as it goes
    shown: Mapped[int] = mapped_column(default=0, server_default="0")
    shown_at: Mapped[datetime | None]
    answered: Mapped[int] = mapped_column(default=0)
    right_answers: Mapped[int] = mapped_column(default=0)
    dont_know: Mapped[int] = mapped_column(default=0)
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
