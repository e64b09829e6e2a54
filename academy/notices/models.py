"""What people are told, how they want to be told, and when they are next to be reminded."""

from datetime import date, datetime, time
from typing import Any

from sqlalchemy import CheckConstraint, ForeignKey, Index, String, Time, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column

from academy.database import ID, Base, BigId
from academy.notices.quiet import UNCHOSEN
from academy.notices.reminders.rhythm import HOUR

UNREAD = "read_at IS NULL"
GATHERED = text(f"{UNREAD} AND topic <> ''")
MINE = "person.id"


class Notice(Base):
    """Somebody is told something, in facts: the words are found when it is shown, in their language.

    While it is unread, what happens to the same `topic` is counted on it: `number` is the latest of
    these happenings. How many are unread is kept on the person (`Person.unread`).
    """

    __tablename__ = "notice"
    __table_args__ = (
        UniqueConstraint("person_id", "once"),
        CheckConstraint("count > 0", name="tells_something"),
        Index("ix_notice_person_id_at", "person_id", "at", "id"),
        Index(
            "uq_notice_topic",
            *("person_id", "kind", "topic"),
            unique=True,
            sqlite_where=GATHERED,
            postgresql_where=GATHERED,
        ),
    )

    id: Mapped[ID]
    person_id: Mapped[int] = mapped_column(ForeignKey(MINE, ondelete="CASCADE"))
    kind: Mapped[str] = mapped_column(String(20))
    data: Mapped[dict[str, Any]]
    actor_id: Mapped[int | None] = mapped_column(ForeignKey(MINE, ondelete="SET NULL"), index=True)
    topic: Mapped[str] = mapped_column(String(60), default="")
    number: Mapped[int] = mapped_column(BigId, default=0)
    count: Mapped[int] = mapped_column(default=1)
    once: Mapped[str] = mapped_column(String(100))
    at: Mapped[datetime] = mapped_column(index=True)
    read_at: Mapped[datetime | None]


class Wishes(Base):
    """How somebody wants to be told. `mail` holds the kinds they decided about, true or false."""

    __tablename__ = "notice_wishes"

    person_id: Mapped[int] = mapped_column(
        ForeignKey(MINE, ondelete="CASCADE"), primary_key=True, autoincrement=False
    )
    mail: Mapped[dict[str, Any]] = mapped_column(default=dict)
    quiet_from: Mapped[time] = mapped_column(Time, default=UNCHOSEN.begins)
    quiet_to: Mapped[time] = mapped_column(Time, default=UNCHOSEN.ends)


class Reminder(Base):
    """When somebody is next to be reminded of their minute, and how it went so far (see `rhythm`).

    `next_at` was reckoned in `zone`; without it nothing is planned yet, or any more.
    """

    __tablename__ = "reminder"
    __table_args__ = (
        CheckConstraint("wanted OR next_at IS NULL", name="stops_when_stopped"),
        CheckConstraint("ignored >= 0", name="ignored_is_a_count"),
    )

    person_id: Mapped[int] = mapped_column(
        ForeignKey(MINE, ondelete="CASCADE"), primary_key=True, autoincrement=False
    )
    wanted: Mapped[bool] = mapped_column(default=True)
    hour: Mapped[time] = mapped_column(Time, default=HOUR)
    zone: Mapped[str] = mapped_column(String(60), default="")
    next_at: Mapped[datetime | None] = mapped_column(index=True)
    last_on: Mapped[date | None]
    ignored: Mapped[int] = mapped_column(default=0)
    weekly: Mapped[bool] = mapped_column(default=False)


class TeamDigest(Base):
    """Somebody who manages people asked for the week of their team; stopped, there is no next one."""

    __tablename__ = "team_digest"

    person_id: Mapped[int] = mapped_column(
        ForeignKey(MINE, ondelete="CASCADE"), primary_key=True, autoincrement=False
    )
    next_at: Mapped[datetime | None] = mapped_column(index=True)
