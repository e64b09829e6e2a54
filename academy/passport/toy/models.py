"""The figure somebody chose, and which of their awards are on paper."""

from datetime import datetime

from sqlalchemy import CheckConstraint, ForeignKey, String
from sqlalchemy.orm import Mapped, mapped_column

from academy.database import Base

ON_THE_FIGURE = 0


class PaperToy(Base):
    """One figure each. No awards named: the most precious go on it."""

    __tablename__ = "paper_toy"

    person_id: Mapped[int] = mapped_column(
        ForeignKey("person.id", ondelete="CASCADE"), primary_key=True, autoincrement=False
    )
    character: Mapped[str] = mapped_column(String(20))
    colour: Mapped[str] = mapped_column(String(20))
    paper: Mapped[str] = mapped_column(String(20))
    awards: Mapped[list[str]]
    chosen_at: Mapped[datetime]


class PrintedAward(Base):
    """Where an award was first printed: on the figure, or on which sheet of stickers."""

    __tablename__ = "printed_award"
    __table_args__ = (CheckConstraint("sheet >= 0", "sheet_is_numbered"),)

    person_id: Mapped[int] = mapped_column(
        ForeignKey("person.id", ondelete="CASCADE"), primary_key=True, autoincrement=False
    )
    award: Mapped[str] = mapped_column(String(60), primary_key=True)
    sheet: Mapped[int]
    printed_at: Mapped[datetime]
