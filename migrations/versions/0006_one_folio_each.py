"""One folio each: balances, tallies and the engine's memories of a person in one row

Balances and tallies are carried over. Memories are not: a mind that is not there is made from the answers.
Going down, memories are left to be learnt anew.

Revision ID: 0006
Revises: 0007
"""
import json

from alembic import op
import sqlalchemy as sa
from sqlalchemy.dialects import postgresql

import academy.database

revision = '0006'
down_revision = '0005'
branch_labels = None
depends_on = None

AT_ONCE = 1000
BIG = sa.BigInteger().with_variant(sa.Integer(), 'sqlite')
JSON = sa.JSON().with_variant(postgresql.JSONB(), 'postgresql')


def upgrade():
    op.create_table('folio',
    sa.Column('person_id', BIG, nullable=False),
    sa.Column('points', sa.Integer(), nullable=False),
    sa.Column('stars', sa.Integer(), nullable=False),
    sa.Column('keys', sa.Integer(), nullable=False),
    sa.Column('stars_ever', sa.Integer(), nullable=False),
    sa.Column('keys_ever', sa.Integer(), nullable=False),
    sa.Column('tallies', JSON, nullable=False),
    sa.Column('awards', JSON, nullable=False),
    sa.Column('mind', sa.LargeBinary(), nullable=True),
    sa.CheckConstraint('points >= 0', name=op.f('ck_folio_points_add_up')),
    sa.CheckConstraint('stars >= 0 AND stars <= stars_ever', name=op.f('ck_folio_stars_were_earned')),
    sa.CheckConstraint('keys >= 0 AND keys <= keys_ever', name=op.f('ck_folio_keys_were_earned')),
    sa.ForeignKeyConstraint(['person_id'], ['person.id'], name=op.f('fk_folio_person_id_person'), ondelete='CASCADE'),
    sa.PrimaryKeyConstraint('person_id', name=op.f('pk_folio'))
    )
    fill_folios()
    op.drop_table('memory')
    op.drop_table('tally')
    op.drop_table('balance')
    with op.batch_alter_table('answer', schema=None) as batch_op:
        batch_op.add_column(sa.Column('predicted', sa.Double(), nullable=True))
        batch_op.add_column(sa.Column('seconds', sa.Double(), nullable=True))
        batch_op.create_check_constraint(op.f('ck_answer_predicted_is_a_chance'), 'predicted >= 0 AND predicted <= 1')
        batch_op.create_check_constraint(op.f('ck_answer_time_runs_forward'), 'seconds >= 0')
    with op.batch_alter_table('daily_round', schema=None) as batch_op:
        batch_op.add_column(sa.Column('policy', sa.String(length=20), server_default='fading-first', nullable=False))
        batch_op.add_column(sa.Column('propensity', sa.Double(), server_default='1', nullable=False))
        batch_op.add_column(sa.Column('random', sa.Boolean(), server_default=sa.false(), nullable=False))
        batch_op.add_column(sa.Column('shown', sa.Integer(), server_default='0', nullable=False))
        batch_op.add_column(sa.Column('shown_at', academy.database.UTCDateTime(timezone=True), nullable=True))
        batch_op.create_check_constraint(op.f('ck_daily_round_propensity_is_a_chance'), 'propensity > 0 AND propensity <= 1')


def fill_folios():
    """Everybody who has earned or answered anything, some hundreds at a time."""
    there = op.get_bind()
    people = there.execute(sa.text(
        "SELECT person_id FROM balance UNION SELECT person_id FROM tally UNION SELECT person_id FROM memory "
        "UNION SELECT person_id FROM award_grant ORDER BY 1"
    )).scalars().all()
    for start in range(0, len(people), AT_ONCE):
        among = {"first": people[start], "last": people[min(start + AT_ONCE, len(people)) - 1]}
        folios = {number: blank(number) for number in people[start:start + AT_ONCE]}
        for number, currency, lifetime, spendable in there.execute(sa.text(
            "SELECT person_id, currency, lifetime, spendable FROM balance WHERE person_id BETWEEN :first AND :last"
        ), among):
            if currency == "point":
                folios[number]["points"] = lifetime
            else:
                folios[number] |= {f"{currency}s": spendable, f"{currency}s_ever": lifetime}
        for number, measure, amount in there.execute(sa.text(
            "SELECT person_id, measure, amount FROM tally WHERE person_id BETWEEN :first AND :last"
        ), among):
            folios[number]["tallies"][measure] = amount
        for number, award in there.execute(sa.text(
            "SELECT person_id, award FROM award_grant WHERE person_id BETWEEN :first AND :last ORDER BY award"
        ), among):
            folios[number]["awards"].append(award)
        there.execute(folio_table().insert(), list(folios.values()))


