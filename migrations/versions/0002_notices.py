"""Notices: what people are told, how they want to be told, and when they are next reminded

Revision: 0002, after 0001
"""

import sqlalchemy as sa
from sqlalchemy import Text  # noqa: F401  # JSONB columns refer to it
from alembic import op

import academy.database  # noqa: F401  # column types refer to it
from sqlalchemy.dialects import postgresql

revision = '0002'
down_revision = '0001'
branch_labels = None
depends_on = None

BIG = sa.BigInteger().with_variant(sa.Integer(), 'sqlite')
JSON = sa.JSON().with_variant(postgresql.JSONB(astext_type=Text()), 'postgresql')
MOMENT = academy.database.UTCDateTime(timezone=True)
GATHERED = sa.text("read_at IS NULL AND topic <> ''")


def upgrade() -> None:
    # In plain SQL, which both databases take: SQLite would copy the whole table for a check of its own.
    op.execute(
        'ALTER TABLE person ADD COLUMN unread INTEGER DEFAULT 0 NOT NULL '
        'CONSTRAINT ck_person_unread_is_a_count CHECK (unread >= 0)'
    )
    op.create_table('notice',
    sa.Column('id', BIG, nullable=False),
    sa.Column('person_id', BIG, nullable=False),
    sa.Column('kind', sa.String(length=20), nullable=False),
    sa.Column('data', JSON, nullable=False),
    sa.Column('actor_id', BIG, nullable=True),
    sa.Column('topic', sa.String(length=60), nullable=False),
    sa.Column('number', BIG, nullable=False),
    sa.Column('count', sa.Integer(), nullable=False),
    sa.Column('once', sa.String(length=100), nullable=False),
    sa.Column('at', MOMENT, nullable=False),
    sa.Column('read_at', MOMENT, nullable=True),
    sa.CheckConstraint('count > 0', name=op.f('ck_notice_tells_something')),
    sa.ForeignKeyConstraint(['actor_id'], ['person.id'], name=op.f('fk_notice_actor_id_person'), ondelete='SET NULL'),
    sa.ForeignKeyConstraint(['person_id'], ['person.id'], name=op.f('fk_notice_person_id_person'), ondelete='CASCADE'),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_notice')),
    sa.UniqueConstraint('person_id', 'once', name=op.f('uq_notice_person_id_once'))
    )
    with op.batch_alter_table('notice', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_notice_actor_id'), ['actor_id'], unique=False)
        batch_op.create_index(batch_op.f('ix_notice_at'), ['at'], unique=False)
        batch_op.create_index('ix_notice_person_id_at', ['person_id', 'at', 'id'], unique=False)
        batch_op.create_index('uq_notice_topic', ['person_id', 'kind', 'topic'], unique=True, sqlite_where=GATHERED, postgresql_where=GATHERED)

    op.create_table('notice_wishes',
    sa.Column('person_id', BIG, autoincrement=False, nullable=False),
    sa.Column('mail', JSON, nullable=False),
    sa.Column('quiet_from', sa.Time(), nullable=False),
    sa.Column('quiet_to', sa.Time(), nullable=False),
    sa.ForeignKeyConstraint(['person_id'], ['person.id'], name=op.f('fk_notice_wishes_person_id_person'), ondelete='CASCADE'),
    sa.PrimaryKeyConstraint('person_id', name=op.f('pk_notice_wishes'))
    )
    op.create_table('reminder',
    sa.Column('person_id', BIG, autoincrement=False, nullable=False),
    sa.Column('wanted', sa.Boolean(), nullable=False),
    sa.Column('hour', sa.Time(), nullable=False),
    sa.Column('zone', sa.String(length=60), nullable=False),
    sa.Column('next_at', MOMENT, nullable=True),
    sa.Column('last_on', sa.Date(), nullable=True),
    sa.Column('ignored', sa.Integer(), nullable=False),
    sa.Column('weekly', sa.Boolean(), nullable=False),
    sa.CheckConstraint('ignored >= 0', name=op.f('ck_reminder_ignored_is_a_count')),
    sa.CheckConstraint('wanted OR next_at IS NULL', name=op.f('ck_reminder_stops_when_stopped')),
    sa.ForeignKeyConstraint(['person_id'], ['person.id'], name=op.f('fk_reminder_person_id_person'), ondelete='CASCADE'),
    sa.PrimaryKeyConstraint('person_id', name=op.f('pk_reminder'))
    )
    with op.batch_alter_table('reminder', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_reminder_next_at'), ['next_at'], unique=False)

    op.create_table('team_digest',
    sa.Column('person_id', BIG, autoincrement=False, nullable=False),
    sa.Column('next_at', MOMENT, nullable=True),
    sa.ForeignKeyConstraint(['person_id'], ['person.id'], name=op.f('fk_team_digest_person_id_person'), ondelete='CASCADE'),
    sa.PrimaryKeyConstraint('person_id', name=op.f('pk_team_digest'))
    )
    with op.batch_alter_table('team_digest', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_team_digest_next_at'), ['next_at'], unique=False)


def downgrade() -> None:
    op.drop_table('team_digest')
    op.drop_table('reminder')
    op.drop_table('notice_wishes')
    op.drop_table('notice')
    op.execute('ALTER TABLE person DROP COLUMN unread')
