"""Where somebody began, by their trade

Revision: 0012, after 0011
"""

import sqlalchemy as sa
from alembic import op

revision = '0012'
down_revision = '0011'
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column('answer', sa.Column('start', sa.Double(), nullable=True))
    op.add_column('engine_numbers', sa.Column('start_before', sa.Double(), nullable=True))
    op.add_column('engine_numbers', sa.Column('start_after', sa.Double(), nullable=True))


def downgrade() -> None:
    with op.batch_alter_table('engine_numbers') as table:
        table.drop_column('start_after')
        table.drop_column('start_before')
    with op.batch_alter_table('answer') as table:
        table.drop_column('start')
