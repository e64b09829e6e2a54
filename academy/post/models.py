"""The outbox, and the box in which the demonstration's mail lands."""

from datetime import datetime
from typing import Any

from sqlalchemy import CheckConstraint, ForeignKey, Index, String, text
from sqlalchemy.orm import Mapped, mapped_column

from academy.database import ID, Base

WAITING = text("done_at IS NULL AND dead_at IS NULL")


class Letter(Base):
    """Something that must happen after the commit, written in the transaction of its cause.

    It is waiting until it is `done_at`, or `dead_at` when it was given up. While `lease` names a batch
    and `leased_until` has not passed, it belongs to one worker. `sending_at` is set just before a try
    and taken away after one that failed: on a letter whose lease ran out, it says that a worker died
    in the middle, so that the letter may have left already.

    A letter `about` a person goes when the person goes; what it said goes as soon as it is done.
    """

    __tablename__ = "letter"
    __table_args__ = (
        CheckConstraint("done_at IS NULL OR dead_at IS NULL", name="ends_once"),
        CheckConstraint("(lease IS NULL) = (leased_until IS NULL)", name="lease_has_an_end"),
        Index("ix_letter_due", "due_at", "id", sqlite_where=WAITING, postgresql_where=WAITING),
    )

    id: Mapped[ID]
    kind: Mapped[str] = mapped_column(String(40))
    payload: Mapped[dict[str, Any]]
    once: Mapped[str] = mapped_column(String(200), unique=True)
    about: Mapped[int | None] = mapped_column(
        ForeignKey("person.id", ondelete="CASCADE"), index=True
    )
    due_at: Mapped[datetime]
    lease: Mapped[str | None] = mapped_column(String(32))
    leased_until: Mapped[datetime | None]
    sending_at: Mapped[datetime | None]
    tries: Mapped[int] = mapped_column(default=0)
    done_at: Mapped[datetime | None] = mapped_column(index=True)
    dead_at: Mapped[datetime | None]
    failure: Mapped[str] = mapped_column(String(300), default="")


class PostedMail(Base):
    """A mail of the demonstration, kept to be read in the mailbox instead of being sent."""

    __tablename__ = "posted_mail"

    id: Mapped[ID]
    once: Mapped[str] = mapped_column(String(200), unique=True)
    about: Mapped[int | None] = mapped_column(
        ForeignKey("person.id", ondelete="CASCADE"), index=True
    )
    address: Mapped[str] = mapped_column(String(254))
    language: Mapped[str] = mapped_column(String(2))
    subject: Mapped[str] = mapped_column(String(300))
    text: Mapped[str]
    html: Mapped[str]
    posted_at: Mapped[datetime]
