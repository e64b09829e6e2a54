"""One row per act that counts; never deleted, and changed by erasure alone: see `personal.py`."""

from datetime import date, datetime
from typing import Any

from sqlalchemy import ForeignKey, Index, String
from sqlalchemy.orm import Mapped, mapped_column

from academy.database import ID, Base
from academy.deeds.verbs import Verb as Verb


class Deed(Base):
    """Who did what to which subject, when, with what result. `once` makes a repeat harmless."""

    __tablename__ = "deed"
    __table_args__ = (Index("ix_deed_person_at", "person_id", "at"),)

    id: Mapped[ID]
    person_id: Mapped[int | None] = mapped_column(ForeignKey("person.id", ondelete="SET NULL"))
    verb: Mapped[str] = mapped_column(String(30))
    subject: Mapped[str] = mapped_column(String(80))
    theme: Mapped[str | None] = mapped_column(String(60))
    at: Mapped[datetime]
    day: Mapped[date]
    result: Mapped[dict[str, Any]] = mapped_column(default=dict)
    once: Mapped[str] = mapped_column(String(160), unique=True)
