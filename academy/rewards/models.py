"""The ledger and the awards granted. What they add up to is in the folio."""

from datetime import date, datetime

from sqlalchemy import CheckConstraint, ForeignKey, Index, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from academy.database import ID, Base


class LedgerEntry(Base):
    """What one deed paid in one currency."""

    __tablename__ = "ledger_entry"
    __table_args__ = (
        UniqueConstraint("deed_id", "currency"),
        CheckConstraint("amount > 0", name="pays_something"),
        CheckConstraint("currency IN ('point', 'star', 'key')", name="currency_is_known"),
    )

    id: Mapped[ID]
    person_id: Mapped[int] = mapped_column(ForeignKey("person.id", ondelete="CASCADE"), index=True)
    deed_id: Mapped[int] = mapped_column(ForeignKey("deed.id", ondelete="CASCADE"))
    currency: Mapped[str] = mapped_column(String(10))
    amount: Mapped[int]


class Grant(Base):
    """An award somebody holds, with the version of its rule and the deed that earned it."""

    __tablename__ = "award_grant"
    __table_args__ = (
        UniqueConstraint("person_id", "award"),
        Index("ix_award_grant_award", "award"),
    )

    id: Mapped[ID]
    person_id: Mapped[int] = mapped_column(ForeignKey("person.id", ondelete="CASCADE"))
    award: Mapped[str] = mapped_column(String(60))
    version: Mapped[str] = mapped_column(String(12))
    deed_id: Mapped[int] = mapped_column(ForeignKey("deed.id", ondelete="CASCADE"))
    granted_at: Mapped[datetime]
    granted_on: Mapped[date]
    place: Mapped[str] = mapped_column(String(120), default="")
