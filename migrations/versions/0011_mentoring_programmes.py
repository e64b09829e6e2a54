"""Mentoring programmes, and those who volunteer

Revision: 0011, after 0010
"""

from alembic import op
import sqlalchemy as sa
from sqlalchemy.dialects import postgresql

import academy.database

revision = '0011'
down_revision = '0010'
branch_labels = None
depends_on = None

BIG = sa.BigInteger().with_variant(sa.Integer(), 'sqlite')
JSON = sa.JSON().with_variant(postgresql.JSONB(), 'postgresql')


def upgrade():
    op.create_table('mentoring_programme',
    sa.Column('id', BIG, nullable=False),
    sa.Column('once', sa.String(length=32), nullable=False),
    sa.Column('version', sa.Integer(), nullable=False),
    sa.Column('state', sa.String(length=10), nullable=False),
    sa.Column('entity_id', BIG, nullable=True),
    sa.Column('name_fr', sa.String(length=80), nullable=False),
    sa.Column('name_en', sa.String(length=80), nullable=False),
    sa.Column('opens_on', sa.Date(), nullable=False),
    sa.Column('closes_on', sa.Date(), nullable=False),
    sa.Column('starts_on', sa.Date(), nullable=False),
    sa.Column('ends_on', sa.Date(), nullable=False),
    sa.Column('remote', sa.Boolean(), nullable=False),
    sa.Column('places', JSON, nullable=False),
    sa.Column('languages', JSON, nullable=False),
    sa.Column('topics', JSON, nullable=False),
    sa.Column('mentor_years', sa.Integer(), nullable=False),
    sa.Column('mentor_jobs', JSON, nullable=False),
    sa.Column('mentee_years', sa.Integer(), nullable=False),
    sa.Column('both', sa.Boolean(), nullable=False),
    sa.Column('capacity', sa.Integer(), nullable=False),
    sa.Column('code_fr', sa.Text(), nullable=False),
    sa.Column('code_en', sa.Text(), nullable=False),
    sa.Column('changed_at', academy.database.UTCDateTime(timezone=True), nullable=False),
    sa.Column('changed_by', BIG, nullable=True),
    sa.CheckConstraint("state IN ('draft', 'open', 'closed', 'ended')", name=op.f('ck_mentoring_programme_state_is_known')),
    sa.CheckConstraint("name_fr <> '' AND name_en <> ''", name=op.f('ck_mentoring_programme_has_both_names')),
    sa.CheckConstraint('opens_on <= closes_on AND closes_on <= starts_on AND starts_on <= ends_on', name=op.f('ck_mentoring_programme_days_are_in_order')),
    sa.CheckConstraint('capacity BETWEEN 1 AND 5', name=op.f('ck_mentoring_programme_capacity_is_bearable')),
    sa.CheckConstraint('mentor_years >= 0 AND mentee_years >= 0', name=op.f('ck_mentoring_programme_years_are_counts')),
    sa.ForeignKeyConstraint(['changed_by'], ['person.id'], name=op.f('fk_mentoring_programme_changed_by_person'), ondelete='SET NULL'),
    sa.ForeignKeyConstraint(['entity_id'], ['entity.id'], name=op.f('fk_mentoring_programme_entity_id_entity')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_mentoring_programme')),
    sa.UniqueConstraint('once', name=op.f('uq_mentoring_programme_once'))
    )
    op.create_index(op.f('ix_mentoring_programme_entity_id'), 'mentoring_programme', ['entity_id'])
    op.create_index('ix_mentoring_programme_state', 'mentoring_programme', ['state'])
    op.create_table('mentoring_volunteer',
    sa.Column('id', BIG, nullable=False),
    sa.Column('programme_id', BIG, nullable=False),
    sa.Column('person_id', BIG, nullable=False),
    sa.Column('side', sa.String(length=10), nullable=False),
    sa.Column('offered', JSON, nullable=False),
    sa.Column('wanted', JSON, nullable=False),
    sa.Column('languages', JSON, nullable=False),
    sa.Column('places', JSON, nullable=False),
    sa.Column('slots', JSON, nullable=False),
    sa.Column('capacity', sa.Integer(), nullable=False),
    sa.Column('hopes', sa.String(length=400), nullable=False),
    sa.Column('signed_at', academy.database.UTCDateTime(timezone=True), nullable=True),
    sa.Column('changed_at', academy.database.UTCDateTime(timezone=True), nullable=False),
    sa.CheckConstraint("side IN ('mentor', 'mentee', 'both', 'out')", name=op.f('ck_mentoring_volunteer_side_is_known')),
    sa.CheckConstraint("(side = 'out') = (signed_at IS NULL)", name=op.f('ck_mentoring_volunteer_volunteers_have_signed')),
    sa.CheckConstraint("side <> 'out' OR hopes = ''", name=op.f('ck_mentoring_volunteer_who_is_out_hopes_nothing')),
    sa.CheckConstraint('capacity BETWEEN 1 AND 5', name=op.f('ck_mentoring_volunteer_capacity_is_bearable')),
    sa.ForeignKeyConstraint(['person_id'], ['person.id'], name=op.f('fk_mentoring_volunteer_person_id_person'), ondelete='CASCADE'),
    sa.ForeignKeyConstraint(['programme_id'], ['mentoring_programme.id'], name=op.f('fk_mentoring_volunteer_programme_id_mentoring_programme'), ondelete='CASCADE'),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_mentoring_volunteer')),
    sa.UniqueConstraint('person_id', 'programme_id', name=op.f('uq_mentoring_volunteer_person_id_programme_id'))
    )
    op.create_index('ix_mentoring_volunteer_programme', 'mentoring_volunteer', ['programme_id', 'side', 'id'])


def downgrade():
    op.drop_table('mentoring_volunteer')
    op.drop_table('mentoring_programme')
