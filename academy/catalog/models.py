"""Releases: each content once, whole but for its films; and the log that says which one is in force."""

from datetime import datetime
from enum import StrEnum
from typing import Any

from sqlalchemy import CheckConstraint, ForeignKey, LargeBinary, String
from sqlalchemy.orm import Mapped, mapped_column

from academy.database import ID, Base


class Action(StrEnum):
    PUBLISH = "publish"
    ROLLBACK = "rollback"


class Origin(StrEnum):
    """Where a release came from: with the software, or from somebody who published it."""

    SHIPPED = "shipped"
    PUBLISHED = "published"


class Release(Base):
    """One content, named by itself: the same files are kept once, however often they are published."""

    __tablename__ = "content_release"

    id: Mapped[ID]
    key: Mapped[str] = mapped_column(String(12), unique=True)
    files: Mapped[bytes] = mapped_column(LargeBinary, deferred=True)  # a zip archive, films by name
    size: Mapped[int]  # of the archive, in bytes
    counts: Mapped[dict[str, Any]]
    published_at: Mapped[datetime]  # the first time


class ReleaseInForce(Base):
    """One line of the log: from then on this release is in force. The newest line tells which one is.

    `changes` is what it changed from the line before, kept because reading two packs takes seconds.
    """

    __tablename__ = "release_in_force"
    __table_args__ = (
        CheckConstraint("action IN ('publish', 'rollback')", name="action_is_known"),
        CheckConstraint("origin IN ('shipped', 'published')", name="origin_is_known"),
    )

    id: Mapped[ID]
    release_key: Mapped[str] = mapped_column(ForeignKey("content_release.key"), index=True)
    at: Mapped[datetime]
    person_id: Mapped[int | None] = mapped_column(
        ForeignKey("person.id", ondelete="SET NULL"), index=True
    )
    action: Mapped[str] = mapped_column(String(10))
    origin: Mapped[str] = mapped_column(String(10))
    notes: Mapped[str] = mapped_column(String(500), default="")

    # compared with the line before; nothing when there is none, or when it cannot be read
    added: Mapped[int | None]
    changed: Mapped[int | None]
    withdrawn: Mapped[int | None]
    changes: Mapped[dict[str, Any] | None] = mapped_column(deferred=True)


class KeptFilm(Base):
    """A film of a pack, kept once whatever the releases that show it; its bytes are in pieces."""

    __tablename__ = "content_film"

    name: Mapped[str] = mapped_column(String(64), primary_key=True)  # sha256 of its bytes
    type: Mapped[str] = mapped_column(String(20))
    size: Mapped[int]


class FilmPiece(Base):
    """A quarter of a megabyte of a film: what a worker holds of it at once."""

    __tablename__ = "content_film_piece"

    film: Mapped[str] = mapped_column(
        ForeignKey("content_film.name", ondelete="CASCADE"), primary_key=True
    )
    number: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    content: Mapped[bytes] = mapped_column(LargeBinary)
