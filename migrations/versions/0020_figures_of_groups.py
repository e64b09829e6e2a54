"""Figures of groups, and what a posting says of contract and shift

Revision: 0020, after 0018
"""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

import academy.database

revision = '0020'
down_revision = '0018'
branch_labels = None
depends_on = None

BIG = sa.BigInteger().with_variant(sa.Integer(), 'sqlite')
JSON = sa.JSON().with_variant(postgresql.JSONB(), 'postgresql')


def upgrade() -> None:
    with op.batch_alter_table('posting') as batch:
        batch.add_column(sa.Column('contract', sa.String(length=40), server_default='', nullable=False))
        batch.add_column(sa.Column('shift', sa.String(length=40), server_default='', nullable=False))
    op.create_table('hr_reader',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('reached', BIG, nullable=False),
    sa.Column('day', sa.Date(), nullable=True),
    sa.Column('salt', sa.String(length=64), nullable=False),
    sa.Column('counted_at', academy.database.UTCDateTime(timezone=True), nullable=True),
    sa.CheckConstraint('id = 1', name=op.f('ck_hr_reader_there_is_one')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_hr_reader'))
    )
    op.create_table('hr_standing',
    sa.Column('person_id', BIG, nullable=False),
    sa.Column('first_on', sa.Date(), nullable=False),
    sa.Column('last_on', sa.Date(), nullable=False),
    sa.Column('before_on', sa.Date(), nullable=True),
    sa.Column('round_on', sa.Date(), nullable=True),
    sa.ForeignKeyConstraint(['person_id'], ['person.id'], name=op.f('fk_hr_standing_person_id_person'), ondelete='CASCADE'),
    sa.PrimaryKeyConstraint('person_id', name=op.f('pk_hr_standing'))
    )
    op.create_table('hr_figures',
    sa.Column('day', sa.Date(), nullable=False),
    sa.Column('entity_id', BIG, nullable=False),
    sa.Column('cut', sa.String(length=12), nullable=False),
    sa.Column('value', sa.String(length=60), nullable=False),
    sa.Column('people', sa.Integer(), nullable=True),
    sa.Column('figures', JSON, nullable=False),
    sa.ForeignKeyConstraint(['entity_id'], ['entity.id'], name=op.f('fk_hr_figures_entity_id_entity'), ondelete='CASCADE'),
    sa.PrimaryKeyConstraint('day', 'entity_id', 'cut', 'value', name=op.f('pk_hr_figures'))
    )
    op.create_index('ix_hr_figures_entity_cut', 'hr_figures', ['entity_id', 'cut', 'day'], unique=False)


def downgrade() -> None:
    op.drop_table('hr_figures')
    op.drop_table('hr_standing')
    op.drop_table('hr_reader')
    with op.batch_alter_table('posting') as batch:
        batch.drop_column('shift')
        batch.drop_column('contract')
