"""One placement per person and half-year, each scene pinned when it is drawn."""

from datetime import datetime
from typing import Any

from sqlalchemy import CheckConstraint, ForeignKey, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from academy.database import ID, Base, Json


class Voyage(Base):
    """A voyage. `steps` are its scenes so far, in order; the last one may still be open.

    Each step keeps what the estimate needs (see `placing.Step`), so that a question withdrawn later
    takes nothing away.
    """

    __tablename__ = "voyage"
    __table_args__ = (
        UniqueConstraint("person_id", "number"),
        CheckConstraint("answered >= 0", name="answered_is_a_count"),
        CheckConstraint("number >= 1", name="number_starts_at_one"),
    )

    id: Mapped[ID]
    person_id: Mapped[int] = mapped_column(ForeignKey("person.id", ondelete="CASCADE"))
    number: Mapped[int]
    seed: Mapped[int]
    opened_at: Mapped[datetime]

    # as it goes
    steps: Mapped[list[dict[str, Any]]] = mapped_column(Json, default=list)
    answered: Mapped[int] = mapped_column(default=0)
    put_off_at: Mapped[datetime | None]
    finished_at: Mapped[datetime | None]
    earned: Mapped[dict[str, Any]] = mapped_column(default=dict)
