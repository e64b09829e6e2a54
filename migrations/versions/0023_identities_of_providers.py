"""Identities at sign-in providers

Revision: 0023, after 0022
"""

import sqlalchemy as sa
from alembic import op

import academy.database

revision = '0023'
down_revision = '0022'
branch_labels = None
depends_on = None

BIG = sa.BigInteger().with_variant(sa.Integer(), 'sqlite')


def upgrade() -> None:
    op.create_table('sign_on',
    sa.Column('id', BIG, nullable=False),
    sa.Column('person_id', BIG, nullable=False),
    sa.Column('issuer', sa.String(length=255), nullable=False),
    sa.Column('subject', sa.String(length=255), nullable=False),
    sa.Column('linked_at', academy.database.UTCDateTime(timezone=True), nullable=False),
    sa.ForeignKeyConstraint(['person_id'], ['person.id'], name=op.f('fk_sign_on_person_id_person'), ondelete='CASCADE'),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_sign_on')),
    sa.UniqueConstraint('issuer', 'subject', name=op.f('uq_sign_on_issuer_subject')),
    sa.UniqueConstraint('person_id', 'issuer', name=op.f('uq_sign_on_person_id_issuer'))
    )


def downgrade() -> None:
    op.drop_table('sign_on')
