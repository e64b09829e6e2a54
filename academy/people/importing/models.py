"""An import: the file while it is needed, its rows, and what became of each."""

from datetime import date, datetime
from enum import StrEnum
from typing import Any

from sqlalchemy import CheckConstraint, ForeignKey, Index, LargeBinary, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from academy.database import ID, Base, Json

LONGEST_ONCE = 32
LONGEST_NAME = 120


class Kind(StrEnum):
    ENTITIES = "entities"
    PEOPLE = "people"


class State(StrEnum):
    """RECEIVED, EXAMINING and APPLYING are the worker's; the others wait for somebody, or are over."""

    RECEIVED = "received"
    OPENED = "opened"
    EXAMINING = "examining"
    EXAMINED = "examined"
    APPLYING = "applying"
    DONE = "done"
    REFUSED = "refused"


class Stage(StrEnum):
    """What the worker is at, within a state. `cursor` counts the parts of it that are done."""

    ROWS = "rows"
    MANAGERS = "managers"
    ABSENT = "absent"


class Verdict(StrEnum):
    """What a row means, or meant once it is applied."""

    NEW = "new"
    MOVED = "moved"
    CHANGED = "changed"
    LEAVING = "leaving"
    SAME = "same"
    WRONG = "wrong"


class Import(Base):
    """`day` is the day of the import, where its author is: what has no date of its own happens on it.

    `mapping` tells each field's column, `options` what was wished, `counts` how many rows of each verdict.
    """

    __tablename__ = "people_import"
    __table_args__ = (
        UniqueConstraint("once"),
        CheckConstraint("kind IN ('entities', 'people')", name="kind_is_known"),
        CheckConstraint(
            "state IN ('received', 'opened', 'examining', 'examined', 'applying', 'done', 'refused')",
            name="state_is_known",
        ),
        CheckConstraint("stage IN ('rows', 'managers', 'absent')", name="stage_is_known"),
    )

    id: Mapped[ID]
    once: Mapped[str] = mapped_column(String(LONGEST_ONCE))
    kind: Mapped[str] = mapped_column(String(10))
    state: Mapped[str] = mapped_column(String(10), default=State.RECEIVED)
    stage: Mapped[str] = mapped_column(String(10), default=Stage.ROWS)
    cursor: Mapped[int] = mapped_column(default=0)
    parts: Mapped[int] = mapped_column(default=0)
    rows: Mapped[int] = mapped_column(default=0)
    file_name: Mapped[str] = mapped_column(String(LONGEST_NAME))
    uploaded_by: Mapped[int | None] = mapped_column(
        ForeignKey("person.id", ondelete="SET NULL"), index=True
    )
    uploaded_at: Mapped[datetime] = mapped_column(index=True)
    day: Mapped[date]
    headings: Mapped[list[str]] = mapped_column(default=list)
    samples: Mapped[list[Any]] = mapped_column(Json, default=list)
    mapping: Mapped[dict[str, Any]] = mapped_column(default=dict)
    options: Mapped[dict[str, Any]] = mapped_column(default=dict)
    counts: Mapped[dict[str, Any]] = mapped_column(default=dict)
    failure: Mapped[str] = mapped_column(String(20), default="")
    finished_at: Mapped[datetime | None]


class ImportPiece(Base):
    """A part of a file: of its bytes as they came (`raw`), or of its rows as they were read. Compressed."""

    __tablename__ = "people_import_piece"

    import_id: Mapped[int] = mapped_column(
        ForeignKey("people_import.id", ondelete="CASCADE"), primary_key=True
    )
    raw: Mapped[bool] = mapped_column(primary_key=True)
    number: Mapped[int] = mapped_column(primary_key=True)
    content: Mapped[bytes] = mapped_column(LargeBinary)


class ImportRow(Base):
    """One row, and what it means; without a `line`, somebody who is absent from the file.

    `key` and `address` are how the file names them, until it is applied.
    """

    __tablename__ = "people_import_row"
    __table_args__ = (
        UniqueConstraint("import_id", "line"),
        CheckConstraint(
            "verdict IN ('new', 'moved', 'changed', 'leaving', 'same', 'wrong')",
            name="verdict_is_known",
        ),
        Index("ix_people_import_row_key", "import_id", "key"),
        Index("ix_people_import_row_address", "import_id", "address"),
        Index("ix_people_import_row_verdict", "import_id", "verdict", "id"),
    )

    id: Mapped[ID]
    import_id: Mapped[int] = mapped_column(ForeignKey("people_import.id", ondelete="CASCADE"))
    line: Mapped[int | None]
    key: Mapped[str | None] = mapped_column(String(60))
    address: Mapped[str | None] = mapped_column(String(254))
    person_id: Mapped[int | None] = mapped_column(
        ForeignKey("person.id", ondelete="CASCADE"), index=True
    )
    verdict: Mapped[str] = mapped_column(String(10))
    said: Mapped[dict[str, Any]] = mapped_column(default=dict)


class ImportHeading(Base):
    """What a heading was last taken for: the next file with it needs no mapping. An empty field: nothing."""

    __tablename__ = "people_import_heading"

    kind: Mapped[str] = mapped_column(String(10), primary_key=True)
    heading: Mapped[str] = mapped_column(String(LONGEST_NAME), primary_key=True)
    field: Mapped[str] = mapped_column(String(20))
