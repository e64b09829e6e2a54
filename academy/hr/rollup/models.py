"""The figures kept: who stands where (one row each), and of each group, day by day, rounded figures."""

from datetime import date, datetime

from sqlalchemy import CheckConstraint, ForeignKey, Index, String
from sqlalchemy.orm import Mapped, mapped_column

from academy.database import Base, BigId, Json


class HrReader(Base):
    """How far the log was read, and the day under way.

    `salt` is what the dice of rounding are thrown with; `counted_at` says until when figures tell.
    """

    __tablename__ = "hr_reader"
    __table_args__ = (CheckConstraint("id = 1", name="there_is_one"),)

    id: Mapped[int] = mapped_column(primary_key=True, default=1)
    reached: Mapped[int] = mapped_column(BigId, default=0)
    day: Mapped[date | None]
    salt: Mapped[str] = mapped_column(String(64))
    counted_at: Mapped[datetime | None]


class HrStanding(Base):
    """When one person was first and last seen, without what they did."""

    __tablename__ = "hr_standing"

    person_id: Mapped[int] = mapped_column(
        ForeignKey("person.id", ondelete="CASCADE"), primary_key=True
    )
    first_on: Mapped[date]
    last_on: Mapped[date]
    before_on: Mapped[date | None]
    round_on: Mapped[date | None]


class HrFigures(Base):
    """One group on one day: an entity with all under it, or those in it who share something (`cut`, `value`).

    `people` is exact, and None for groups under five: then there is no figure either. Every other figure
    is rounded before it is written (`rounding.rounded`).
    """

    __tablename__ = "hr_figures"
    __table_args__ = (Index("ix_hr_figures_entity_cut", "entity_id", "cut", "day"),)

    day: Mapped[date] = mapped_column(primary_key=True)
    entity_id: Mapped[int] = mapped_column(
        ForeignKey("entity.id", ondelete="CASCADE"), primary_key=True
    )
    cut: Mapped[str] = mapped_column(String(12), primary_key=True)
    value: Mapped[str] = mapped_column(String(60), primary_key=True)
    people: Mapped[int | None]
    figures: Mapped[dict[str, int]] = mapped_column(Json, default=dict)


class HrCohort(Base):
    """Those of an entity who began in one month, and how many of them came in another; both rounded.

    `month` and `began` are first days of months. The month under way is counted anew all the time.
    """

    __tablename__ = "hr_cohort"

    month: Mapped[date] = mapped_column(primary_key=True)
    entity_id: Mapped[int] = mapped_column(
        ForeignKey("entity.id", ondelete="CASCADE"), primary_key=True
    )
    began: Mapped[date] = mapped_column(primary_key=True)
    people: Mapped[int]
    came: Mapped[int]