def blank(number):
    zeros = dict.fromkeys(("points", "stars", "keys", "stars_ever", "keys_ever"), 0)
    return {"person_id": number, "tallies": {}, "awards": [], **zeros}


def folio_table():
    zeros = [sa.column(name, sa.Integer) for name in ("points", "stars", "keys", "stars_ever", "keys_ever")]
    return sa.table("folio", sa.column("person_id", BIG), sa.column("tallies", JSON), sa.column("awards", JSON), *zeros)


def downgrade():
    with op.batch_alter_table('daily_round', schema=None) as batch_op:
        batch_op.drop_constraint(op.f('ck_daily_round_propensity_is_a_chance'), type_='check')
        for name in ('shown_at', 'shown', 'random', 'propensity', 'policy'):
            batch_op.drop_column(name)
    with op.batch_alter_table('answer', schema=None) as batch_op:
        batch_op.drop_constraint(op.f('ck_answer_time_runs_forward'), type_='check')
        batch_op.drop_constraint(op.f('ck_answer_predicted_is_a_chance'), type_='check')
        batch_op.drop_column('seconds')
        batch_op.drop_column('predicted')
    op.create_table('balance',
    sa.Column('person_id', BIG, nullable=False),
    sa.Column('currency', sa.String(length=10), nullable=False),
    sa.Column('lifetime', sa.Integer(), nullable=False),
    sa.Column('spendable', sa.Integer(), nullable=False),
    sa.CheckConstraint('spendable <= lifetime', name=op.f('ck_balance_spends_what_was_earned')),
    sa.CheckConstraint('spendable >= 0', name=op.f('ck_balance_never_negative')),
    sa.ForeignKeyConstraint(['person_id'], ['person.id'], name=op.f('fk_balance_person_id_person'), ondelete='CASCADE'),
    sa.PrimaryKeyConstraint('person_id', 'currency', name=op.f('pk_balance'))
    )
    op.create_table('tally',
    sa.Column('person_id', BIG, nullable=False),
    sa.Column('measure', sa.String(length=100), nullable=False),
    sa.Column('amount', sa.Integer(), nullable=False),
    sa.ForeignKeyConstraint(['person_id'], ['person.id'], name=op.f('fk_tally_person_id_person'), ondelete='CASCADE'),
    sa.PrimaryKeyConstraint('person_id', 'measure', name=op.f('pk_tally'))
    )
    op.create_table('memory',
    sa.Column('person_id', BIG, nullable=False),
    sa.Column('notion', sa.String(length=60), nullable=False),
    sa.Column('stability', sa.Double(), nullable=False),
    sa.Column('difficulty', sa.Double(), nullable=False),
    sa.Column('last_at', academy.database.UTCDateTime(timezone=True), nullable=False),
    sa.Column('fades_at', academy.database.UTCDateTime(timezone=True), nullable=False),
    sa.Column('answers', sa.Integer(), nullable=False),
    sa.Column('right_answers', sa.Integer(), nullable=False),
    sa.Column('asked', JSON, nullable=False),
    sa.CheckConstraint('answers >= right_answers', name=op.f('ck_memory_right_is_within')),
    sa.ForeignKeyConstraint(['person_id'], ['person.id'], name=op.f('fk_memory_person_id_person'), ondelete='CASCADE'),
    sa.PrimaryKeyConstraint('person_id', 'notion', name=op.f('pk_memory'))
    )
    empty_folios()
    op.drop_table('folio')


def empty_folios():
    there = op.get_bind()
    for currency, ever, left in (("point", "points", "points"), ("star", "stars_ever", "stars"), ("key", "keys_ever", "keys")):
        there.execute(sa.text(
            f"INSERT INTO balance (person_id, currency, lifetime, spendable) "
            f"SELECT person_id, '{currency}', {ever}, {left} FROM folio WHERE {ever} > 0"
        ))
    last = 0
    while rows := there.execute(sa.text(
        f"SELECT person_id, tallies FROM folio WHERE person_id > :last ORDER BY person_id LIMIT {AT_ONCE}"
    ), {"last": last}).all():
        last = rows[-1][0]
        tallies = [
            {"person": number, "measure": measure, "amount": amount}
            for number, held in rows
            for measure, amount in (json.loads(held) if isinstance(held, str) else held).items()
        ]
        if tallies:
            there.execute(sa.text("INSERT INTO tally (person_id, measure, amount) VALUES (:person, :measure, :amount)"), tallies)
