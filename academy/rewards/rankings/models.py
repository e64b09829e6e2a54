"""Who takes part in the rankings, and how many took part in each entity. Counted at night."""

from datetime import date, datetime

from sqlalchemy import CheckConstraint, ForeignKey, Index, String
from sqlalchemy.orm import Mapped, mapped_column

from academy.database import Base


class Entrant(Base):
    """Somebody who asked to be seen by others who asked; the row goes when they no longer wish it.

    `points` are those of the month that begins on `month`, as they were counted last.
    """

    __tablename__ = "ranking_entrant"
    __table_args__ = (
        CheckConstraint("points >= 0", name="points_add_up"),
        Index("ix_ranking_entrant_around", "month", "points", "person_id"),
    )

    person_id: Mapped[int] = mapped_column(
        ForeignKey("person.id", ondelete="CASCADE"), primary_key=True
    )
    joined_at: Mapped[datetime]
    month: Mapped[date]
    points: Mapped[int] = mapped_column(default=0)


class EntityDay(Base):
    """Of those posted in this very entity: how many worked that day, and did their minute."""

    __tablename__ = "participation_day"
    __table_args__ = (
        CheckConstraint("done >= 0 AND done <= expected", name="counts_fit"),
        Index("ix_participation_day_day", "day"),
    )

    entity_id: Mapped[int] = mapped_column(
        ForeignKey("entity.id", ondelete="CASCADE"), primary_key=True
    )
    day: Mapped[date] = mapped_column(primary_key=True)
    expected: Mapped[int]
    done: Mapped[int]


class EntityRate(Base):
    """What may be told of an entity, all below it included; `place` only for those in the upper part."""

    __tablename__ = "participation_rate"
    __table_args__ = (
        CheckConstraint("per_cent BETWEEN 0 AND 100", name="is_a_share"),
        CheckConstraint("span IN ('week', 'month')", name="span_is_known"),
        CheckConstraint("place IS NULL OR place >= 1", name="counts_from_one"),
    )

    entity_id: Mapped[int] = mapped_column(
        ForeignKey("entity.id", ondelete="CASCADE"), primary_key=True
    )
    span: Mapped[str] = mapped_column(String(5), primary_key=True)
    first: Mapped[date]
    last: Mapped[date]
    kind: Mapped[str] = mapped_column(String(20))
    per_cent: Mapped[int]
    place: Mapped[int | None]
