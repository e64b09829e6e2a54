"""Tracks are followed

Revision: 0004, after 0003
"""

import sqlalchemy as sa
from alembic import op

import academy.database  # noqa: F401  # column types refer to it

revision = '0004'
down_revision = '0003'
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table('track_followed',
    sa.Column('person_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('track', sa.String(length=60), nullable=False),
    sa.Column('since', academy.database.UTCDateTime(timezone=True), nullable=False),
    sa.ForeignKeyConstraint(['person_id'], ['person.id'], name=op.f('fk_track_followed_person_id_person'), ondelete='CASCADE'),
    sa.PrimaryKeyConstraint('person_id', 'track', name=op.f('pk_track_followed'))
    )


def downgrade() -> None:
    op.drop_table('track_followed')
