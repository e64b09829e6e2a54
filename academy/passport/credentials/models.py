"""What was issued as a signed file, and the public keys that signed."""

from datetime import datetime
from enum import StrEnum
from typing import Any

from sqlalchemy import CheckConstraint, ForeignKey, Index, String, Text, text
from sqlalchemy.orm import Mapped, mapped_column

from academy.database import ID, Base


class Standing(StrEnum):
    VALID = "valid"
    REPLACED = "replaced"
    REVOKED = "revoked"


class SigningKey(Base):
    """A public key that signed something; withdrawn, nothing it signed is believed any more."""

    __tablename__ = "signing_key"

    kid: Mapped[str] = mapped_column(String(16), primary_key=True)
    kind: Mapped[str] = mapped_column(String(10))
    pem: Mapped[str] = mapped_column(Text)
    since: Mapped[datetime]
    withdrawn_at: Mapped[datetime | None]


class Credential(Base):
    """A badge, a visa or a passport that its holder took as a file.

    Its number is its place on the status list. `said` is what it says, word for word;
    `subject` what it is about: `award:flawless`, `passport:7`.
    """

    __tablename__ = "credential"
    __table_args__ = (
        CheckConstraint("standing IN ('valid', 'replaced', 'revoked')", name="standing_is_known"),
        CheckConstraint("(standing = 'valid') = (ended_at IS NULL)", name="ends_when_it_ends"),
        Index(
            "uq_credential_valid",
            "person_id",
            "subject",
            unique=True,
            sqlite_where=text("standing = 'valid'"),
            postgresql_where=text("standing = 'valid'"),
        ),
        Index("ix_credential_subject", "subject"),
        {"sqlite_autoincrement": True},
    )

    id: Mapped[ID]
    ref: Mapped[str] = mapped_column(String(22), unique=True, insert_sentinel=True)
    person_id: Mapped[int | None] = mapped_column(
        ForeignKey("person.id", ondelete="SET NULL"), index=True
    )
    subject: Mapped[str] = mapped_column(String(80))
    award: Mapped[str] = mapped_column(String(60))
    standing: Mapped[str] = mapped_column(String(10), default=Standing.VALID)
    since: Mapped[datetime]
    issued_at: Mapped[datetime]
    said: Mapped[dict[str, Any]]
    ended_at: Mapped[datetime | None]
    end_reason: Mapped[str] = mapped_column(String(200), default="")
