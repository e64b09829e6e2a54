"""One round per person and day, pinned when it is drawn."""

from datetime import date, datetime
from typing import Any

from sqlalchemy import CheckConstraint, ForeignKey, String, UniqueConstraint, false
from sqlalchemy.orm import Mapped, mapped_column

from academy.database import ID, Base

FIRST = "fading-first"
"""The policy of the first engine: the same facts always give the same choice."""


class Round(Base):
    """What is asked of one person on one day. `answered` counts the slots done, in order.

    `policy` names the way it was chosen, `propensity` how likely that way was to choose this notion, `random`
    whether chance decided. `shown` is the last slot put before the person, first at `shown_at`.
    """

    __tablename__ = "daily_round"
    __table_args__ = (
        UniqueConstraint("person_id", "day"),
        CheckConstraint("answered >= 0 AND right_answers <= answered", name="counts_fit"),
        CheckConstraint("propensity > 0 AND propensity <= 1", name="propensity_is_a_chance"),
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
    policy: Mapped[str] = mapped_column(String(20), default=FIRST, server_default=FIRST)
    propensity: Mapped[float] = mapped_column(default=1.0, server_default="1")
    random: Mapped[bool] = mapped_column(default=False, server_default=false())

    # as it goes
    shown: Mapped[int] = mapped_column(default=0, server_default="0")
    shown_at: Mapped[datetime | None]
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
