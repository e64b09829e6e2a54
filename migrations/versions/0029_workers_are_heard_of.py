"""Workers are heard of: that they live, and how each job by the clock ended

Revision: 0029, after 0028
"""

import sqlalchemy as sa
from alembic import op

import academy.database

revision = '0029'
down_revision = '0028'
branch_labels = None
depends_on = None

MOMENT = academy.database.UTCDateTime(timezone=True)


def upgrade() -> None:
    op.create_table('worker_beat',
    sa.Column('worker', sa.String(length=32), nullable=False),
    sa.Column('host', sa.String(length=100), nullable=False),
    sa.Column('with_clock', sa.Boolean(), nullable=False),
    sa.Column('begun_at', MOMENT, nullable=False),
    sa.Column('beaten_at', MOMENT, nullable=False),
    sa.PrimaryKeyConstraint('worker', name=op.f('pk_worker_beat'))
    )
    op.create_table('job_run',
    sa.Column('job', sa.String(length=150), nullable=False),
    sa.Column('ended_at', MOMENT, nullable=False),
    sa.Column('seconds', sa.Double(), nullable=False),
    sa.Column('failed', sa.Boolean(), nullable=False),
    sa.Column('good_at', MOMENT, nullable=True),
    sa.PrimaryKeyConstraint('job', name=op.f('pk_job_run'))
    )


def downgrade() -> None:
    op.drop_table('job_run')
    op.drop_table('worker_beat')
