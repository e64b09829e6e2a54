"""Directories keep accounts: who may, what they said, what their words mean, their groups

Revision: 0022, after 0021
"""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

import academy.database

revision = '0022'
down_revision = '0021'
branch_labels = None
depends_on = None

BIG = sa.BigInteger().with_variant(sa.Integer(), 'sqlite')
JSON = sa.JSON().with_variant(postgresql.JSONB(), 'postgresql')
MOMENT = academy.database.UTCDateTime(timezone=True)


def upgrade() -> None:
    _give_everybody_a_key()
    op.create_table(
        'directory_client',
        sa.Column('id', BIG, nullable=False),
        sa.Column('name', sa.String(length=80), nullable=False),
        sa.Column('token_print', sa.String(length=64), nullable=False),
        sa.Column('hint', sa.String(length=8), nullable=False),
        sa.Column('once', sa.String(length=32), nullable=False),
        sa.Column('writes_people', sa.Boolean(), nullable=False),
        sa.Column('writes_groups', sa.Boolean(), nullable=False),
        sa.Column('made_at', MOMENT, nullable=False),
        sa.Column('made_by', BIG, nullable=True),
        sa.Column('ends_on', sa.Date(), nullable=False),
        sa.Column('revoked_at', MOMENT, nullable=True),
        sa.Column('last_used_at', MOMENT, nullable=True),
        sa.ForeignKeyConstraint(['made_by'], ['person.id'], name=op.f('fk_directory_client_made_by_person'), ondelete='SET NULL'),
        sa.PrimaryKeyConstraint('id', name=op.f('pk_directory_client')),
        sa.UniqueConstraint('token_print', name=op.f('uq_directory_client_token_print')),
        sa.UniqueConstraint('once', name=op.f('uq_directory_client_once')),
    )
    op.create_index(op.f('ix_directory_client_made_by'), 'directory_client', ['made_by'])
    op.create_table(
        'directory_record',
        sa.Column('person_id', BIG, nullable=False),
        sa.Column('name_filed', sa.String(length=254), nullable=False),
        sa.Column('external_id', sa.String(length=254), nullable=True),
        sa.Column('said', JSON, nullable=False),
        sa.Column('place_word', sa.String(length=120), nullable=True),
        sa.Column('job_word', sa.String(length=120), nullable=True),
        sa.Column('made_at', MOMENT, nullable=False),
        sa.Column('changed_at', MOMENT, nullable=False),
        sa.Column('removed_at', MOMENT, nullable=True),
        sa.ForeignKeyConstraint(['person_id'], ['person.id'], name=op.f('fk_directory_record_person_id_person'), ondelete='CASCADE'),
        sa.PrimaryKeyConstraint('person_id', name=op.f('pk_directory_record')),
    )
    op.create_index(
        'uq_directory_record_name', 'directory_record', ['name_filed'], unique=True,
        sqlite_where=sa.text('removed_at IS NULL'), postgresql_where=sa.text('removed_at IS NULL'),
    )
    for column in ('external_id', 'place_word', 'job_word'):
        op.create_index(op.f(f'ix_directory_record_{column}'), 'directory_record', [column])
    op.create_table(
        'directory_word',
        sa.Column('id', BIG, nullable=False),
        sa.Column('kind', sa.String(length=8), nullable=False),
        sa.Column('filed', sa.String(length=120), nullable=False),
        sa.Column('word', sa.String(length=120), nullable=False),
        sa.Column('entity_id', BIG, nullable=True),
        sa.Column('job_family', sa.String(length=60), nullable=True),
        sa.CheckConstraint("kind IN ('place', 'job')", name=op.f('ck_directory_word_kind_is_known')),
        sa.CheckConstraint("(kind = 'place') = (entity_id IS NOT NULL)", name=op.f('ck_directory_word_a_place_is_an_entity')),
        sa.CheckConstraint("(kind = 'job') = (job_family IS NOT NULL)", name=op.f('ck_directory_word_a_job_is_a_trade')),
        sa.ForeignKeyConstraint(['entity_id'], ['entity.id'], name=op.f('fk_directory_word_entity_id_entity'), ondelete='CASCADE'),
        sa.PrimaryKeyConstraint('id', name=op.f('pk_directory_word')),
    )
    op.create_index(op.f('ix_directory_word_entity_id'), 'directory_word', ['entity_id'])
    op.create_index('uq_directory_word', 'directory_word', ['kind', 'filed'], unique=True)
    op.create_table(
        'directory_group',
        sa.Column('id', BIG, nullable=False),
        sa.Column('key', sa.String(length=32), nullable=False),
        sa.Column('name', sa.String(length=254), nullable=False),
        sa.Column('name_filed', sa.String(length=254), nullable=False),
        sa.Column('external_id', sa.String(length=254), nullable=True),
        sa.Column('role', sa.String(length=20), nullable=True),
        sa.Column('edition', sa.Integer(), nullable=False),
        sa.Column('made_at', MOMENT, nullable=False),
        sa.Column('changed_at', MOMENT, nullable=False),
        sa.PrimaryKeyConstraint('id', name=op.f('pk_directory_group')),
        sa.UniqueConstraint('key', name=op.f('uq_directory_group_key')),
    )
    op.create_index(op.f('ix_directory_group_name_filed'), 'directory_group', ['name_filed'])
    op.create_index(op.f('ix_directory_group_external_id'), 'directory_group', ['external_id'])
    op.create_table(
        'directory_member',
        sa.Column('group_id', BIG, nullable=False),
        sa.Column('person_id', BIG, nullable=False),
        sa.Column('grant_id', BIG, nullable=True),
        sa.ForeignKeyConstraint(['group_id'], ['directory_group.id'], name=op.f('fk_directory_member_group_id_directory_group'), ondelete='CASCADE'),
        sa.ForeignKeyConstraint(['person_id'], ['person.id'], name=op.f('fk_directory_member_person_id_person'), ondelete='CASCADE'),
        sa.ForeignKeyConstraint(['grant_id'], ['role_grant.id'], name=op.f('fk_directory_member_grant_id_role_grant'), ondelete='SET NULL'),
        sa.PrimaryKeyConstraint('group_id', 'person_id', name=op.f('pk_directory_member')),
    )
    op.create_index(op.f('ix_directory_member_person_id'), 'directory_member', ['person_id'])
    op.create_index(op.f('ix_directory_member_grant_id'), 'directory_member', ['grant_id'])


def _give_everybody_a_key() -> None:
    """A column that may be empty needs no new table: that of people is too dear to be written anew."""
    op.add_column('person', sa.Column('directory_key', sa.String(length=32), nullable=True))
    one = (
        "replace(gen_random_uuid()::text, '-', '')"
        if op.get_bind().dialect.name == 'postgresql'
        else 'lower(hex(randomblob(16)))'
    )
    op.execute(f'UPDATE person SET directory_key = {one}')
    op.create_index('ix_person_directory_key', 'person', ['directory_key'], unique=True)


def downgrade() -> None:
    for table in ('member', 'group', 'word', 'record', 'client'):
        op.drop_table(f'directory_{table}')
    op.drop_index('ix_person_directory_key', 'person')
    op.drop_column('person', 'directory_key')
