"""The day from which somebody counts with their wave, who may have been in before it

Revision: 0032, after 0031
"""

from datetime import date
from typing import Any

import sqlalchemy as sa
from alembic import op

import academy.database

revision = '0032'
down_revision = '0031'
branch_labels = None
depends_on = None

BIG = sa.BigInteger().with_variant(sa.Integer(), 'sqlite')
WAVE = sa.table('hr_wave', sa.column('id', BIG), sa.column('opened_at', academy.database.UTCDateTime()))
MEMBER = sa.table(
    'hr_wave_member',
    sa.column('wave_id', BIG),
    sa.column('entered_on', sa.Date()),
    sa.column('joined_on', sa.Date()),
)


def upgrade() -> None:
    op.add_column('hr_wave_member', sa.Column('joined_on', sa.Date(), nullable=True))
    connection = op.get_bind()
    opened: list[Any] = connection.execute(sa.select(WAVE).where(WAVE.c.opened_at.is_not(None))).all()
    for wave in opened:
        connection.execute(_as_counted_so_far(wave.id, wave.opened_at.date()))


def _as_counted_so_far(wave: int, opened_on: date) -> sa.Update:
    """From the day it opened, or the day they entered when that was later."""
    entered, opened = MEMBER.c.entered_on, sa.literal(opened_on, sa.Date())
    return (
        sa.update(MEMBER)
        .where(MEMBER.c.wave_id == wave, entered.is_not(None))
        .values(joined_on=sa.case((entered > opened, entered), else_=opened))
    )


def downgrade() -> None:
    with op.batch_alter_table('hr_wave_member') as batch:
        batch.drop_column('joined_on')
