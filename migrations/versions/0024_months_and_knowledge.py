"""Who began in which month and came in another, and what groups know: rounded figures

Revision: 0024, after 0023
"""

import sqlalchemy as sa
from alembic import op

revision = '0024'
down_revision = '0023'
branch_labels = None
depends_on = None

BIG = sa.BigInteger().with_variant(sa.Integer(), 'sqlite')


def upgrade() -> None:
    op.create_table('hr_cohort',
    sa.Column('month', sa.Date(), nullable=False),
    sa.Column('entity_id', BIG, nullable=False),
    sa.Column('began', sa.Date(), nullable=False),
    sa.Column('people', sa.Integer(), nullable=False),
    sa.Column('came', sa.Integer(), nullable=False),
    sa.ForeignKeyConstraint(['entity_id'], ['entity.id'], name=op.f('fk_hr_cohort_entity_id_entity'), ondelete='CASCADE'),
    sa.PrimaryKeyConstraint('month', 'entity_id', 'began', name=op.f('pk_hr_cohort'))
    )
    op.create_table('hr_knowledge',
    sa.Column('day', sa.Date(), nullable=False),
    sa.Column('entity_id', BIG, nullable=False),
    sa.Column('subject', sa.String(length=70), nullable=False),
    sa.Column('met', sa.Integer(), nullable=False),
    sa.Column('known', sa.Integer(), nullable=False),
    sa.ForeignKeyConstraint(['entity_id'], ['entity.id'], name=op.f('fk_hr_knowledge_entity_id_entity'), ondelete='CASCADE'),
    sa.PrimaryKeyConstraint('day', 'entity_id', 'subject', name=op.f('pk_hr_knowledge'))
    )


def downgrade() -> None:
    op.drop_table('hr_knowledge')
    op.drop_table('hr_cohort')
