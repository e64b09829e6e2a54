"""A closure is there once

Revision: 0005, after 0004
"""

import sqlalchemy as sa
from alembic import op

revision = '0005'
down_revision = '0004'
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Of the same days of the same entity, written twice at once, the first stays."""
    closure = sa.table('site_closure', *(sa.column(name) for name in ('id', 'entity_id', 'starts_on', 'ends_on')))
    first = sa.select(sa.func.min(closure.c.id)).group_by(
        closure.c.entity_id, closure.c.starts_on, closure.c.ends_on
    )
    op.execute(sa.delete(closure).where(closure.c.id.not_in(first)))
    with op.batch_alter_table('site_closure', schema=None) as batch_op:
        batch_op.create_unique_constraint(
            batch_op.f('uq_site_closure_entity_id_starts_on_ends_on'), ['entity_id', 'starts_on', 'ends_on']
        )


def downgrade() -> None:
    with op.batch_alter_table('site_closure', schema=None) as batch_op:
        batch_op.drop_constraint(batch_op.f('uq_site_closure_entity_id_starts_on_ends_on'), type_='unique')
