"""Imports of people and entities; staff numbers; who leaves, or left

Accounts that are closed already count as left today: they are erased a year from now, unless set otherwise.

Revision: 0021, after 0020
"""

from datetime import UTC, datetime

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

import academy.database

revision = "0021"
down_revision = '0020'
branch_labels = None
depends_on = None

BIG = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
JSON = sa.JSON().with_variant(postgresql.JSONB(), "postgresql")
MOMENT = academy.database.UTCDateTime(timezone=True)


def upgrade() -> None:
    op.add_column("person", sa.Column("staff_number", sa.String(length=40), nullable=True))
    op.create_index("uq_person_staff_number", "person", ["staff_number"], unique=True)
    op.create_table(
        "departure",
        sa.Column("person_id", BIG, nullable=False),
        sa.Column("last_on", sa.Date(), nullable=False),
        sa.Column("closed_at", MOMENT, nullable=True),
        sa.Column("posting_id", BIG, nullable=True),
        sa.Column("link_hash", sa.String(length=64), nullable=True),
        sa.Column("link_until", MOMENT, nullable=True),
        sa.ForeignKeyConstraint(
            ["person_id"],
            ["person.id"],
            name=op.f("fk_departure_person_id_person"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["posting_id"],
            ["posting.id"],
            name=op.f("fk_departure_posting_id_posting"),
            ondelete="SET NULL",
        ),
        sa.PrimaryKeyConstraint("person_id", name=op.f("pk_departure")),
        sa.UniqueConstraint("link_hash", name=op.f("uq_departure_link_hash")),
    )
    op.create_index(op.f("ix_departure_last_on"), "departure", ["last_on"], unique=False)
    op.create_index(op.f("ix_departure_closed_at"), "departure", ["closed_at"], unique=False)
    op.create_table(
        "people_import",
        sa.Column("id", BIG, nullable=False),
        sa.Column("once", sa.String(length=32), nullable=False),
        sa.Column("kind", sa.String(length=10), nullable=False),
        sa.Column("state", sa.String(length=10), nullable=False),
        sa.Column("stage", sa.String(length=10), nullable=False),
        sa.Column("cursor", sa.Integer(), nullable=False),
        sa.Column("parts", sa.Integer(), nullable=False),
        sa.Column("rows", sa.Integer(), nullable=False),
        sa.Column("file_name", sa.String(length=120), nullable=False),
        sa.Column("uploaded_by", BIG, nullable=True),
        sa.Column("uploaded_at", MOMENT, nullable=False),
        sa.Column("day", sa.Date(), nullable=False),
        sa.Column("headings", JSON, nullable=False),
        sa.Column("samples", JSON, nullable=False),
        sa.Column("mapping", JSON, nullable=False),
        sa.Column("options", JSON, nullable=False),
        sa.Column("counts", JSON, nullable=False),
        sa.Column("failure", sa.String(length=20), nullable=False),
        sa.Column("finished_at", MOMENT, nullable=True),
        sa.CheckConstraint(
            "kind IN ('entities', 'people')", name=op.f("ck_people_import_kind_is_known")
        ),
        sa.CheckConstraint(
            "state IN ('received', 'opened', 'examining', 'examined', 'applying', 'done', 'refused')",
            name=op.f("ck_people_import_state_is_known"),
        ),
        sa.CheckConstraint(
            "stage IN ('rows', 'managers', 'absent')", name=op.f("ck_people_import_stage_is_known")
        ),
        sa.ForeignKeyConstraint(
            ["uploaded_by"],
            ["person.id"],
            name=op.f("fk_people_import_uploaded_by_person"),
            ondelete="SET NULL",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_people_import")),
        sa.UniqueConstraint("once", name=op.f("uq_people_import_once")),
    )
    op.create_index(
        op.f("ix_people_import_uploaded_by"), "people_import", ["uploaded_by"], unique=False
    )
    op.create_index(
        op.f("ix_people_import_uploaded_at"), "people_import", ["uploaded_at"], unique=False
    )
    op.create_table(
        "people_import_heading",
        sa.Column("kind", sa.String(length=10), nullable=False),
        sa.Column("heading", sa.String(length=120), nullable=False),
        sa.Column("field", sa.String(length=20), nullable=False),
        sa.PrimaryKeyConstraint("kind", "heading", name=op.f("pk_people_import_heading")),
    )
    op.create_table(
        "people_import_piece",
        sa.Column("import_id", BIG, nullable=False),
        sa.Column("raw", sa.Boolean(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("content", sa.LargeBinary(), nullable=False),
        sa.ForeignKeyConstraint(
            ["import_id"],
            ["people_import.id"],
            name=op.f("fk_people_import_piece_import_id_people_import"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("import_id", "raw", "number", name=op.f("pk_people_import_piece")),
    )
    op.create_table(
        "people_import_row",
        sa.Column("id", BIG, nullable=False),
        sa.Column("import_id", BIG, nullable=False),
        sa.Column("line", sa.Integer(), nullable=True),
        sa.Column("key", sa.String(length=60), nullable=True),
        sa.Column("address", sa.String(length=254), nullable=True),
        sa.Column("person_id", BIG, nullable=True),
        sa.Column("verdict", sa.String(length=10), nullable=False),
        sa.Column("said", JSON, nullable=False),
        sa.CheckConstraint(
            "verdict IN ('new', 'moved', 'changed', 'leaving', 'same', 'wrong')",
            name=op.f("ck_people_import_row_verdict_is_known"),
        ),
        sa.ForeignKeyConstraint(
            ["import_id"],
            ["people_import.id"],
            name=op.f("fk_people_import_row_import_id_people_import"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["person_id"],
            ["person.id"],
            name=op.f("fk_people_import_row_person_id_person"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_people_import_row")),
        sa.UniqueConstraint("import_id", "line", name=op.f("uq_people_import_row_import_id_line")),
    )
    op.create_index(
        "ix_people_import_row_address", "people_import_row", ["import_id", "address"], unique=False
    )
    op.create_index(
        "ix_people_import_row_key", "people_import_row", ["import_id", "key"], unique=False
    )
    op.create_index(
        "ix_people_import_row_verdict",
        "people_import_row",
        ["import_id", "verdict", "id"],
        unique=False,
    )
    op.create_index(
        op.f("ix_people_import_row_person_id"), "people_import_row", ["person_id"], unique=False
    )
    _those_who_left()


def _those_who_left() -> None:
    person = sa.table("person", sa.column("id", BIG), sa.column("active", sa.Boolean()))
    departure = sa.table(
        "departure",
        sa.column("person_id", BIG),
        sa.column("last_on", sa.Date()),
        sa.column("closed_at", MOMENT),
    )
    now = datetime.now(UTC)
    left = sa.select(person.c.id, sa.literal(now.date(), sa.Date()), sa.literal(now, MOMENT)).where(
        person.c.active.is_(False)
    )
    op.execute(departure.insert().from_select(["person_id", "last_on", "closed_at"], left))


def downgrade() -> None:
    for name in (
        "people_import_row",
        "people_import_piece",
        "people_import_heading",
        "people_import",
        "departure",
    ):
        op.drop_table(name)
    op.drop_index("uq_person_staff_number", table_name="person")
    op.drop_column("person", "staff_number")
