"""Speed meetings, wishes and pairs

Revision: 0013, after 0012
"""

from alembic import op
import sqlalchemy as sa
from sqlalchemy.dialects import postgresql

import academy.database

revision = '0013'
down_revision = '0012'
branch_labels = None
depends_on = None

BIG = sa.BigInteger().with_variant(sa.Integer(), 'sqlite')
JSON = sa.JSON().with_variant(postgresql.JSONB(), "postgresql")


def upgrade():
    op.create_table('mentoring_avoidance',
    sa.Column('id', BIG, nullable=False),
    sa.Column('programme_id', BIG, nullable=False),
    sa.Column('person_id', BIG, nullable=False),
    sa.Column('other_id', BIG, nullable=False),
    sa.Column('at', academy.database.UTCDateTime(timezone=True), nullable=False),
    sa.CheckConstraint('person_id <> other_id', name=op.f('ck_mentoring_avoidance_takes_two')),
    sa.ForeignKeyConstraint(['other_id'], ['person.id'], name=op.f('fk_mentoring_avoidance_other_id_person'), ondelete='CASCADE'),
    sa.ForeignKeyConstraint(['person_id'], ['person.id'], name=op.f('fk_mentoring_avoidance_person_id_person'), ondelete='CASCADE'),
    sa.ForeignKeyConstraint(['programme_id'], ['mentoring_programme.id'], name=op.f('fk_mentoring_avoidance_programme_id_mentoring_programme'), ondelete='CASCADE'),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_mentoring_avoidance')),
    sa.UniqueConstraint('programme_id', 'person_id', 'other_id', name=op.f('uq_mentoring_avoidance_programme_id_person_id_other_id'))
    )
    op.create_index('ix_mentoring_avoidance_other_id', 'mentoring_avoidance', ['other_id'])
    op.create_index('ix_mentoring_avoidance_person_id', 'mentoring_avoidance', ['person_id'])
    op.create_table('mentoring_ballot',
    sa.Column('id', BIG, nullable=False),
    sa.Column('programme_id', BIG, nullable=False),
    sa.Column('person_id', BIG, nullable=False),
    sa.Column('version', sa.Integer(), nullable=False),
    sa.Column('saved_at', academy.database.UTCDateTime(timezone=True), nullable=False),
    sa.Column('handed_in_at', academy.database.UTCDateTime(timezone=True), nullable=True),
    sa.Column('reminded_at', academy.database.UTCDateTime(timezone=True), nullable=True),
    sa.ForeignKeyConstraint(['person_id'], ['person.id'], name=op.f('fk_mentoring_ballot_person_id_person'), ondelete='CASCADE'),
    sa.ForeignKeyConstraint(['programme_id'], ['mentoring_programme.id'], name=op.f('fk_mentoring_ballot_programme_id_mentoring_programme'), ondelete='CASCADE'),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_mentoring_ballot')),
    sa.UniqueConstraint('programme_id', 'person_id', name=op.f('uq_mentoring_ballot_programme_id_person_id'))
    )
    op.create_index('ix_mentoring_ballot_person_id', 'mentoring_ballot', ['person_id'])
    op.create_table('mentoring_order',
    sa.Column('id', BIG, nullable=False),
    sa.Column('programme_id', BIG, nullable=False),
    sa.Column('mentor_id', BIG, nullable=False),
    sa.Column('mentee_id', BIG, nullable=False),
    sa.Column('bond', sa.String(length=6), nullable=False),
    sa.Column('by', BIG, nullable=True),
    sa.Column('at', academy.database.UTCDateTime(timezone=True), nullable=False),
    sa.CheckConstraint("bond IN ('pin', 'forbid')", name=op.f('ck_mentoring_order_bond_is_known')),
    sa.CheckConstraint('mentor_id <> mentee_id', name=op.f('ck_mentoring_order_takes_two')),
    sa.ForeignKeyConstraint(['by'], ['person.id'], name=op.f('fk_mentoring_order_by_person'), ondelete='SET NULL'),
    sa.ForeignKeyConstraint(['mentee_id'], ['person.id'], name=op.f('fk_mentoring_order_mentee_id_person'), ondelete='CASCADE'),
    sa.ForeignKeyConstraint(['mentor_id'], ['person.id'], name=op.f('fk_mentoring_order_mentor_id_person'), ondelete='CASCADE'),
    sa.ForeignKeyConstraint(['programme_id'], ['mentoring_programme.id'], name=op.f('fk_mentoring_order_programme_id_mentoring_programme'), ondelete='CASCADE'),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_mentoring_order')),
    sa.UniqueConstraint('programme_id', 'mentor_id', 'mentee_id', name=op.f('uq_mentoring_order_programme_id_mentor_id_mentee_id'))
    )
    op.create_index(op.f('ix_mentoring_order_by'), 'mentoring_order', ['by'])
    op.create_index('ix_mentoring_order_mentee_id', 'mentoring_order', ['mentee_id'])
    op.create_index('ix_mentoring_order_mentor_id', 'mentoring_order', ['mentor_id'])
    op.create_table('mentoring_proposal',
    sa.Column('id', BIG, nullable=False),
    sa.Column('programme_id', BIG, nullable=False),
    sa.Column('number', sa.Integer(), nullable=False),
    sa.Column('state', sa.String(length=10), nullable=False),
    sa.Column('policy', sa.String(length=20), nullable=False),
    sa.Column('seed', sa.Integer(), nullable=False),
    sa.Column('solver', sa.String(length=80), nullable=False),
    sa.Column('inputs', JSON, nullable=False),
    sa.Column('objective', JSON, nullable=False),
    sa.Column('pairs', JSON, nullable=False),
    sa.Column('made_by', BIG, nullable=True),
    sa.Column('made_at', academy.database.UTCDateTime(timezone=True), nullable=False),
    sa.CheckConstraint("state IN ('ready', 'published', 'passed')", name=op.f('ck_mentoring_proposal_state_is_known')),
    sa.ForeignKeyConstraint(['made_by'], ['person.id'], name=op.f('fk_mentoring_proposal_made_by_person'), ondelete='SET NULL'),
    sa.ForeignKeyConstraint(['programme_id'], ['mentoring_programme.id'], name=op.f('fk_mentoring_proposal_programme_id_mentoring_programme'), ondelete='CASCADE'),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_mentoring_proposal')),
    sa.UniqueConstraint('programme_id', 'number', name=op.f('uq_mentoring_proposal_programme_id_number'))
    )
    op.create_index(op.f('ix_mentoring_proposal_made_by'), 'mentoring_proposal', ['made_by'])
    op.create_table('mentoring_wish',
    sa.Column('id', BIG, nullable=False),
    sa.Column('programme_id', BIG, nullable=False),
    sa.Column('person_id', BIG, nullable=False),
    sa.Column('other_id', BIG, nullable=False),
    sa.Column('side', sa.String(length=6), nullable=False),
    sa.Column('liking', sa.String(length=10), nullable=True),
    sa.Column('note', sa.String(length=300), nullable=False),
    sa.Column('rank', sa.Integer(), nullable=True),
    sa.Column('veto', sa.Boolean(), nullable=False),
    sa.Column('changed_at', academy.database.UTCDateTime(timezone=True), nullable=False),
    sa.CheckConstraint("liking IS NULL OR liking IN ('gladly', 'fine', 'rather_not')", name=op.f('ck_mentoring_wish_liking_is_known')),
    sa.CheckConstraint("side IN ('mentor', 'mentee')", name=op.f('ck_mentoring_wish_side_is_known')),
    sa.CheckConstraint('NOT veto OR rank IS NULL', name=op.f('ck_mentoring_wish_who_is_refused_has_no_rank')),
    sa.CheckConstraint('person_id <> other_id', name=op.f('ck_mentoring_wish_takes_two')),
    sa.CheckConstraint('rank IS NULL OR rank > 0', name=op.f('ck_mentoring_wish_ranks_count_from_one')),
    sa.ForeignKeyConstraint(['other_id'], ['person.id'], name=op.f('fk_mentoring_wish_other_id_person'), ondelete='CASCADE'),
    sa.ForeignKeyConstraint(['person_id'], ['person.id'], name=op.f('fk_mentoring_wish_person_id_person'), ondelete='CASCADE'),
    sa.ForeignKeyConstraint(['programme_id'], ['mentoring_programme.id'], name=op.f('fk_mentoring_wish_programme_id_mentoring_programme'), ondelete='CASCADE'),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_mentoring_wish')),
    sa.UniqueConstraint('programme_id', 'person_id', 'other_id', name=op.f('uq_mentoring_wish_programme_id_person_id_other_id'))
    )
    op.create_index('ix_mentoring_wish_other_id', 'mentoring_wish', ['other_id'])
    op.create_index('ix_mentoring_wish_person_id', 'mentoring_wish', ['person_id'])
    op.create_table('mentoring_work',
    sa.Column('id', BIG, nullable=False),
    sa.Column('once', sa.String(length=32), nullable=False),
    sa.Column('programme_id', BIG, nullable=False),
    sa.Column('kind', sa.String(length=10), nullable=False),
    sa.Column('state', sa.String(length=10), nullable=False),
    sa.Column('share', sa.Integer(), nullable=False),
    sa.Column('seed', sa.Integer(), nullable=False),
    sa.Column('asked', JSON, nullable=False),
    sa.Column('said', JSON, nullable=False),
    sa.Column('asked_by', BIG, nullable=True),
    sa.Column('asked_at', academy.database.UTCDateTime(timezone=True), nullable=False),
    sa.Column('finished_at', academy.database.UTCDateTime(timezone=True), nullable=True),
    sa.CheckConstraint("kind IN ('compose', 'recompose', 'propose')", name=op.f('ck_mentoring_work_kind_is_known')),
    sa.CheckConstraint("state IN ('waiting', 'running', 'done', 'failed')", name=op.f('ck_mentoring_work_state_is_known')),
    sa.CheckConstraint('share BETWEEN 0 AND 100', name=op.f('ck_mentoring_work_share_is_per_cent')),
    sa.ForeignKeyConstraint(['asked_by'], ['person.id'], name=op.f('fk_mentoring_work_asked_by_person'), ondelete='SET NULL'),
    sa.ForeignKeyConstraint(['programme_id'], ['mentoring_programme.id'], name=op.f('fk_mentoring_work_programme_id_mentoring_programme'), ondelete='CASCADE'),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_mentoring_work')),
    sa.UniqueConstraint('once', name=op.f('uq_mentoring_work_once'))
    )
    op.create_index(op.f('ix_mentoring_work_asked_by'), 'mentoring_work', ['asked_by'])
    op.create_index('ix_mentoring_work_programme_id_kind', 'mentoring_work', ['programme_id', 'kind', 'id'])
    op.create_table('speed_meeting',
    sa.Column('id', BIG, nullable=False),
    sa.Column('programme_id', BIG, nullable=False),
    sa.Column('version', sa.Integer(), nullable=False),
    sa.Column('plan', sa.Integer(), nullable=False),
    sa.Column('state', sa.String(length=10), nullable=False),
    sa.Column('starts_at', academy.database.UTCDateTime(timezone=True), nullable=False),
    sa.Column('zone', sa.String(length=64), nullable=False),
    sa.Column('place', sa.String(length=80), nullable=False),
    sa.Column('language', sa.String(length=5), nullable=False),
    sa.Column('room', sa.String(length=200), nullable=False),
    sa.Column('talk_seconds', sa.Integer(), nullable=False),
    sa.Column('note_seconds', sa.Integer(), nullable=False),
    sa.Column('change_seconds', sa.Integer(), nullable=False),
    sa.Column('rounds', sa.Integer(), nullable=True),
    sa.Column('chairs', sa.Integer(), nullable=False),
    sa.Column('seed', sa.Integer(), nullable=False),
    sa.CheckConstraint("state IN ('planned', 'announced', 'running', 'held', 'cancelled')", name=op.f('ck_speed_meeting_state_is_known')),
    sa.CheckConstraint('rounds IS NULL OR rounds > 0', name=op.f('ck_speed_meeting_has_rounds')),
    sa.CheckConstraint('chairs > 0', name=op.f('ck_speed_meeting_has_chairs')),
    sa.CheckConstraint('talk_seconds > 0 AND note_seconds >= 0 AND change_seconds >= 0', name=op.f('ck_speed_meeting_lasts')),
    sa.ForeignKeyConstraint(['programme_id'], ['mentoring_programme.id'], name=op.f('fk_speed_meeting_programme_id_mentoring_programme'), ondelete='CASCADE'),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_speed_meeting')),
    sqlite_autoincrement=True
    )
    op.create_index('ix_speed_meeting_programme_id_starts_at', 'speed_meeting', ['programme_id', 'starts_at'])
    op.create_table('mentoring_pair',
    sa.Column('id', BIG, nullable=False),
    sa.Column('programme_id', BIG, nullable=False),
    sa.Column('proposal_id', BIG, nullable=True),
    sa.Column('mentor_id', BIG, nullable=False),
    sa.Column('mentee_id', BIG, nullable=False),
    sa.Column('version', sa.Integer(), nullable=False),
    sa.Column('state', sa.String(length=10), nullable=False),
    sa.Column('months', sa.Integer(), nullable=False),
    sa.Column('topics', JSON, nullable=False),
    sa.Column('published_at', academy.database.UTCDateTime(timezone=True), nullable=False),
    sa.Column('mentor_signed_at', academy.database.UTCDateTime(timezone=True), nullable=True),
    sa.Column('mentee_signed_at', academy.database.UTCDateTime(timezone=True), nullable=True),
    sa.Column('rhythm', sa.String(length=12), nullable=False),
    sa.Column('place', sa.String(length=200), nullable=False),
    sa.Column('began_on', sa.Date(), nullable=True),
    sa.Column('ended_at', academy.database.UTCDateTime(timezone=True), nullable=True),
    sa.Column('mentor_thanks', sa.String(length=400), nullable=False),
    sa.Column('mentee_thanks', sa.String(length=400), nullable=False),
    sa.Column('shares', sa.Boolean(), nullable=False),
    sa.Column('other_wanted_at', academy.database.UTCDateTime(timezone=True), nullable=True),
    sa.Column('silence_reminded_at', academy.database.UTCDateTime(timezone=True), nullable=True),
    sa.Column('silence_told_at', academy.database.UTCDateTime(timezone=True), nullable=True),
    sa.Column('room_id', BIG, nullable=True),
    sa.CheckConstraint("state <> 'live' OR (mentor_signed_at IS NOT NULL AND mentee_signed_at IS NOT NULL AND began_on IS NOT NULL)", name=op.f('ck_mentoring_pair_who_is_live_has_signed')),
    sa.CheckConstraint("state IN ('new', 'live', 'closed', 'parted')", name=op.f('ck_mentoring_pair_state_is_known')),
    sa.CheckConstraint('mentor_id <> mentee_id', name=op.f('ck_mentoring_pair_takes_two')),
    sa.CheckConstraint('months BETWEEN 1 AND 12', name=op.f('ck_mentoring_pair_lasts_months')),
    sa.CheckConstraint("rhythm IN ('', 'weekly', 'fortnightly', 'three_weeks', 'monthly')", name=op.f('ck_mentoring_pair_rhythm_is_known')),
    sa.ForeignKeyConstraint(['mentee_id'], ['person.id'], name=op.f('fk_mentoring_pair_mentee_id_person'), ondelete='CASCADE'),
    sa.ForeignKeyConstraint(['mentor_id'], ['person.id'], name=op.f('fk_mentoring_pair_mentor_id_person'), ondelete='CASCADE'),
    sa.ForeignKeyConstraint(['programme_id'], ['mentoring_programme.id'], name=op.f('fk_mentoring_pair_programme_id_mentoring_programme'), ondelete='CASCADE'),
    sa.ForeignKeyConstraint(['proposal_id'], ['mentoring_proposal.id'], name=op.f('fk_mentoring_pair_proposal_id_mentoring_proposal'), ondelete='SET NULL'),
    sa.ForeignKeyConstraint(['room_id'], ['community_group.id'], name=op.f('fk_mentoring_pair_room_id_community_group'), ondelete='SET NULL'),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_mentoring_pair')),
    sa.UniqueConstraint('programme_id', 'mentor_id', 'mentee_id', name=op.f('uq_mentoring_pair_programme_id_mentor_id_mentee_id'))
    )
    op.create_index('ix_mentoring_pair_mentee_id', 'mentoring_pair', ['mentee_id'])
    op.create_index('ix_mentoring_pair_mentor_id', 'mentoring_pair', ['mentor_id'])
    op.create_index('ix_mentoring_pair_programme_id_state', 'mentoring_pair', ['programme_id', 'state'])
    op.create_index(op.f('ix_mentoring_pair_proposal_id'), 'mentoring_pair', ['proposal_id'])
    op.create_index(op.f('ix_mentoring_pair_room_id'), 'mentoring_pair', ['room_id'])
    op.create_table('speed_press',
    sa.Column('id', BIG, nullable=False),
    sa.Column('meeting_id', BIG, nullable=False),
    sa.Column('number', sa.Integer(), nullable=False),
    sa.Column('pressed', sa.String(length=10), nullable=False),
    sa.Column('seconds', sa.Integer(), nullable=False),
    sa.Column('at', academy.database.UTCDateTime(timezone=True), nullable=False),
    sa.Column('by', BIG, nullable=True),
    sa.CheckConstraint("pressed IN ('started', 'paused', 'resumed', 'extended', 'moved_on', 'ended')", name=op.f('ck_speed_press_pressed_is_known')),
    sa.CheckConstraint('seconds >= 0', name=op.f('ck_speed_press_adds_time')),
    sa.ForeignKeyConstraint(['by'], ['person.id'], name=op.f('fk_speed_press_by_person'), ondelete='SET NULL'),
    sa.ForeignKeyConstraint(['meeting_id'], ['speed_meeting.id'], name=op.f('fk_speed_press_meeting_id_speed_meeting'), ondelete='CASCADE'),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_speed_press')),
    sa.UniqueConstraint('meeting_id', 'number', name=op.f('uq_speed_press_meeting_id_number'))
    )
    op.create_index(op.f('ix_speed_press_by'), 'speed_press', ['by'])
    op.create_table('speed_seat',
    sa.Column('id', BIG, nullable=False),
    sa.Column('meeting_id', BIG, nullable=False),
    sa.Column('person_id', BIG, nullable=False),
    sa.Column('side', sa.String(length=6), nullable=False),
    sa.Column('reply', sa.String(length=10), nullable=False),
    sa.Column('locked', sa.Boolean(), nullable=False),
    sa.Column('sequence', sa.Integer(), nullable=False),
    sa.Column('invited_at', academy.database.UTCDateTime(timezone=True), nullable=True),
    sa.Column('replied_at', academy.database.UTCDateTime(timezone=True), nullable=True),
    sa.Column('reminded_at', academy.database.UTCDateTime(timezone=True), nullable=True),
    sa.Column('presence', sa.String(length=10), nullable=False),
    sa.Column('table_number', sa.Integer(), nullable=True),
    sa.Column('arrived_in', sa.Integer(), nullable=True),
    sa.Column('left_after', sa.Integer(), nullable=True),
    sa.CheckConstraint("presence IN ('expected', 'present', 'absent', 'left')", name=op.f('ck_speed_seat_presence_is_known')),
    sa.CheckConstraint("reply IN ('placed', 'invited', 'confirmed', 'waiting', 'declined')", name=op.f('ck_speed_seat_reply_is_known')),
    sa.CheckConstraint("side IN ('mentor', 'mentee')", name=op.f('ck_speed_seat_side_is_known')),
    sa.CheckConstraint('table_number IS NULL OR table_number > 0', name=op.f('ck_speed_seat_table_is_a_number')),
    sa.ForeignKeyConstraint(['meeting_id'], ['speed_meeting.id'], name=op.f('fk_speed_seat_meeting_id_speed_meeting'), ondelete='CASCADE'),
    sa.ForeignKeyConstraint(['person_id'], ['person.id'], name=op.f('fk_speed_seat_person_id_person'), ondelete='CASCADE'),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_speed_seat')),
    sa.UniqueConstraint('meeting_id', 'person_id', name=op.f('uq_speed_seat_meeting_id_person_id')),
    sqlite_autoincrement=True
    )
    op.create_index('ix_speed_seat_person_id', 'speed_seat', ['person_id'])
    op.create_table('speed_talk',
    sa.Column('id', BIG, nullable=False),
    sa.Column('meeting_id', BIG, nullable=False),
    sa.Column('round', sa.Integer(), nullable=False),
    sa.Column('table_number', sa.Integer(), nullable=False),
    sa.Column('mentor_id', BIG, nullable=False),
    sa.Column('mentee_id', BIG, nullable=False),
    sa.CheckConstraint('mentor_id <> mentee_id', name=op.f('ck_speed_talk_takes_two')),
    sa.CheckConstraint('round > 0 AND table_number > 0', name=op.f('ck_speed_talk_counts_from_one')),
    sa.ForeignKeyConstraint(['meeting_id'], ['speed_meeting.id'], name=op.f('fk_speed_talk_meeting_id_speed_meeting'), ondelete='CASCADE'),
    sa.ForeignKeyConstraint(['mentee_id'], ['person.id'], name=op.f('fk_speed_talk_mentee_id_person'), ondelete='CASCADE'),
    sa.ForeignKeyConstraint(['mentor_id'], ['person.id'], name=op.f('fk_speed_talk_mentor_id_person'), ondelete='CASCADE'),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_speed_talk')),
    sa.UniqueConstraint('meeting_id', 'mentor_id', 'mentee_id', name=op.f('uq_speed_talk_meeting_id_mentor_id_mentee_id')),
    sa.UniqueConstraint('meeting_id', 'round', 'mentee_id', name=op.f('uq_speed_talk_meeting_id_round_mentee_id')),
    sa.UniqueConstraint('meeting_id', 'round', 'mentor_id', name=op.f('uq_speed_talk_meeting_id_round_mentor_id'))
    )
    op.create_index('ix_speed_talk_mentee_id', 'speed_talk', ['mentee_id'])
    op.create_index('ix_speed_talk_mentor_id', 'speed_talk', ['mentor_id'])
    op.create_table('mentoring_appointment',
    sa.Column('id', BIG, nullable=False),
    sa.Column('once', sa.String(length=32), nullable=False),
    sa.Column('pair_id', BIG, nullable=False),
    sa.Column('by', BIG, nullable=True),
    sa.Column('state', sa.String(length=10), nullable=False),
    sa.Column('starts_at', academy.database.UTCDateTime(timezone=True), nullable=False),
    sa.Column('minutes', sa.Integer(), nullable=False),
    sa.Column('place', sa.String(length=200), nullable=False),
    sa.Column('sequence', sa.Integer(), nullable=False),
    sa.CheckConstraint("state IN ('proposed', 'agreed', 'cancelled')", name=op.f('ck_mentoring_appointment_state_is_known')),
    sa.CheckConstraint('minutes BETWEEN 5 AND 480', name=op.f('ck_mentoring_appointment_lasts')),
    sa.ForeignKeyConstraint(['by'], ['person.id'], name=op.f('fk_mentoring_appointment_by_person'), ondelete='SET NULL'),
    sa.ForeignKeyConstraint(['pair_id'], ['mentoring_pair.id'], name=op.f('fk_mentoring_appointment_pair_id_mentoring_pair'), ondelete='CASCADE'),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_mentoring_appointment')),
    sa.UniqueConstraint('once', name=op.f('uq_mentoring_appointment_once'))
    )
    op.create_index(op.f('ix_mentoring_appointment_by'), 'mentoring_appointment', ['by'])
    op.create_index('ix_mentoring_appointment_pair_id_starts_at', 'mentoring_appointment', ['pair_id', 'starts_at'])
    op.create_table('mentoring_entry',
    sa.Column('id', BIG, nullable=False),
    sa.Column('once', sa.String(length=32), nullable=False),
    sa.Column('pair_id', BIG, nullable=False),
    sa.Column('by', BIG, nullable=True),
    sa.Column('held_on', sa.Date(), nullable=False),
    sa.Column('minutes', sa.Integer(), nullable=False),
    sa.Column('topics', JSON, nullable=False),
    sa.Column('words', sa.Text(), nullable=False),
    sa.Column('written_at', academy.database.UTCDateTime(timezone=True), nullable=False),
    sa.CheckConstraint('minutes BETWEEN 5 AND 480', name=op.f('ck_mentoring_entry_lasted')),
    sa.ForeignKeyConstraint(['by'], ['person.id'], name=op.f('fk_mentoring_entry_by_person'), ondelete='SET NULL'),
    sa.ForeignKeyConstraint(['pair_id'], ['mentoring_pair.id'], name=op.f('fk_mentoring_entry_pair_id_mentoring_pair'), ondelete='CASCADE'),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_mentoring_entry')),
    sa.UniqueConstraint('once', name=op.f('uq_mentoring_entry_once')),
    sa.UniqueConstraint('pair_id', 'held_on', name=op.f('uq_mentoring_entry_pair_id_held_on'))
    )
    op.create_index(op.f('ix_mentoring_entry_by'), 'mentoring_entry', ['by'])
    op.create_table('mentoring_pulse',
    sa.Column('id', BIG, nullable=False),
    sa.Column('pair_id', BIG, nullable=False),
    sa.Column('person_id', BIG, nullable=False),
    sa.Column('month', sa.Integer(), nullable=False),
    sa.Column('mood', sa.Integer(), nullable=False),
    sa.Column('at', academy.database.UTCDateTime(timezone=True), nullable=False),
    sa.CheckConstraint('month BETWEEN 1 AND 12', name=op.f('ck_mentoring_pulse_month_of_the_pair')),
    sa.CheckConstraint('mood BETWEEN 1 AND 3', name=op.f('ck_mentoring_pulse_mood_is_known')),
    sa.ForeignKeyConstraint(['pair_id'], ['mentoring_pair.id'], name=op.f('fk_mentoring_pulse_pair_id_mentoring_pair'), ondelete='CASCADE'),
    sa.ForeignKeyConstraint(['person_id'], ['person.id'], name=op.f('fk_mentoring_pulse_person_id_person'), ondelete='CASCADE'),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_mentoring_pulse')),
    sa.UniqueConstraint('pair_id', 'person_id', 'month', name=op.f('uq_mentoring_pulse_pair_id_person_id_month'))
    )
    op.create_index('ix_mentoring_pulse_person_id', 'mentoring_pulse', ['person_id'])
    with op.batch_alter_table('mentoring_programme') as table:
        table.add_column(sa.Column('wishes_by', sa.Date(), nullable=True))
        table.add_column(sa.Column('months', sa.Integer(), nullable=False, server_default='4'))
        table.add_column(sa.Column('line_depth', sa.Integer(), nullable=True))
        table.create_check_constraint(op.f('ck_mentoring_programme_wishes_end_in_time'), 'wishes_by IS NULL OR wishes_by <= ends_on')
        table.create_check_constraint(op.f('ck_mentoring_programme_depth_is_a_count'), 'line_depth IS NULL OR line_depth >= 0')
        table.create_check_constraint(op.f('ck_mentoring_programme_lasts_months'), 'months BETWEEN 1 AND 12')
    with op.batch_alter_table('mentoring_programme') as table:
        table.alter_column('months', server_default=None)


def downgrade():
    op.drop_table('mentoring_pulse')
    op.drop_table('mentoring_entry')
    op.drop_table('mentoring_appointment')
    op.drop_table('speed_talk')
    op.drop_table('speed_seat')
    op.drop_table('speed_press')
    op.drop_table('mentoring_pair')
    op.drop_table('speed_meeting')
    op.drop_table('mentoring_work')
    op.drop_table('mentoring_wish')
    op.drop_table('mentoring_proposal')
    op.drop_table('mentoring_order')
    op.drop_table('mentoring_ballot')
    op.drop_table('mentoring_avoidance')
    with op.batch_alter_table('mentoring_programme') as table:
        for name in ('wishes_end_in_time', 'depth_is_a_count', 'lasts_months'):
            table.drop_constraint(op.f(f'ck_mentoring_programme_{name}'), type_='check')
        for name in ('line_depth', 'months', 'wishes_by'):
            table.drop_column(name)
