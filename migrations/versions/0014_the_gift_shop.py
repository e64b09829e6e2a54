"""The gift shop

Revision: 0014, after 0013
"""

import sqlalchemy as sa
from alembic import op

import academy.database

revision = '0014'
down_revision = '0013'
branch_labels = None
depends_on = None

BIG = sa.BigInteger().with_variant(sa.Integer(), 'sqlite')


def upgrade() -> None:
    op.create_table('shop_budget',
    sa.Column('id', BIG, nullable=False),
    sa.Column('entity_id', BIG, nullable=False),
    sa.Column('year', sa.Integer(), nullable=False),
    sa.Column('amount', sa.Integer(), nullable=False),
    sa.Column('spent', sa.Integer(), nullable=False),
    sa.CheckConstraint('spent >= 0 AND spent <= amount', name=op.f('ck_shop_budget_is_kept')),
    sa.ForeignKeyConstraint(['entity_id'], ['entity.id'], name=op.f('fk_shop_budget_entity_id_entity')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_shop_budget')),
    sa.UniqueConstraint('entity_id', 'year', name=op.f('uq_shop_budget_entity_id_year'))
    )
    op.create_table('shop_gift',
    sa.Column('id', BIG, nullable=False),
    sa.Column('once', sa.String(length=32), nullable=False),
    sa.Column('version', sa.Integer(), nullable=False),
    sa.Column('on_shelf', sa.Boolean(), nullable=False),
    sa.Column('kind', sa.String(length=10), nullable=False),
    sa.Column('name_fr', sa.String(length=60), nullable=False),
    sa.Column('name_en', sa.String(length=60), nullable=False),
    sa.Column('about_fr', sa.String(length=300), nullable=False),
    sa.Column('about_en', sa.String(length=300), nullable=False),
    sa.Column('where_fr', sa.String(length=160), nullable=False),
    sa.Column('where_en', sa.String(length=160), nullable=False),
    sa.Column('icon', sa.String(length=20), nullable=False),
    sa.Column('drawing', sa.Text(), nullable=False),
    sa.Column('currency', sa.String(length=10), nullable=False),
    sa.Column('price', sa.Integer(), nullable=False),
    sa.Column('cost', sa.Integer(), nullable=False),
    sa.Column('stock', sa.Integer(), nullable=True),
    sa.Column('taken', sa.Integer(), nullable=False),
    sa.Column('per_person', sa.Integer(), nullable=True),
    sa.Column('approval', sa.Boolean(), nullable=False),
    sa.Column('entity_id', BIG, nullable=True),
    sa.Column('opens_on', sa.Date(), nullable=False),
    sa.Column('closes_on', sa.Date(), nullable=True),
    sa.Column('changed_at', academy.database.UTCDateTime(timezone=True), nullable=False),
    sa.Column('changed_by', BIG, nullable=True),
    sa.CheckConstraint("currency IN ('star', 'key')", name=op.f('ck_shop_gift_is_paid_in_stars_or_keys')),
    sa.CheckConstraint("kind IN ('thing', 'donation', 'time')", name=op.f('ck_shop_gift_kind_is_known')),
    sa.CheckConstraint("name_fr <> '' AND name_en <> ''", name=op.f('ck_shop_gift_has_both_names')),
    sa.CheckConstraint('closes_on IS NULL OR closes_on >= opens_on', name=op.f('ck_shop_gift_closes_after_opening')),
    sa.CheckConstraint('per_person IS NULL OR per_person > 0', name=op.f('ck_shop_gift_somebody_may_have_one')),
    sa.CheckConstraint('price > 0 AND cost >= 0', name=op.f('ck_shop_gift_has_a_price')),
    sa.CheckConstraint('taken >= 0 AND (stock IS NULL OR taken <= stock)', name=op.f('ck_shop_gift_never_oversold')),
    sa.ForeignKeyConstraint(['changed_by'], ['person.id'], name=op.f('fk_shop_gift_changed_by_person'), ondelete='SET NULL'),
    sa.ForeignKeyConstraint(['entity_id'], ['entity.id'], name=op.f('fk_shop_gift_entity_id_entity')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_shop_gift')),
    sa.UniqueConstraint('once', name=op.f('uq_shop_gift_once'))
    )
    op.create_index(op.f('ix_shop_gift_entity_id'), 'shop_gift', ['entity_id'])

    op.create_table('shop_order',
    sa.Column('id', BIG, nullable=False),
    sa.Column('person_id', BIG, nullable=True),
    sa.Column('gift_id', BIG, nullable=False),
    sa.Column('once', sa.String(length=32), nullable=False),
    sa.Column('state', sa.String(length=10), nullable=False),
    sa.Column('currency', sa.String(length=10), nullable=False),
    sa.Column('price', sa.Integer(), nullable=False),
    sa.Column('cost', sa.Integer(), nullable=False),
    sa.Column('budget_id', BIG, nullable=True),
    sa.Column('entity_id', BIG, nullable=True),
    sa.Column('site_id', BIG, nullable=True),
    sa.Column('ordered_at', academy.database.UTCDateTime(timezone=True), nullable=False),
    sa.Column('ordered_on', sa.Date(), nullable=False),
    sa.Column('moved_at', academy.database.UTCDateTime(timezone=True), nullable=False),
    sa.Column('moved_by', BIG, nullable=True),
    sa.Column('waits_until', sa.Date(), nullable=True),
    sa.Column('announced_at', academy.database.UTCDateTime(timezone=True), nullable=True),
    sa.Column('reason', sa.String(length=200), nullable=False),
    sa.CheckConstraint("currency IN ('star', 'key')", name=op.f('ck_shop_order_is_paid_in_stars_or_keys')),
    sa.CheckConstraint("state <> 'ready' OR waits_until IS NOT NULL", name=op.f('ck_shop_order_says_until_when')),
    sa.CheckConstraint("state IN ('ordered', 'approved', 'ready', 'handed', 'refused', 'cancelled', 'expired')", name=op.f('ck_shop_order_state_is_known')),
    sa.CheckConstraint('price > 0 AND cost >= 0', name=op.f('ck_shop_order_has_a_price')),
    sa.ForeignKeyConstraint(['budget_id'], ['shop_budget.id'], name=op.f('fk_shop_order_budget_id_shop_budget')),
    sa.ForeignKeyConstraint(['entity_id'], ['entity.id'], name=op.f('fk_shop_order_entity_id_entity')),
    sa.ForeignKeyConstraint(['gift_id'], ['shop_gift.id'], name=op.f('fk_shop_order_gift_id_shop_gift')),
    sa.ForeignKeyConstraint(['moved_by'], ['person.id'], name=op.f('fk_shop_order_moved_by_person'), ondelete='SET NULL'),
    sa.ForeignKeyConstraint(['person_id'], ['person.id'], name=op.f('fk_shop_order_person_id_person'), ondelete='SET NULL'),
    sa.ForeignKeyConstraint(['site_id'], ['entity.id'], name=op.f('fk_shop_order_site_id_entity')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_shop_order')),
    sa.UniqueConstraint('person_id', 'once', name=op.f('uq_shop_order_person_id_once'))
    )
    op.create_index(op.f('ix_shop_order_entity_id'), 'shop_order', ['entity_id'])
    op.create_index('ix_shop_order_gift_id_person_id', 'shop_order', ['gift_id', 'person_id'])
    op.create_index('ix_shop_order_ordered_on', 'shop_order', ['ordered_on'])
    op.create_index('ix_shop_order_state_id', 'shop_order', ['state', 'id'])

    op.create_table('shop_line',
    sa.Column('id', BIG, nullable=False),
    sa.Column('order_id', BIG, nullable=False),
    sa.Column('movement', sa.String(length=10), nullable=False),
    sa.Column('account', sa.String(length=10), nullable=False),
    sa.Column('person_id', BIG, nullable=True),
    sa.Column('currency', sa.String(length=10), nullable=False),
    sa.Column('amount', sa.Integer(), nullable=False),
    sa.Column('at', academy.database.UTCDateTime(timezone=True), nullable=False),
    sa.CheckConstraint("account = 'person' OR person_id IS NULL", name=op.f('ck_shop_line_the_shop_is_nobody')),
    sa.CheckConstraint("account IN ('person', 'shop')", name=op.f('ck_shop_line_account_is_known')),
    sa.CheckConstraint("amount <> 0 AND (amount > 0) = ((movement = 'spent') = (account = 'shop'))", name=op.f('ck_shop_line_moves_the_right_way')),
    sa.CheckConstraint("currency IN ('star', 'key')", name=op.f('ck_shop_line_currency_is_known')),
    sa.CheckConstraint("movement IN ('spent', 'refunded')", name=op.f('ck_shop_line_movement_is_known')),
    sa.ForeignKeyConstraint(['order_id'], ['shop_order.id'], name=op.f('fk_shop_line_order_id_shop_order')),
    sa.ForeignKeyConstraint(['person_id'], ['person.id'], name=op.f('fk_shop_line_person_id_person'), ondelete='SET NULL'),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_shop_line')),
    sa.UniqueConstraint('order_id', 'movement', 'account', name=op.f('uq_shop_line_order_id_movement_account'))
    )
    op.create_index(op.f('ix_shop_line_person_id'), 'shop_line', ['person_id'])


def downgrade() -> None:
    op.drop_table('shop_line')
    op.drop_table('shop_order')
    op.drop_table('shop_gift')
    op.drop_table('shop_budget')
