"""What is kept: of a large group and one theme or notion, how many met it and how many know it."""

from datetime import date

from sqlalchemy import ForeignKey, String
from sqlalchemy.orm import Mapped, mapped_column

from academy.database import Base

LEAST = 20
"""Nothing is told of what fewer people know."""
THEME, NOTION = "theme:", "notion:"


class HrKnowledge(Base):
    """Of an entity with all under it: how many met this `subject`, and know it; both rounded.

    A subject is `theme:` or `notion:` and its key; of a theme, met and known are its notions, each counted
    for each person.
    """

    __tablename__ = "hr_knowledge"

    day: Mapped[date] = mapped_column(primary_key=True)
    entity_id: Mapped[int] = mapped_column(
        ForeignKey("entity.id", ondelete="CASCADE"), primary_key=True
    )
    subject: Mapped[str] = mapped_column(String(70), primary_key=True)
    met: Mapped[int]
    known: Mapped[int]
