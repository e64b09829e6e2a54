"""Campaigns: what people are asked to have done by a day, whom it concerns, how far groups are

Revision: 0025, after 0024
"""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

import academy.database

revision = '0025'
down_revision = '0024'
branch_labels = None
depends_on = None

BIG = sa.BigInteger().with_variant(sa.Integer(), 'sqlite')
JSON = sa.JSON().with_variant(postgresql.JSONB(), 'postgresql')


def upgrade() -> None:
    op.create_table('hr_campaign',
    sa.Column('id', BIG, nullable=False),
    sa.Column('once', sa.String(length=32), nullable=False),
    sa.Column('version', sa.Integer(), nullable=False),
    sa.Column('state', sa.String(length=10), nullable=False),
    sa.Column('mandatory', sa.Boolean(), nullable=False),
    sa.Column('name_fr', sa.String(length=80), nullable=False),
    sa.Column('name_en', sa.String(length=80), nullable=False),
    sa.Column('message_fr', sa.Text(), nullable=False),
    sa.Column('message_en', sa.Text(), nullable=False),
    sa.Column('population', JSON, nullable=False),
    sa.Column('goal', sa.String(length=10), nullable=False),
    sa.Column('goal_key', sa.String(length=60), nullable=False),
    sa.Column('goal_days', sa.Integer(), nullable=False),
    sa.Column('starts_on', sa.Date(), nullable=False),
    sa.Column('due_on', sa.Date(), nullable=False),
    sa.Column('grace_days', sa.Integer(), nullable=False),
    sa.Column('reminders', JSON, nullable=False),
    sa.Column('announced_at', academy.database.UTCDateTime(timezone=True), nullable=True),
    sa.Column('ended_at', academy.database.UTCDateTime(timezone=True), nullable=True),
    sa.Column('counted_at', academy.database.UTCDateTime(timezone=True), nullable=True),
    sa.Column('changed_at', academy.database.UTCDateTime(timezone=True), nullable=False),
    sa.Column('changed_by', BIG, nullable=True),
    sa.CheckConstraint("(goal = 'minutes') = (goal_days > 0)", name=op.f('ck_hr_campaign_minutes_have_days')),
    sa.CheckConstraint("(goal = 'minutes') = (goal_key = '')", name=op.f('ck_hr_campaign_awards_have_a_key')),
    sa.CheckConstraint("(state = 'draft') = (announced_at IS NULL)", name=op.f('ck_hr_campaign_announced_once_it_left_the_desk')),
    sa.CheckConstraint("goal IN ('passport', 'visa', 'track', 'minutes')", name=op.f('ck_hr_campaign_goal_is_known')),
    sa.CheckConstraint("name_fr <> '' AND name_en <> ''", name=op.f('ck_hr_campaign_has_both_names')),
    sa.CheckConstraint("state IN ('draft', 'announced', 'running', 'ended', 'withdrawn')", name=op.f('ck_hr_campaign_state_is_known')),
    sa.CheckConstraint('grace_days BETWEEN 0 AND 60', name=op.f('ck_hr_campaign_grace_is_short')),
    sa.CheckConstraint('starts_on <= due_on', name=op.f('ck_hr_campaign_days_are_in_order')),
    sa.ForeignKeyConstraint(['changed_by'], ['person.id'], name=op.f('fk_hr_campaign_changed_by_person'), ondelete='SET NULL'),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_hr_campaign')),
    sa.UniqueConstraint('once', name=op.f('uq_hr_campaign_once'))
    )
    op.create_index('ix_hr_campaign_state', 'hr_campaign', ['state'], unique=False)
    op.create_table('hr_campaign_count',
    sa.Column('campaign_id', BIG, nullable=False),
    sa.Column('entity_id', BIG, nullable=False),
    sa.Column('people', sa.Integer(), nullable=True),
    sa.Column('done', sa.Integer(), nullable=True),
    sa.ForeignKeyConstraint(['campaign_id'], ['hr_campaign.id'], name=op.f('fk_hr_campaign_count_campaign_id_hr_campaign'), ondelete='CASCADE'),
    sa.ForeignKeyConstraint(['entity_id'], ['entity.id'], name=op.f('fk_hr_campaign_count_entity_id_entity'), ondelete='CASCADE'),
    sa.PrimaryKeyConstraint('campaign_id', 'entity_id', name=op.f('pk_hr_campaign_count'))
    )
    op.create_table('hr_campaign_member',
    sa.Column('campaign_id', BIG, nullable=False),
    sa.Column('person_id', BIG, nullable=False),
    sa.Column('inside', sa.Boolean(), nullable=False),
    sa.Column('due_on', sa.Date(), nullable=False),
    sa.Column('done_on', sa.Date(), nullable=True),
    sa.Column('told_on', sa.Date(), nullable=True),
    sa.Column('reminded', sa.Integer(), nullable=True),
    sa.Column('closed_at', academy.database.UTCDateTime(timezone=True), nullable=True),
    sa.ForeignKeyConstraint(['campaign_id'], ['hr_campaign.id'], name=op.f('fk_hr_campaign_member_campaign_id_hr_campaign'), ondelete='CASCADE'),
    sa.ForeignKeyConstraint(['person_id'], ['person.id'], name=op.f('fk_hr_campaign_member_person_id_person'), ondelete='CASCADE'),
    sa.PrimaryKeyConstraint('campaign_id', 'person_id', name=op.f('pk_hr_campaign_member'))
    )
    op.create_index('ix_hr_campaign_member_person_id', 'hr_campaign_member', ['person_id'], unique=False)
    op.create_table('hr_campaign_place',
    sa.Column('campaign_id', BIG, nullable=False),
    sa.Column('entity_id', BIG, nullable=False),
    sa.ForeignKeyConstraint(['campaign_id'], ['hr_campaign.id'], name=op.f('fk_hr_campaign_place_campaign_id_hr_campaign'), ondelete='CASCADE'),
    sa.ForeignKeyConstraint(['entity_id'], ['entity.id'], name=op.f('fk_hr_campaign_place_entity_id_entity'), ondelete='CASCADE'),
    sa.PrimaryKeyConstraint('campaign_id', 'entity_id', name=op.f('pk_hr_campaign_place'))
    )
    op.create_index('ix_hr_campaign_place_entity_id', 'hr_campaign_place', ['entity_id'], unique=False)


def downgrade() -> None:
    op.drop_table('hr_campaign_place')
    op.drop_table('hr_campaign_member')
    op.drop_table('hr_campaign_count')
    op.drop_table('hr_campaign')
