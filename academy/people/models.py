"""People and the organisation they belong to. What may change over time is dated, never overwritten."""

from collections.abc import Callable
from datetime import date, datetime
from enum import StrEnum
from typing import Any
from uuid import uuid4

from sqlalchemy import CheckConstraint, ForeignKey, Index, String, exists, false, text
from sqlalchemy.engine.default import DefaultExecutionContext
from sqlalchemy.orm import Mapped, mapped_column
from sqlalchemy.types import TypeEngine

from academy.database import ID, Base
from academy.people.names import LONGEST, filed
from academy.people.role_kinds import Role as Role


class EntityKind(StrEnum):
    COMPANY = "company"
    DIVISION = "division"
    SITE = "site"
    TEAM = "team"


class Need(StrEnum):
    """What a person says they cannot use; questions that need it are not asked."""

    BLIND = "blind"
    COLOUR_BLIND = "colour_blind"
    MOTOR = "motor"


def _by_bytes(length: int) -> TypeEngine[str]:
    """A text that an index finds by its beginning, whatever the language of the database."""
    return String(length).with_variant(String(length, collation="C"), "postgresql")


ADDRESS = _by_bytes(254)
FILED = _by_bytes(LONGEST)


def _where(condition: str) -> dict[str, Any]:
    """A partial index: over these rows only."""
    return {"sqlite_where": text(condition), "postgresql_where": text(condition)}


class Entity(Base):
    """A node of the organisation. A site has a country, perhaps a region of it (`QC`), and a time zone."""

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
    region: Mapped[str | None] = mapped_column(String(6))
    zone: Mapped[str | None] = mapped_column(String(60))
    opened_on: Mapped[date]
    closed_on: Mapped[date | None]


class Placement(Base):
    """Where an entity stands in the tree, and from when to when. One place at a time."""

    __tablename__ = "placement"
    __table_args__ = (
        CheckConstraint("child_id <> parent_id", name="is_not_its_own_parent"),
        CheckConstraint("ends_on IS NULL OR ends_on >= starts_on", name="ends_after_start"),
        Index("uq_placement_open", "child_id", unique=True, **_where("ends_on IS NULL")),
    )

    id: Mapped[ID]
    child_id: Mapped[int] = mapped_column(ForeignKey("entity.id", ondelete="CASCADE"), index=True)
    parent_id: Mapped[int] = mapped_column(ForeignKey("entity.id", ondelete="CASCADE"), index=True)
    starts_on: Mapped[date]
    ends_on: Mapped[date | None]


def _filed(*columns: str) -> Callable[[DefaultExecutionContext], str]:
    """Files a new person under these columns; `services.rename` files them anew."""

    def default(context: DefaultExecutionContext) -> str:
        row = context.get_current_parameters()  # type: ignore[no-untyped-call]  # SQLAlchemy leaves it untyped
        return filed(*(row[column] for column in columns))

    return default


def new_key() -> str:
    """A name for the outside that tells nothing."""
    return uuid4().hex


class Threshold(Base):
    """While its one row is there, whoever gets an account waits to be let in (`hr.waves`)."""

    __tablename__ = "threshold"
    __table_args__ = (CheckConstraint("id = 1", name="there_is_one"),)

    id: Mapped[int] = mapped_column(primary_key=True, default=1)


class Person(Base):
    """An employee. `epoch` counts the times they signed out everywhere: older sessions are void."""

    __tablename__ = "person"
    __table_args__ = (
        CheckConstraint("email = lower(email)", name="email_is_lower_case"),
        CheckConstraint("language IN ('fr', 'en')", name="language_is_spoken"),
        CheckConstraint("colour_scheme IN ('auto', 'light', 'dark')", name="scheme_is_known"),
        CheckConstraint("unread >= 0", name="unread_is_a_count"),
        Index("uq_person_staff_number", "staff_number", unique=True),
        {"sqlite_autoincrement": True},  # the number of somebody erased is never given again
    )

    id: Mapped[ID]
    email: Mapped[str] = mapped_column(ADDRESS, unique=True)
    given_name: Mapped[str] = mapped_column(String(80))
    family_name: Mapped[str] = mapped_column(String(80))
    by_given: Mapped[str] = mapped_column(
        FILED, index=True, default=_filed("given_name", "family_name")
    )
    by_family: Mapped[str] = mapped_column(
        FILED, index=True, default=_filed("family_name", "given_name")
    )
    staff_number: Mapped[str | None] = mapped_column(String(40))
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

    # by what the company's directory knows them: says nothing, and is never given again
    directory_key: Mapped[str | None] = mapped_column(
        String(32), unique=True, index=True, default=new_key
    )

    # how many notices wait to be read: kept here by `academy.notices`, so that every page knows at no cost
    unread: Mapped[int] = mapped_column(default=0)

    # does the academy open to them later? Kept here by `academy.hr.waves`, likewise
    waits: Mapped[bool] = mapped_column(
        default=exists().select_from(Threshold.__table__), server_default=false()
    )


