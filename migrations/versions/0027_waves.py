"""Waves: to whom the academy opens when, who came in by which, and what was decided of them

Revision: 0027, after 0025
"""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

import academy.database

revision = '0027'
down_revision = '0025'
branch_labels = None
depends_on = None

BIG = sa.BigInteger().with_variant(sa.Integer(), 'sqlite')
JSON = sa.JSON().with_variant(postgresql.JSONB(), 'postgresql')


def upgrade() -> None:
    op.create_table('threshold',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.CheckConstraint('id = 1', name=op.f('ck_threshold_there_is_one')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_threshold'))
    )
    op.add_column('person', sa.Column('waits', sa.Boolean(), server_default=sa.false(), nullable=False))
    op.create_table('hr_wave',
    sa.Column('id', BIG, nullable=False),
    sa.Column('once', sa.String(length=32), nullable=False),
    sa.Column('version', sa.Integer(), nullable=False),
    sa.Column('place', sa.Integer(), nullable=False),
    sa.Column('state', sa.String(length=10), nullable=False),
    sa.Column('name_fr', sa.String(length=80), nullable=False),
    sa.Column('name_en', sa.String(length=80), nullable=False),
    sa.Column('population', JSON, nullable=False),
    sa.Column('opens_on', sa.Date(), nullable=True),
    sa.Column('opened_at', academy.database.UTCDateTime(timezone=True), nullable=True),
    sa.Column('people', sa.Integer(), nullable=True),
    sa.Column('figures', JSON, nullable=False),
    sa.Column('counted_at', academy.database.UTCDateTime(timezone=True), nullable=True),
    sa.Column('changed_at', academy.database.UTCDateTime(timezone=True), nullable=False),
    sa.Column('changed_by', BIG, nullable=True),
    sa.CheckConstraint("(state = 'planned') = (opened_at IS NULL)", name=op.f('ck_hr_wave_opened_once_it_left_the_plan')),
    sa.CheckConstraint("name_fr <> '' AND name_en <> ''", name=op.f('ck_hr_wave_has_both_names')),
    sa.CheckConstraint("state IN ('planned', 'open', 'paused')", name=op.f('ck_hr_wave_state_is_known')),
    sa.ForeignKeyConstraint(['changed_by'], ['person.id'], name=op.f('fk_hr_wave_changed_by_person'), ondelete='SET NULL'),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_hr_wave')),
    sa.UniqueConstraint('once', name=op.f('uq_hr_wave_once'))
    )
    op.create_table('hr_wave_place',
    sa.Column('wave_id', BIG, nullable=False),
    sa.Column('entity_id', BIG, nullable=False),
    sa.ForeignKeyConstraint(['entity_id'], ['entity.id'], name=op.f('fk_hr_wave_place_entity_id_entity'), ondelete='CASCADE'),
    sa.ForeignKeyConstraint(['wave_id'], ['hr_wave.id'], name=op.f('fk_hr_wave_place_wave_id_hr_wave'), ondelete='CASCADE'),
    sa.PrimaryKeyConstraint('wave_id', 'entity_id', name=op.f('pk_hr_wave_place'))
    )
    op.create_index('ix_hr_wave_place_entity_id', 'hr_wave_place', ['entity_id'], unique=False)
    op.create_table('hr_wave_member',
    sa.Column('person_id', BIG, nullable=False),
    sa.Column('wave_id', BIG, nullable=True),
    sa.Column('entered_on', sa.Date(), nullable=True),
    sa.Column('was_in', sa.Boolean(), nullable=False),
    sa.Column('invited_at', academy.database.UTCDateTime(timezone=True), nullable=True),
    sa.CheckConstraint('NOT was_in OR entered_on IS NOT NULL', name=op.f('ck_hr_wave_member_was_in_is_in')),
    sa.CheckConstraint('invited_at IS NULL OR entered_on IS NOT NULL', name=op.f('ck_hr_wave_member_invited_is_in')),
    sa.ForeignKeyConstraint(['person_id'], ['person.id'], name=op.f('fk_hr_wave_member_person_id_person'), ondelete='CASCADE'),
    sa.ForeignKeyConstraint(['wave_id'], ['hr_wave.id'], name=op.f('fk_hr_wave_member_wave_id_hr_wave'), ondelete='SET NULL'),
    sa.PrimaryKeyConstraint('person_id', name=op.f('pk_hr_wave_member'))
    )
    op.create_index('ix_hr_wave_member_wave_id_person_id', 'hr_wave_member', ['wave_id', 'person_id'], unique=False)
    op.create_table('hr_wave_decision',
    sa.Column('id', BIG, nullable=False),
    sa.Column('wave_id', BIG, nullable=False),
    sa.Column('once', sa.String(length=32), nullable=False),
    sa.Column('verdict', sa.String(length=4), nullable=False),
    sa.Column('wait_until', sa.Date(), nullable=True),
    sa.Column('reason', sa.Text(), nullable=False),
    sa.Column('at', academy.database.UTCDateTime(timezone=True), nullable=False),
    sa.Column('person_id', BIG, nullable=True),
    sa.CheckConstraint("reason <> ''", name=op.f('ck_hr_wave_decision_says_why')),
    sa.CheckConstraint("verdict = 'wait' OR wait_until IS NULL", name=op.f('ck_hr_wave_decision_go_waits_for_nothing')),
    sa.CheckConstraint("verdict IN ('go', 'wait')", name=op.f('ck_hr_wave_decision_verdict_is_known')),
    sa.ForeignKeyConstraint(['person_id'], ['person.id'], name=op.f('fk_hr_wave_decision_person_id_person'), ondelete='SET NULL'),
    sa.ForeignKeyConstraint(['wave_id'], ['hr_wave.id'], name=op.f('fk_hr_wave_decision_wave_id_hr_wave'), ondelete='CASCADE'),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_hr_wave_decision')),
    sa.UniqueConstraint('once', name=op.f('uq_hr_wave_decision_once'))
    )
    op.create_index('ix_hr_wave_decision_wave_id', 'hr_wave_decision', ['wave_id', 'id'], unique=False)


def downgrade() -> None:
    op.drop_table('hr_wave_decision')
    op.drop_table('hr_wave_member')
    op.drop_table('hr_wave_place')
    op.drop_table('hr_wave')
    op.drop_column('person', 'waits')
    op.drop_table('threshold')
