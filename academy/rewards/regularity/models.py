"""The longest row of each person, so that it stays theirs when its days are long past."""

from datetime import date

from sqlalchemy import CheckConstraint, ForeignKey
from sqlalchemy.orm import Mapped, mapped_column

from academy.database import Base


class LongestRow(Base):
    """The most working days in a row somebody ever had, and the last of them. It only grows."""

    __tablename__ = "longest_row"
    __table_args__ = (CheckConstraint("length > 0", name="has_days"),)

    person_id: Mapped[int] = mapped_column(
        ForeignKey("person.id", ondelete="CASCADE"), primary_key=True
    )
    length: Mapped[int]
    until: Mapped[date]
