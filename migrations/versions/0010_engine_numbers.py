"""what came of each night's fit of the engine's numbers

Revision: 0010, after 0009
"""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

import academy.database

revision = '0010'
down_revision = '0009'
branch_labels = None
depends_on = None

JSON = sa.JSON().with_variant(postgresql.JSONB(), 'postgresql')


def upgrade() -> None:
    op.create_table('engine_numbers',
    sa.Column('id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('night', sa.Date(), nullable=True),
    sa.Column('made_at', academy.database.UTCDateTime(timezone=True), nullable=False),
    sa.Column('accepted', sa.Boolean(), nullable=False),
    sa.Column('pinned', sa.Boolean(), nullable=False),
    sa.Column('back_to', sa.Integer(), nullable=True),
    sa.Column('numbers', JSON, nullable=True),
    sa.Column('answers', sa.Integer(), nullable=False),
    sa.Column('people', sa.Integer(), nullable=False),
    sa.Column('held_out', sa.Integer(), nullable=False),
    sa.Column('loss_before', sa.Double(), nullable=True),
    sa.Column('loss_after', sa.Double(), nullable=True),
    sa.Column('handed_before', sa.Double(), nullable=True),
    sa.Column('handed_after', sa.Double(), nullable=True),
    sa.Column('memory_before', sa.Double(), nullable=True),
    sa.Column('memory_after', sa.Double(), nullable=True),
    sa.Column('reason', sa.String(length=200), nullable=False),
    sa.CheckConstraint('NOT accepted OR numbers IS NOT NULL', name=op.f('ck_engine_numbers_what_is_in_force_is_there')),
    sa.CheckConstraint('accepted OR NOT pinned', name=op.f('ck_engine_numbers_what_is_pinned_is_in_force')),
    sa.CheckConstraint('answers >= held_out AND held_out >= 0', name=op.f('ck_engine_numbers_counts_fit')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_engine_numbers')),
    sa.UniqueConstraint('night', name=op.f('uq_engine_numbers_night'))
    )


def downgrade() -> None:
    op.drop_table('engine_numbers')
