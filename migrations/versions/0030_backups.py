"""What became of each night's backup

Revision: 0030, after 0029
"""

import sqlalchemy as sa
from alembic import op

import academy.database

revision = '0030'
down_revision = '0029'
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table('backup_night',
    sa.Column('night', sa.Date(), nullable=False),
    sa.Column('begun_at', academy.database.UTCDateTime(timezone=True), nullable=False),
    sa.Column('tries', sa.Integer(), nullable=False),
    sa.Column('done_at', academy.database.UTCDateTime(timezone=True), nullable=True),
    sa.Column('file', sa.String(length=80), nullable=False),
    sa.Column('size', sa.BigInteger(), nullable=True),
    sa.Column('failure', sa.String(length=300), nullable=False),
    sa.CheckConstraint('(done_at IS NULL) = (size IS NULL)', name=op.f('ck_backup_night_has_a_size_when_done')),
    sa.CheckConstraint('tries > 0', name=op.f('ck_backup_night_was_tried')),
    sa.PrimaryKeyConstraint('night', name=op.f('pk_backup_night'))
    )


def downgrade() -> None:
    op.drop_table('backup_night')
