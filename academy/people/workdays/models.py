"""What takes days away from work: closures, part time, leave."""

from datetime import date

from sqlalchemy import CheckConstraint, ForeignKey, Index, String, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column

from academy.database import ID, Base


class SiteClosure(Base):
    """Days on which an entity, and all that stands under it, is closed."""

    __tablename__ = "site_closure"
    __table_args__ = (
        UniqueConstraint("entity_id", "starts_on", "ends_on"),
        CheckConstraint("ends_on >= starts_on", name="ends_after_start"),
    )

    id: Mapped[ID]
    entity_id: Mapped[int] = mapped_column(ForeignKey("entity.id", ondelete="CASCADE"), index=True)
    starts_on: Mapped[date]
    ends_on: Mapped[date]
    reason: Mapped[str] = mapped_column(String(120), default="")


class WorkingPattern(Base):
    """The weekdays a person works, from when to when; without one, Monday to Friday.

    `weekdays` is a sum of powers of two: Monday 1, Tuesday 2, ... Sunday 64. One pattern at a time.
    """

    __tablename__ = "working_pattern"
    __table_args__ = (
        CheckConstraint("weekdays BETWEEN 0 AND 127", name="weekdays_are_seven"),
        CheckConstraint("ends_on IS NULL OR ends_on >= starts_on", name="ends_after_start"),
        Index(
            "uq_working_pattern_open",
            "person_id",
            unique=True,
            sqlite_where=text("ends_on IS NULL"),
            postgresql_where=text("ends_on IS NULL"),
        ),
    )

    id: Mapped[ID]
    person_id: Mapped[int] = mapped_column(ForeignKey("person.id", ondelete="CASCADE"), index=True)
    weekdays: Mapped[int]
    starts_on: Mapped[date]
    ends_on: Mapped[date | None]


class Leave(Base):
    """Days a person said they are away. Nobody asks why."""

    __tablename__ = "leave"
    __table_args__ = (
        CheckConstraint("ends_on >= starts_on", name="ends_after_start"),
        Index("ix_leave_person_id_ends_on", "person_id", "ends_on"),
    )

    id: Mapped[ID]
    person_id: Mapped[int] = mapped_column(ForeignKey("person.id", ondelete="CASCADE"))
    starts_on: Mapped[date]
    ends_on: Mapped[date]
