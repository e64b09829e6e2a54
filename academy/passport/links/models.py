"""What a holder lets be seen, where, and until when."""

from datetime import datetime

from sqlalchemy import ForeignKey, Index, String, text
from sqlalchemy.orm import Mapped, mapped_column

from academy.database import ID, Base

LONGEST_LABEL = 60


class PassportLink(Base):
    """A code of its own that shows a passport in part; without a code, what the passport's own code shows."""

    __tablename__ = "passport_link"
    __table_args__ = (
        Index(
            "uq_passport_link_own",
            "person_id",
            unique=True,
            sqlite_where=text("code IS NULL"),
            postgresql_where=text("code IS NULL"),
        ),
    )

    id: Mapped[ID]
    person_id: Mapped[int] = mapped_column(ForeignKey("person.id", ondelete="CASCADE"), index=True)
    code: Mapped[str | None] = mapped_column(String(12), unique=True)
    once: Mapped[str | None] = mapped_column(String(32), unique=True)
    label: Mapped[str] = mapped_column(String(LONGEST_LABEL), default="")
    shows_entity: Mapped[bool]
    shows_visas: Mapped[bool]
    shows_awards: Mapped[bool]
    made_at: Mapped[datetime]
    ends_at: Mapped[datetime | None]
    withdrawn_at: Mapped[datetime | None]
