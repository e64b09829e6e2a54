"""The read API: who may ask, how often they did, and when what is told of people changed

Revision: 0031, after 0030
"""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

import academy.database

revision = '0031'
down_revision = '0030'
branch_labels = None
depends_on = None

BIG = sa.BigInteger().with_variant(sa.Integer(), 'sqlite')
JSON = sa.JSON().with_variant(postgresql.JSONB(), 'postgresql')
MOMENT = academy.database.UTCDateTime(timezone=True)


def upgrade() -> None:
    op.create_table(
        'api_client',
        sa.Column('id', BIG, nullable=False),
        sa.Column('name', sa.String(length=80), nullable=False),
        sa.Column('token_print', sa.String(length=64), nullable=False),
        sa.Column('hint', sa.String(length=8), nullable=False),
        sa.Column('once', sa.String(length=32), nullable=False),
        sa.Column('made_at', MOMENT, nullable=False),
        sa.Column('made_by', BIG, nullable=True),
        sa.Column('ends_on', sa.Date(), nullable=False),
        sa.Column('revoked_at', MOMENT, nullable=True),
        sa.Column('scopes', JSON, nullable=False),
        sa.Column('entity_id', BIG, nullable=True),
        sa.ForeignKeyConstraint(['made_by'], ['person.id'], name=op.f('fk_api_client_made_by_person'), ondelete='SET NULL'),
        sa.ForeignKeyConstraint(['entity_id'], ['entity.id'], name=op.f('fk_api_client_entity_id_entity'), ondelete='CASCADE'),
        sa.PrimaryKeyConstraint('id', name=op.f('pk_api_client')),
        sa.UniqueConstraint('token_print', name=op.f('uq_api_client_token_print')),
        sa.UniqueConstraint('once', name=op.f('uq_api_client_once')),
    )
    for column in ('made_by', 'entity_id'):
        op.create_index(op.f(f'ix_api_client_{column}'), 'api_client', [column])
    op.create_table(
        'api_use',
        sa.Column('client_id', BIG, nullable=False),
        sa.Column('day', sa.Date(), nullable=False),
        sa.Column('operation', sa.String(length=40), nullable=False),
        sa.Column('count', sa.Integer(), nullable=False),
        sa.CheckConstraint('count > 0', name=op.f('ck_api_use_counts_up')),
        sa.ForeignKeyConstraint(['client_id'], ['api_client.id'], name=op.f('fk_api_use_client_id_api_client'), ondelete='CASCADE'),
        sa.PrimaryKeyConstraint('client_id', 'day', 'operation', name=op.f('pk_api_use')),
    )
    op.create_index('ix_api_use_day', 'api_use', ['day'])
    op.create_table(
        'api_person',
        sa.Column('person_id', BIG, nullable=False),
        sa.Column('print', sa.String(length=16), nullable=False),
        sa.Column('changed_at', MOMENT, nullable=False),
        sa.ForeignKeyConstraint(['person_id'], ['person.id'], name=op.f('fk_api_person_person_id_person'), ondelete='CASCADE'),
        sa.PrimaryKeyConstraint('person_id', name=op.f('pk_api_person')),
    )
    op.create_index('ix_api_person_changed_at', 'api_person', ['changed_at', 'person_id'])
    op.create_table(
        'api_reader',
        sa.Column('id', sa.Integer(), nullable=False),
        sa.Column('looked_at', MOMENT, nullable=False),
        sa.CheckConstraint('id = 1', name=op.f('ck_api_reader_there_is_one')),
        sa.PrimaryKeyConstraint('id', name=op.f('pk_api_reader')),
    )
    op.create_index('ix_posting_entity_id_person_id', 'posting', ['entity_id', 'person_id'])


def downgrade() -> None:
    op.drop_index('ix_posting_entity_id_person_id', 'posting')
    for table in ('reader', 'person', 'use', 'client'):
        op.drop_table(f'api_{table}')
