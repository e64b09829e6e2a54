"""What was certified, word for word, so that it can be shown again exactly."""

from datetime import date, datetime
from enum import StrEnum
from typing import Any

from sqlalchemy import CheckConstraint, ForeignKey, Index, String, text
from sqlalchemy.orm import Mapped, mapped_column

from academy.database import ID, Base


class Status(StrEnum):
    VALID = "valid"
    REPLACED = "replaced"
    REVOKED = "revoked"


ERASED = "erased at the holder's request"
"""Why a passport ended, when its holder asked to be forgotten."""


class Certificate(Base):
    """One issue of somebody's passport. `certified` holds what it attests, in both languages."""

    __tablename__ = "certificate"
    __table_args__ = (
        CheckConstraint("status IN ('valid', 'replaced', 'revoked')", name="status_is_known"),
        CheckConstraint(
            "(status = 'replaced') = (replaced_by IS NOT NULL)", name="replaced_by_one"
        ),
        Index(
            "uq_certificate_valid",
            "person_id",
            unique=True,
            sqlite_where=text("status = 'valid'"),
            postgresql_where=text("status = 'valid'"),
        ),
    )

    id: Mapped[ID]
    person_id: Mapped[int | None] = mapped_column(
        ForeignKey("person.id", ondelete="SET NULL"), index=True
    )
    code: Mapped[str] = mapped_column(String(12), unique=True)
    status: Mapped[str] = mapped_column(String(10), default=Status.VALID)
    issued_at: Mapped[datetime]
    issued_on: Mapped[date]
    certified: Mapped[dict[str, Any]]
    replaced_by: Mapped[str | None] = mapped_column(String(12))
    ended_at: Mapped[datetime | None]
    end_reason: Mapped[str] = mapped_column(String(200), default="")
