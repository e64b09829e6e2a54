"""Placement and path: voyages, levels by theme, words said of notions; answers given in a placement

Revision: 0007, after 0006
"""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

import academy.database

revision = "0007"
down_revision = '0006'
branch_labels = None
depends_on = None

CONTEXT = "ck_answer_context_is_known"
BEFORE = ("round", "check", "quiz")
AFTER = (*BEFORE, "placement")


def upgrade() -> None:
    op.create_table(
        "voyage",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column(
            "person_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False
        ),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("seed", sa.Integer(), nullable=False),
        sa.Column("opened_at", academy.database.UTCDateTime(timezone=True), nullable=False),
        sa.Column("steps", _json(), nullable=False),
        sa.Column("answered", sa.Integer(), nullable=False),
        sa.Column("put_off_at", academy.database.UTCDateTime(timezone=True), nullable=True),
        sa.Column("finished_at", academy.database.UTCDateTime(timezone=True), nullable=True),
        sa.Column("earned", _json(), nullable=False),
        sa.CheckConstraint("answered >= 0", name=op.f("ck_voyage_answered_is_a_count")),
        sa.CheckConstraint("number >= 1", name=op.f("ck_voyage_number_starts_at_one")),
        sa.ForeignKeyConstraint(
            ["person_id"],
            ["person.id"],
            name=op.f("fk_voyage_person_id_person"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_voyage")),
        sa.UniqueConstraint("person_id", "number", name=op.f("uq_voyage_person_id_number")),
    )
    op.create_table(
        "theme_level",
        sa.Column(
            "person_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False
        ),
        sa.Column("theme", sa.String(length=60), nullable=False),
        sa.Column("mean", sa.Double(), nullable=False),
        sa.Column("sd", sa.Double(), nullable=False),
        sa.Column("at", academy.database.UTCDateTime(timezone=True), nullable=False),
        sa.CheckConstraint("sd > 0", name=op.f("ck_theme_level_sd_is_positive")),
        sa.ForeignKeyConstraint(
            ["person_id"],
            ["person.id"],
            name=op.f("fk_theme_level_person_id_person"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("person_id", "theme", name=op.f("pk_theme_level")),
    )
    op.create_table(
        "notion_word",
        sa.Column(
            "person_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False
        ),
        sa.Column("notion", sa.String(length=60), nullable=False),
        sa.Column("word", sa.String(length=10), nullable=False),
        sa.Column("at", academy.database.UTCDateTime(timezone=True), nullable=False),
        sa.Column("answers", sa.Integer(), nullable=False),
        sa.Column("right_answers", sa.Integer(), nullable=False),
        sa.CheckConstraint(
            "word IN ('known', 'not_mine')", name=op.f("ck_notion_word_word_is_known")
        ),
        sa.ForeignKeyConstraint(
            ["person_id"],
            ["person.id"],
            name=op.f("fk_notion_word_person_id_person"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("person_id", "notion", name=op.f("pk_notion_word")),
    )
    _let_answers_be_given_in(AFTER)


def downgrade() -> None:
    """Answers given in a placement go with it: no older context tells what they were."""
    op.execute("DELETE FROM answer WHERE context = 'placement'")
    _let_answers_be_given_in(BEFORE)
    op.drop_table("notion_word")
    op.drop_table("theme_level")
    op.drop_table("voyage")


def _let_answers_be_given_in(contexts: tuple[str, ...]) -> None:
    said = ", ".join(f"'{context}'" for context in contexts)
    with op.batch_alter_table("answer") as table:
        table.drop_constraint(op.f(CONTEXT), type_="check")
        table.create_check_constraint(op.f(CONTEXT), f"context IN ({said})")


def _json() -> sa.types.TypeEngine[object]:
    return sa.JSON().with_variant(postgresql.JSONB(astext_type=sa.Text()), "postgresql")
