"""A second factor beside the password: the key of a telephone, and recovery codes

Revision: 0033, after 0032
"""

import sqlalchemy as sa
from alembic import op

import academy.database

revision = '0033'
down_revision = '0032'
branch_labels = None
depends_on = None

BIG = sa.BigInteger().with_variant(sa.Integer(), 'sqlite')
MOMENT = academy.database.UTCDateTime(timezone=True)


def upgrade() -> None:
    op.create_table(
        'second_factor',
        sa.Column('person_id', BIG, nullable=False),
        sa.Column('secret', sa.String(length=200), nullable=False),
        sa.Column('since', MOMENT, nullable=False),
        sa.Column('last_step', sa.BigInteger(), nullable=False),
        sa.ForeignKeyConstraint(['person_id'], ['person.id'], name=op.f('fk_second_factor_person_id_person'), ondelete='CASCADE'),
        sa.PrimaryKeyConstraint('person_id', name=op.f('pk_second_factor')),
    )
    op.create_table(
        'recovery_code',
        sa.Column('person_id', BIG, nullable=False),
        sa.Column('slot', sa.Integer(), nullable=False),
        sa.Column('code_hash', sa.String(length=200), nullable=False),
        sa.Column('used_at', MOMENT, nullable=True),
        sa.CheckConstraint('slot >= 0 AND slot < 10', name=op.f('ck_recovery_code_is_one_of_ten')),
        sa.ForeignKeyConstraint(['person_id'], ['person.id'], name=op.f('fk_recovery_code_person_id_person'), ondelete='CASCADE'),
        sa.PrimaryKeyConstraint('person_id', 'slot', name=op.f('pk_recovery_code')),
    )


def downgrade() -> None:
    op.drop_table('recovery_code')
    op.drop_table('second_factor')