class Posting(Base):
    """Where a person works, in what trade, under whom, and from when to when. One posting at a time."""

    __tablename__ = "posting"
    __table_args__ = (
        CheckConstraint("manager_id IS NULL OR manager_id <> person_id", name="not_own_manager"),
        CheckConstraint("ends_on IS NULL OR ends_on >= starts_on", name="ends_after_start"),
        Index("uq_posting_open", "person_id", unique=True, **_where("ends_on IS NULL")),
        Index("ix_posting_entity_id_person_id", "entity_id", "person_id"),
    )

    id: Mapped[ID]
    person_id: Mapped[int] = mapped_column(ForeignKey("person.id", ondelete="CASCADE"), index=True)
    entity_id: Mapped[int] = mapped_column(ForeignKey("entity.id"), index=True)
    manager_id: Mapped[int | None] = mapped_column(
        ForeignKey("person.id", ondelete="SET NULL"), index=True
    )
    job_family: Mapped[str] = mapped_column(String(60))
    contract: Mapped[str] = mapped_column(String(40), default="", server_default="")
    shift: Mapped[str] = mapped_column(String(40), default="", server_default="")
    starts_on: Mapped[date]
    ends_on: Mapped[date | None]


class Departure(Base):
    """Who leaves, or left. `last_on` is the last day at work; until `closed_at` it is only planned.

    `posting_id` is the posting that ended with it, `link_hash` what the leaver's link is found by.
    """

    __tablename__ = "departure"

    person_id: Mapped[int] = mapped_column(
        ForeignKey("person.id", ondelete="CASCADE"), primary_key=True
    )
    last_on: Mapped[date] = mapped_column(index=True)
    closed_at: Mapped[datetime | None] = mapped_column(index=True)
    posting_id: Mapped[int | None] = mapped_column(ForeignKey("posting.id", ondelete="SET NULL"))
    link_hash: Mapped[str | None] = mapped_column(String(64), unique=True)
    link_until: Mapped[datetime | None]


class RoleGrant(Base):
    """A role a person holds, within an entity or (without one) in the whole company.

    A delegated one was lent by a colleague (`granted_by`), always to an end date.
    """

    __tablename__ = "role_grant"
    __table_args__ = (
        CheckConstraint("ends_on IS NULL OR ends_on >= starts_on", name="ends_after_start"),
        CheckConstraint("NOT delegated OR ends_on IS NOT NULL", name="delegation_ends"),
        CheckConstraint("NOT delegated OR granted_by <> person_id", name="not_to_oneself"),
        Index(
            "uq_role_grant_company",
            *("person_id", "role", "starts_on"),
            unique=True,
            **_where("entity_id IS NULL"),
        ),
        Index(
            "uq_role_grant_entity",
            *("person_id", "role", "entity_id", "starts_on"),
            unique=True,
            **_where("entity_id IS NOT NULL"),
        ),
    )

    id: Mapped[ID]
    person_id: Mapped[int] = mapped_column(ForeignKey("person.id", ondelete="CASCADE"), index=True)
    role: Mapped[str] = mapped_column(String(20), index=True)
    entity_id: Mapped[int | None] = mapped_column(ForeignKey("entity.id"), index=True)
    starts_on: Mapped[date]
    ends_on: Mapped[date | None]
    granted_by: Mapped[int | None] = mapped_column(
        ForeignKey("person.id", ondelete="SET NULL"), index=True
    )
    delegated: Mapped[bool] = mapped_column(default=False)
