"""A round is about one idea or two; answers name the numbers that learnt from them

What a round was about moves into `choices`. Minds of the first engine are let go: they are made anew from the
answers. The levels of placements go too: the engine has learnt from those answers themselves. Going down, a round
keeps its first idea; a reason that the first engine does not know stays, and is read by it as a new idea.

Revision: 0009, after 0008
"""

from alembic import op
import sqlalchemy as sa
from sqlalchemy.dialects import postgresql

import academy.database

revision = '0009'
down_revision = '0008'
branch_labels = None
depends_on = None

AT_ONCE = 1000
BIG = sa.BigInteger().with_variant(sa.Integer(), 'sqlite')
JSON = sa.JSON().with_variant(postgresql.JSONB(), 'postgresql')
NAMED = {'weakest': 'fading', 'claimed': 'confirm'}
"""Reasons of the first engine, by the names of the second."""
NAMED_BEFORE = {'confirm': 'claimed'}
"""And back."""
ROUND = sa.table(
    'daily_round',
    sa.column('id', BIG),
    sa.column('notion', sa.String),
    sa.column('questions', JSON),
    sa.column('choices', JSON),
    sa.column('reason', sa.String),
    sa.column('recall', sa.Double),
    sa.column('propensity', sa.Double),
    sa.column('random', sa.Boolean),
    sa.column('fades_in', sa.Integer),
)


def upgrade():
    op.drop_table('theme_level')
    op.execute(sa.text("UPDATE folio SET mind = NULL"))
    with op.batch_alter_table('answer', schema=None) as batch_op:
        batch_op.add_column(sa.Column('numbers', sa.Integer(), server_default='1', nullable=False))
    with op.batch_alter_table('daily_round', schema=None) as batch_op:
        batch_op.add_column(sa.Column('choices', JSON, server_default='[]', nullable=False))
    for row in rounds('notion', 'questions', 'reason', 'recall', 'propensity', 'random', 'fades_in'):
        keep(row.id, choices=[chosen(row)])
    with op.batch_alter_table('daily_round', schema=None) as batch_op:
        batch_op.drop_constraint(op.f('ck_daily_round_propensity_is_a_chance'), type_='check')
        for name in ('reason', 'recall', 'propensity', 'random', 'fades_in'):
            batch_op.drop_column(name)
        batch_op.alter_column('choices', existing_type=JSON, existing_nullable=False, server_default=None)
        batch_op.alter_column('policy', existing_type=sa.String(length=20), existing_nullable=False, server_default='expected-gain')


def chosen(row):
    asked = len(row.questions)
    return {
        'notion': row.notion,
        'of': asked,
        'reason': NAMED.get(row.reason, row.reason),
        'recall': row.recall,
        'chance': None,
        'propensity': row.propensity,
        'propensities': [1.0] * asked,
        'random': bool(row.random),
        'rivals': [],
        'weight': 1.0,
        'again': row.fades_in,
    }


def downgrade():
    with op.batch_alter_table('daily_round', schema=None) as batch_op:
        batch_op.add_column(sa.Column('reason', sa.String(length=20), server_default='new', nullable=False))
        batch_op.add_column(sa.Column('recall', sa.Double(), nullable=True))
        batch_op.add_column(sa.Column('propensity', sa.Double(), server_default='1', nullable=False))
        batch_op.add_column(sa.Column('random', sa.Boolean(), server_default=sa.false(), nullable=False))
        batch_op.add_column(sa.Column('fades_in', sa.Integer(), nullable=True))
        batch_op.create_check_constraint(op.f('ck_daily_round_propensity_is_a_chance'), 'propensity > 0 AND propensity <= 1')
        batch_op.alter_column('policy', existing_type=sa.String(length=20), existing_nullable=False, server_default='fading-first')
    for row in rounds('choices'):
        first = row.choices[0]
        keep(
            row.id,
            **{name: first[name] for name in ('recall', 'propensity', 'random')},
            reason=NAMED_BEFORE.get(first['reason'], first['reason']),
            fades_in=first['again'],
        )
    with op.batch_alter_table('daily_round', schema=None) as batch_op:
        batch_op.alter_column('reason', existing_type=sa.String(length=20), existing_nullable=False, server_default=None)
        batch_op.drop_column('choices')
    with op.batch_alter_table('answer', schema=None) as batch_op:
        batch_op.drop_column('numbers')
    op.execute(sa.text("UPDATE folio SET mind = NULL"))
    op.create_table('theme_level',
    sa.Column('person_id', BIG, nullable=False),
    sa.Column('theme', sa.String(length=60), nullable=False),
    sa.Column('mean', sa.Double(), nullable=False),
    sa.Column('sd', sa.Double(), nullable=False),
    sa.Column('at', academy.database.UTCDateTime(timezone=True), nullable=False),
    sa.CheckConstraint('sd > 0', name=op.f('ck_theme_level_sd_is_positive')),
    sa.ForeignKeyConstraint(['person_id'], ['person.id'], name=op.f('fk_theme_level_person_id_person'), ondelete='CASCADE'),
    sa.PrimaryKeyConstraint('person_id', 'theme', name=op.f('pk_theme_level'))
    )


def rounds(*columns):
    """Every round, some hundreds at a time."""
    there, last = op.get_bind(), 0
    wanted = sa.select(ROUND.c.id, *(ROUND.c[name] for name in columns)).order_by(ROUND.c.id).limit(AT_ONCE)
    while rows := there.execute(wanted.where(ROUND.c.id > last)).all():
        last = rows[-1].id
        yield from rows


def keep(number, **values):
    op.get_bind().execute(sa.update(ROUND).where(ROUND.c.id == number).values(**values))
