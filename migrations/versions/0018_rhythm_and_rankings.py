"""Longest rows of working days, rankings for who asks, and participation by entity

Revision: 0018, after 0017
"""

import sqlalchemy as sa
from alembic import op

import academy.database

revision = '0018'
down_revision = '0017'
branch_labels = None
depends_on = None

BIG = sa.BigInteger().with_variant(sa.Integer(), 'sqlite')


def upgrade() -> None:
    op.create_table('longest_row',
    sa.Column('person_id', BIG, nullable=False),
    sa.Column('length', sa.Integer(), nullable=False),
    sa.Column('until', sa.Date(), nullable=False),
    sa.CheckConstraint('length > 0', name=op.f('ck_longest_row_has_days')),
    sa.ForeignKeyConstraint(['person_id'], ['person.id'], name=op.f('fk_longest_row_person_id_person'), ondelete='CASCADE'),
    sa.PrimaryKeyConstraint('person_id', name=op.f('pk_longest_row'))
    )
    op.create_table('participation_day',
    sa.Column('entity_id', BIG, nullable=False),
    sa.Column('day', sa.Date(), nullable=False),
    sa.Column('expected', sa.Integer(), nullable=False),
    sa.Column('done', sa.Integer(), nullable=False),
    sa.CheckConstraint('done >= 0 AND done <= expected', name=op.f('ck_participation_day_counts_fit')),
    sa.ForeignKeyConstraint(['entity_id'], ['entity.id'], name=op.f('fk_participation_day_entity_id_entity'), ondelete='CASCADE'),
    sa.PrimaryKeyConstraint('entity_id', 'day', name=op.f('pk_participation_day'))
    )
    with op.batch_alter_table('participation_day', schema=None) as batch_op:
        batch_op.create_index('ix_participation_day_day', ['day'], unique=False)

    op.create_table('participation_rate',
    sa.Column('entity_id', BIG, nullable=False),
    sa.Column('span', sa.String(length=5), nullable=False),
    sa.Column('first', sa.Date(), nullable=False),
    sa.Column('last', sa.Date(), nullable=False),
    sa.Column('kind', sa.String(length=20), nullable=False),
    sa.Column('per_cent', sa.Integer(), nullable=False),
    sa.Column('place', sa.Integer(), nullable=True),
    sa.CheckConstraint("span IN ('week', 'month')", name=op.f('ck_participation_rate_span_is_known')),
    sa.CheckConstraint('per_cent BETWEEN 0 AND 100', name=op.f('ck_participation_rate_is_a_share')),
    sa.CheckConstraint('place IS NULL OR place >= 1', name=op.f('ck_participation_rate_counts_from_one')),
    sa.ForeignKeyConstraint(['entity_id'], ['entity.id'], name=op.f('fk_participation_rate_entity_id_entity'), ondelete='CASCADE'),
    sa.PrimaryKeyConstraint('entity_id', 'span', name=op.f('pk_participation_rate'))
    )
    op.create_table('ranking_entrant',
    sa.Column('person_id', BIG, nullable=False),
    sa.Column('joined_at', academy.database.UTCDateTime(timezone=True), nullable=False),
    sa.Column('month', sa.Date(), nullable=False),
    sa.Column('points', sa.Integer(), nullable=False),
    sa.CheckConstraint('points >= 0', name=op.f('ck_ranking_entrant_points_add_up')),
    sa.ForeignKeyConstraint(['person_id'], ['person.id'], name=op.f('fk_ranking_entrant_person_id_person'), ondelete='CASCADE'),
    sa.PrimaryKeyConstraint('person_id', name=op.f('pk_ranking_entrant'))
    )
    with op.batch_alter_table('ranking_entrant', schema=None) as batch_op:
        batch_op.create_index('ix_ranking_entrant_around', ['month', 'points', 'person_id'], unique=False)



def downgrade() -> None:
    with op.batch_alter_table('ranking_entrant', schema=None) as batch_op:
        batch_op.drop_index('ix_ranking_entrant_around')

    op.drop_table('ranking_entrant')
    op.drop_table('participation_rate')
    with op.batch_alter_table('participation_day', schema=None) as batch_op:
        batch_op.drop_index('ix_participation_day_day')

    op.drop_table('participation_day')
    op.drop_table('longest_row')
