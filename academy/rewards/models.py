"""The ledger and the awards granted. What they add up to is in the folio."""

from datetime import date, datetime
from typing import Any

from sqlalchemy import CheckConstraint, ForeignKey, Index, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from academy.database import ID, Base, BigId, Json

REASON = 200


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
    """An award somebody holds, with the version of its rule and the deed that earned it.

    `evidence` holds some of the deeds that count for it (`evidence.MOST` at most), as they were. Once
    withdrawn it is not held any more, and stays here with the reason: it is not earned a second time.
    """

    __tablename__ = "award_grant"
    __table_args__ = (
        UniqueConstraint("person_id", "award"),
        CheckConstraint(
            "(revoked_at IS NULL) = (revoked_reason = '')", name="revoked_for_a_reason"
        ),
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
    evidence: Mapped[list[dict[str, Any]]] = mapped_column(Json, default=list)
    revoked_at: Mapped[datetime | None]
    revoked_reason: Mapped[str] = mapped_column(String(REASON), default="")


class AwardVersion(Base):
    """A rule that was in force: what it asked for, in both languages, and since when it is known."""

    __tablename__ = "award_version"
    __table_args__ = (
        UniqueConstraint("award", "version"),
        UniqueConstraint("award", "number"),
        CheckConstraint("number >= 1", name="counts_from_one"),
    )

    id: Mapped[ID]
    award: Mapped[str] = mapped_column(String(60))
    version: Mapped[str] = mapped_column(String(12))
    number: Mapped[int]
    asks: Mapped[dict[str, Any]]
    points: Mapped[int]
    known_at: Mapped[datetime]


class AwardRound(Base):
    """One walk past everybody, to grant what new rules bring to those who have deserved it already.

    `reached` is the number of the last person looked at: whoever goes on, goes on from there.
    """

    __tablename__ = "award_round"
    __table_args__ = (CheckConstraint("people >= 0 AND granted >= 0", name="counts_up"),)

    id: Mapped[ID]
    awards: Mapped[str] = mapped_column(String(12))
    reached: Mapped[int] = mapped_column(BigId, default=0)
    people: Mapped[int] = mapped_column(default=0)
    granted: Mapped[int] = mapped_column(default=0)
    begun_at: Mapped[datetime]
    ended_at: Mapped[datetime | None]
