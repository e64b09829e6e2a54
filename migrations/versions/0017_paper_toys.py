"""Paper Toys: the figure somebody chose, and which of their awards are on paper

Revision: 0017, after 0016
"""

import sqlalchemy as sa
from alembic import op

from sqlalchemy.dialects import postgresql

import academy.database

revision = '0017'
down_revision = '0016'
branch_labels = None
depends_on = None

BIG = sa.BigInteger().with_variant(sa.Integer(), 'sqlite')
JSON = sa.JSON().with_variant(postgresql.JSONB(), 'postgresql')


def upgrade() -> None:
    op.create_table('paper_toy',
    sa.Column('person_id', BIG, autoincrement=False, nullable=False),
    sa.Column('character', sa.String(length=20), nullable=False),
    sa.Column('colour', sa.String(length=20), nullable=False),
    sa.Column('paper', sa.String(length=20), nullable=False),
    sa.Column('awards', JSON, nullable=False),
    sa.Column('chosen_at', academy.database.UTCDateTime(timezone=True), nullable=False),
    sa.ForeignKeyConstraint(['person_id'], ['person.id'], name=op.f('fk_paper_toy_person_id_person'), ondelete='CASCADE'),
    sa.PrimaryKeyConstraint('person_id', name=op.f('pk_paper_toy'))
    )
    op.create_table('printed_award',
    sa.Column('person_id', BIG, autoincrement=False, nullable=False),
    sa.Column('award', sa.String(length=60), nullable=False),
    sa.Column('sheet', sa.Integer(), nullable=False),
    sa.Column('printed_at', academy.database.UTCDateTime(timezone=True), nullable=False),
    sa.CheckConstraint('sheet >= 0', name=op.f('ck_printed_award_sheet_is_numbered')),
    sa.ForeignKeyConstraint(['person_id'], ['person.id'], name=op.f('fk_printed_award_person_id_person'), ondelete='CASCADE'),
    sa.PrimaryKeyConstraint('person_id', 'award', name=op.f('pk_printed_award'))
    )


def downgrade() -> None:
    op.drop_table('printed_award')
    op.drop_table('paper_toy')
