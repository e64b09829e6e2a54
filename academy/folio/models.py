"""What is derived from a person's answers and deeds, kept in one row. All of it can be made anew."""

from typing import Any

from sqlalchemy import CheckConstraint, ForeignKey, LargeBinary
from sqlalchemy.orm import Mapped, mapped_column

from academy.database import Base


class Folio(Base):
    """A person's page in the big book.

    `mind` is what the engine believes, packed (`mastery.minds`); NULL asks for it to be made from the
    answers. `tallies` and `awards` are what the award rules read. Of stars and keys there is what was ever
    earned, which never falls, and what is left: spend with `UPDATE ... WHERE stars >= price`.
    """

    __tablename__ = "folio"
    __table_args__ = (
        CheckConstraint("points >= 0", name="points_add_up"),
        CheckConstraint("stars >= 0 AND stars <= stars_ever", name="stars_were_earned"),
        CheckConstraint("keys >= 0 AND keys <= keys_ever", name="keys_were_earned"),
    )

    person_id: Mapped[int] = mapped_column(
        ForeignKey("person.id", ondelete="CASCADE"), primary_key=True
    )
    points: Mapped[int] = mapped_column(default=0)
    stars: Mapped[int] = mapped_column(default=0)
    keys: Mapped[int] = mapped_column(default=0)
    stars_ever: Mapped[int] = mapped_column(default=0)
    keys_ever: Mapped[int] = mapped_column(default=0)
    tallies: Mapped[dict[str, Any]] = mapped_column(default=dict)
    awards: Mapped[list[str]] = mapped_column(default=list)
    mind: Mapped[bytes | None] = mapped_column(LargeBinary)
