"""Minutes are found by their day: how long they took is counted once a day.

Revision ID: 0028
Revises: 0025
"""

from alembic import op

revision = "0028"
down_revision = '0027'
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_index("ix_daily_round_day", "daily_round", ["day"])


def downgrade() -> None:
    op.drop_index("ix_daily_round_day", "daily_round")
