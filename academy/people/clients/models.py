"""What is kept of any system that may speak to the academy."""

from datetime import date, datetime

from sqlalchemy import ForeignKey, String
from sqlalchemy.orm import Mapped, mapped_column

from academy.database import ID

LONGEST_NAME = 80


class Client:
    """Of its token only a print is kept. `once` names the form that made it, so that it counts once."""

    id: Mapped[ID]
    name: Mapped[str] = mapped_column(String(LONGEST_NAME))
    token_print: Mapped[str] = mapped_column(String(64), unique=True)
    hint: Mapped[str] = mapped_column(String(8))
    once: Mapped[str] = mapped_column(String(32), unique=True)
    made_at: Mapped[datetime]
    made_by: Mapped[int | None] = mapped_column(
        ForeignKey("person.id", ondelete="SET NULL"), index=True
    )
    ends_on: Mapped[date]
    revoked_at: Mapped[datetime | None]

    def state(self, today: date) -> str:
        """live, over or revoked."""
        if self.revoked_at is not None:
            return "revoked"
        return "live" if self.ends_on >= today else "over"
