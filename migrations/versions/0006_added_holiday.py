"""bank holidays that staff add."""

import sqlalchemy as sa
from alembic import op


revision = '0006_added_holiday'
down_revision = '0005_learning'
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table('added_holiday',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('public_id', sa.String(), nullable=False),
    sa.Column('day', sa.Date(), nullable=False),
    sa.Column('title', sa.String(), nullable=False),
    sa.Column('added_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('added_by_id', sa.Integer(), nullable=True),
    sa.Column('taken_back_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('taken_back_by_id', sa.Integer(), nullable=True),
    sa.ForeignKeyConstraint(['added_by_id'], ['account.id'], name=op.f('fk_added_holiday_added_by_id')),
    sa.ForeignKeyConstraint(['taken_back_by_id'], ['account.id'], name=op.f('fk_added_holiday_taken_back_by_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_added_holiday')),
    sa.UniqueConstraint('public_id', name=op.f('uq_added_holiday_public_id'))
    )
    with op.batch_alter_table('added_holiday', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_added_holiday_day'), ['day'], unique=False)


def downgrade() -> None:
    with op.batch_alter_table('added_holiday', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_added_holiday_day'))

    op.drop_table('added_holiday')
