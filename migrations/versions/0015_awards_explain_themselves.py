"""Awards explain themselves: versions of rules, evidence, what was withdrawn, and walks past everybody

Revision: 0015, after 0014
"""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

import academy.database

revision = '0015'
down_revision = '0014'
branch_labels = None
depends_on = None

BIG = sa.BigInteger().with_variant(sa.Integer(), 'sqlite')
JSON = sa.JSON().with_variant(postgresql.JSONB(), 'postgresql')
MOMENT = academy.database.UTCDateTime(timezone=True)


def upgrade() -> None:
    with op.batch_alter_table('award_grant') as table:
        table.add_column(sa.Column('evidence', JSON, nullable=False, server_default='[]'))
        table.add_column(sa.Column('revoked_at', MOMENT, nullable=True))
        table.add_column(sa.Column('revoked_reason', sa.String(length=200), nullable=False, server_default=''))
        table.create_check_constraint(
            op.f('ck_award_grant_revoked_for_a_reason'), "(revoked_at IS NULL) = (revoked_reason = '')"
        )
    with op.batch_alter_table('award_grant') as table:
        table.alter_column('evidence', server_default=None)
        table.alter_column('revoked_reason', server_default=None)
    op.create_table(
        'award_version',
        sa.Column('id', BIG, nullable=False),
        sa.Column('award', sa.String(length=60), nullable=False),
        sa.Column('version', sa.String(length=12), nullable=False),
        sa.Column('number', sa.Integer(), nullable=False),
        sa.Column('asks', JSON, nullable=False),
        sa.Column('points', sa.Integer(), nullable=False),
        sa.Column('known_at', MOMENT, nullable=False),
        sa.CheckConstraint('number >= 1', name=op.f('ck_award_version_counts_from_one')),
        sa.PrimaryKeyConstraint('id', name=op.f('pk_award_version')),
        sa.UniqueConstraint('award', 'version', name=op.f('uq_award_version_award_version')),
        sa.UniqueConstraint('award', 'number', name=op.f('uq_award_version_award_number')),
    )
    op.create_table(
        'award_round',
        sa.Column('id', BIG, nullable=False),
        sa.Column('awards', sa.String(length=12), nullable=False),
        sa.Column('reached', BIG, nullable=False),
        sa.Column('people', sa.Integer(), nullable=False),
        sa.Column('granted', sa.Integer(), nullable=False),
        sa.Column('begun_at', MOMENT, nullable=False),
        sa.Column('ended_at', MOMENT, nullable=True),
        sa.CheckConstraint('people >= 0 AND granted >= 0', name=op.f('ck_award_round_counts_up')),
        sa.PrimaryKeyConstraint('id', name=op.f('pk_award_round')),
    )


def downgrade() -> None:
    op.drop_table('award_round')
    op.drop_table('award_version')
    # what was withdrawn stays withdrawn where nothing can say so: the grant goes
    op.execute('DELETE FROM award_grant WHERE revoked_at IS NOT NULL')
    with op.batch_alter_table('award_grant') as table:
        table.drop_constraint(op.f('ck_award_grant_revoked_for_a_reason'), type_='check')
        table.drop_column('revoked_reason')
        table.drop_column('revoked_at')
        table.drop_column('evidence')
