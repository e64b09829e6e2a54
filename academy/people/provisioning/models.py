"""Connected directories, what they said of people, their groups, and what their words mean here."""

from datetime import datetime
from enum import StrEnum
from typing import Any

from sqlalchemy import CheckConstraint, ForeignKey, Index, String, text
from sqlalchemy.orm import Mapped, mapped_column

from academy.database import ID, Base
from academy.people.clients.models import LONGEST_NAME as LONGEST_NAME
from academy.people.clients.models import Client

LONGEST_SAID = 254
LONGEST_WORD = 120


class WordKind(StrEnum):
    """What a directory's word stands for."""

    PLACE = "place"
    JOB = "job"


class DirectoryClient(Client, Base):
    """A directory that may speak to the academy. Of its token only a print is kept."""

    __tablename__ = "directory_client"

    writes_people: Mapped[bool]
    writes_groups: Mapped[bool]
    last_used_at: Mapped[datetime | None]


class DirectoryRecord(Base):
    """What a directory says of a person. A removed one is nobody's any more, until it comes back."""

    __tablename__ = "directory_record"
    __table_args__ = (
        Index(
            "uq_directory_record_name",
            "name_filed",
            unique=True,
            sqlite_where=text("removed_at IS NULL"),
            postgresql_where=text("removed_at IS NULL"),
        ),
    )

    person_id: Mapped[int] = mapped_column(
        ForeignKey("person.id", ondelete="CASCADE"), primary_key=True
    )
    name_filed: Mapped[str] = mapped_column(String(LONGEST_SAID))
    external_id: Mapped[str | None] = mapped_column(String(LONGEST_SAID), index=True)
    said: Mapped[dict[str, Any]]
    place_word: Mapped[str | None] = mapped_column(String(LONGEST_WORD), index=True)
    job_word: Mapped[str | None] = mapped_column(String(LONGEST_WORD), index=True)
    made_at: Mapped[datetime]
    changed_at: Mapped[datetime]
    removed_at: Mapped[datetime | None]


class DirectoryWord(Base):
    """What a department or a title of the directory is here: an entity, or a trade."""

    __tablename__ = "directory_word"
    __table_args__ = (
        CheckConstraint("kind IN ('place', 'job')", name="kind_is_known"),
        CheckConstraint("(kind = 'place') = (entity_id IS NOT NULL)", name="a_place_is_an_entity"),
        CheckConstraint("(kind = 'job') = (job_family IS NOT NULL)", name="a_job_is_a_trade"),
        Index("uq_directory_word", "kind", "filed", unique=True),
    )

    id: Mapped[ID]
    kind: Mapped[str] = mapped_column(String(8))
    filed: Mapped[str] = mapped_column(String(LONGEST_WORD))
    word: Mapped[str] = mapped_column(String(LONGEST_WORD))
    entity_id: Mapped[int | None] = mapped_column(
        ForeignKey("entity.id", ondelete="CASCADE"), index=True
    )
    job_family: Mapped[str | None] = mapped_column(String(60))


class DirectoryGroup(Base):
    """A group of the directory. Tied to a role by an administrator, its members hold that role.

    `edition` grows with every change of its name or of who is in it.
    """

    __tablename__ = "directory_group"

    id: Mapped[ID]
    key: Mapped[str] = mapped_column(String(32), unique=True)
    name: Mapped[str] = mapped_column(String(LONGEST_SAID))
    name_filed: Mapped[str] = mapped_column(String(LONGEST_SAID), index=True)
    external_id: Mapped[str | None] = mapped_column(String(LONGEST_SAID), index=True)
    role: Mapped[str | None] = mapped_column(String(20))
    edition: Mapped[int] = mapped_column(default=1)
    made_at: Mapped[datetime]
    changed_at: Mapped[datetime]


class DirectoryMember(Base):
    """Somebody in a group of the directory, and the role that came with it."""

    __tablename__ = "directory_member"

    group_id: Mapped[int] = mapped_column(
        ForeignKey("directory_group.id", ondelete="CASCADE"), primary_key=True
    )
    person_id: Mapped[int] = mapped_column(
        ForeignKey("person.id", ondelete="CASCADE"), primary_key=True, index=True
    )
    grant_id: Mapped[int | None] = mapped_column(
        ForeignKey("role_grant.id", ondelete="SET NULL"), index=True
    )
