"""People and the organisation they belong to. What may change over time is dated, never overwritten."""

from datetime import date, datetime
from enum import StrEnum

from sqlalchemy import CheckConstraint, ForeignKey, Index, String, text
from sqlalchemy.orm import Mapped, mapped_column

from academy.database import ID, Base


class EntityKind(StrEnum):
    COMPANY = "company"
    DIVISION = "division"
    SITE = "site"
    TEAM = "team"


class Role(StrEnum):
    """Everybody is a learner; the others are granted, in the whole company or within an entity."""

    MENTOR = "mentor"
    AUTHOR = "author"
    ANIMATOR = "animator"
    HOST = "host"
    ORGANISER = "organiser"
    HR = "hr"
    ADMIN = "admin"


class Need(StrEnum):
    """What a person says they cannot use; questions that need it are not asked."""

    BLIND = "blind"
    COLOUR_BLIND = "colour_blind"
    MOTOR = "motor"


def _open(column: str) -> dict[str, object]:
    """A partial index over the rows that are still true."""
    condition = text(f"{column} IS NULL")
    return {"sqlite_where": condition, "postgresql_where": condition}


class Entity(Base):
    """A node of the organisation. A site has a country and a time zone; others may have none."""

    __tablename__ = "entity"
    __table_args__ = (
        CheckConstraint("closed_on IS NULL OR closed_on >= opened_on", name="closes_after_opening"),
        CheckConstraint("kind IN ('company', 'division', 'site', 'team')", name="kind_is_known"),
    )

    id: Mapped[ID]
    key: Mapped[str] = mapped_column(String(60), unique=True)
    kind: Mapped[str] = mapped_column(String(20))
    name: Mapped[str] = mapped_column(String(120))
    country: Mapped[str | None] = mapped_column(String(2))
    zone: Mapped[str | None] = mapped_column(String(60))
    opened_on: Mapped[date]
    closed_on: Mapped[date | None]


class Placement(Base):
    """Where an entity stands in the tree, and from when to when. One place at a time."""

    __tablename__ = "placement"
    __table_args__ = (
        CheckConstraint("child_id <> parent_id", name="is_not_its_own_parent"),
        CheckConstraint("ends_on IS NULL OR ends_on >= starts_on", name="ends_after_start"),
        Index("uq_placement_open", "child_id", unique=True, **_open("ends_on")),  # type: ignore[arg-type]
    )

    id: Mapped[ID]
    child_id: Mapped[int] = mapped_column(ForeignKey("entity.id", ondelete="CASCADE"), index=True)
    parent_id: Mapped[int] = mapped_column(ForeignKey("entity.id", ondelete="CASCADE"), index=True)
    starts_on: Mapped[date]
    ends_on: Mapped[date | None]


class Person(Base):
    """An employee. `epoch` counts the times they signed out everywhere: older sessions are void."""

    __tablename__ = "person"
    __table_args__ = (
        CheckConstraint("email = lower(email)", name="email_is_lower_case"),
        CheckConstraint("language IN ('fr', 'en')", name="language_is_spoken"),
        CheckConstraint("colour_scheme IN ('auto', 'light', 'dark')", name="scheme_is_known"),
    )

    id: Mapped[ID]
    email: Mapped[str] = mapped_column(String(254), unique=True)
    given_name: Mapped[str] = mapped_column(String(80))
    family_name: Mapped[str] = mapped_column(String(80))
    password_hash: Mapped[str | None] = mapped_column(String(200))
    epoch: Mapped[int] = mapped_column(default=0)
    active: Mapped[bool] = mapped_column(default=True)
    joined_on: Mapped[date]
    created_at: Mapped[datetime]

    # what they prefer
    language: Mapped[str] = mapped_column(String(2), default="fr")
    spoken: Mapped[list[str]] = mapped_column(default=list)
    zone: Mapped[str] = mapped_column(String(60), default="Europe/Paris")
    colour_scheme: Mapped[str] = mapped_column(String(5), default="auto")
    needs: Mapped[list[str]] = mapped_column(default=list)


class Posting(Base):
    """Where a person works, in what trade, under whom, and from when to when. One posting at a time."""

    __tablename__ = "posting"
    __table_args__ = (
        CheckConstraint("manager_id IS NULL OR manager_id <> person_id", name="not_own_manager"),
        CheckConstraint("ends_on IS NULL OR ends_on >= starts_on", name="ends_after_start"),
        Index("uq_posting_open", "person_id", unique=True, **_open("ends_on")),  # type: ignore[arg-type]
    )

    id: Mapped[ID]
    person_id: Mapped[int] = mapped_column(ForeignKey("person.id", ondelete="CASCADE"), index=True)
    entity_id: Mapped[int] = mapped_column(ForeignKey("entity.id"), index=True)
    manager_id: Mapped[int | None] = mapped_column(
        ForeignKey("person.id", ondelete="SET NULL"), index=True
    )
    job_family: Mapped[str] = mapped_column(String(60))
    starts_on: Mapped[date]
    ends_on: Mapped[date | None]


class RoleGrant(Base):
    """A role a person holds, within an entity or (without one) in the whole company."""

    __tablename__ = "role_grant"
    __table_args__ = (
        CheckConstraint("ends_on IS NULL OR ends_on >= starts_on", name="ends_after_start"),
    )

    id: Mapped[ID]
    person_id: Mapped[int] = mapped_column(ForeignKey("person.id", ondelete="CASCADE"), index=True)
    role: Mapped[str] = mapped_column(String(20))
    entity_id: Mapped[int | None] = mapped_column(ForeignKey("entity.id"), index=True)
    starts_on: Mapped[date]
    ends_on: Mapped[date | None]
