"""Signed credentials, the keys that sign them, and links that show a passport

Revision: 0016, after 0015
"""

import sqlalchemy as sa
from alembic import op

from sqlalchemy.dialects import postgresql

import academy.database

revision = '0016'
down_revision = '0015'
branch_labels = None
depends_on = None

BIG = sa.BigInteger().with_variant(sa.Integer(), 'sqlite')
JSON = sa.JSON().with_variant(postgresql.JSONB(), 'postgresql')


def upgrade() -> None:
    op.create_table('signing_key',
    sa.Column('kid', sa.String(length=16), nullable=False),
    sa.Column('kind', sa.String(length=10), nullable=False),
    sa.Column('pem', sa.Text(), nullable=False),
    sa.Column('since', academy.database.UTCDateTime(timezone=True), nullable=False),
    sa.Column('withdrawn_at', academy.database.UTCDateTime(timezone=True), nullable=True),
    sa.PrimaryKeyConstraint('kid', name=op.f('pk_signing_key'))
    )
    op.create_table('credential',
    sa.Column('id', BIG, nullable=False),
    sa.Column('ref', sa.String(length=22), nullable=False),
    sa.Column('person_id', BIG, nullable=True),
    sa.Column('subject', sa.String(length=80), nullable=False),
    sa.Column('award', sa.String(length=60), nullable=False),
    sa.Column('standing', sa.String(length=10), nullable=False),
    sa.Column('since', academy.database.UTCDateTime(timezone=True), nullable=False),
    sa.Column('issued_at', academy.database.UTCDateTime(timezone=True), nullable=False),
    sa.Column('said', JSON, nullable=False),
    sa.Column('ended_at', academy.database.UTCDateTime(timezone=True), nullable=True),
    sa.Column('end_reason', sa.String(length=200), nullable=False),
    sa.CheckConstraint("(standing = 'valid') = (ended_at IS NULL)", name=op.f('ck_credential_ends_when_it_ends')),
    sa.CheckConstraint("standing IN ('valid', 'replaced', 'revoked')", name=op.f('ck_credential_standing_is_known')),
    sa.ForeignKeyConstraint(['person_id'], ['person.id'], name=op.f('fk_credential_person_id_person'), ondelete='SET NULL'),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_credential')),
    sa.UniqueConstraint('ref', name=op.f('uq_credential_ref')),
    sqlite_autoincrement=True
    )
    with op.batch_alter_table('credential', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_credential_person_id'), ['person_id'], unique=False)
        batch_op.create_index('ix_credential_subject', ['subject'], unique=False)
        batch_op.create_index('uq_credential_valid', ['person_id', 'subject'], unique=True, sqlite_where=sa.text("standing = 'valid'"), postgresql_where=sa.text("standing = 'valid'"))

    op.create_table('passport_link',
    sa.Column('id', BIG, nullable=False),
    sa.Column('person_id', BIG, nullable=False),
    sa.Column('code', sa.String(length=12), nullable=True),
    sa.Column('once', sa.String(length=32), nullable=True),
    sa.Column('label', sa.String(length=60), nullable=False),
    sa.Column('shows_entity', sa.Boolean(), nullable=False),
    sa.Column('shows_visas', sa.Boolean(), nullable=False),
    sa.Column('shows_awards', sa.Boolean(), nullable=False),
    sa.Column('made_at', academy.database.UTCDateTime(timezone=True), nullable=False),
    sa.Column('ends_at', academy.database.UTCDateTime(timezone=True), nullable=True),
    sa.Column('withdrawn_at', academy.database.UTCDateTime(timezone=True), nullable=True),
    sa.ForeignKeyConstraint(['person_id'], ['person.id'], name=op.f('fk_passport_link_person_id_person'), ondelete='CASCADE'),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_passport_link')),
    sa.UniqueConstraint('code', name=op.f('uq_passport_link_code')),
    sa.UniqueConstraint('once', name=op.f('uq_passport_link_once'))
    )
    with op.batch_alter_table('passport_link', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_passport_link_person_id'), ['person_id'], unique=False)
        batch_op.create_index('uq_passport_link_own', ['person_id'], unique=True, sqlite_where=sa.text('code IS NULL'), postgresql_where=sa.text('code IS NULL'))



def downgrade() -> None:
    with op.batch_alter_table('passport_link', schema=None) as batch_op:
        batch_op.drop_index('uq_passport_link_own', sqlite_where=sa.text('code IS NULL'), postgresql_where=sa.text('code IS NULL'))
        batch_op.drop_index(batch_op.f('ix_passport_link_person_id'))

    op.drop_table('passport_link')
    with op.batch_alter_table('credential', schema=None) as batch_op:
        batch_op.drop_index('uq_credential_valid', sqlite_where=sa.text("standing = 'valid'"), postgresql_where=sa.text("standing = 'valid'"))
        batch_op.drop_index('ix_credential_subject')
        batch_op.drop_index(batch_op.f('ix_credential_person_id'))

    op.drop_table('credential')
    op.drop_table('signing_key')
