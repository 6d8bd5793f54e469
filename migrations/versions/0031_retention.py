"""holds and erasures of matters whose time has come; the moment at which a matter was erased."""

import sqlalchemy as sa
from alembic import op


revision = "0031_retention"
down_revision = "0030_work2"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column('feedback', sa.Column('erased_at', sa.DateTime(timezone=True), nullable=True))
    _make_retention_hold()
    _make_erasure()


def downgrade() -> None:
    op.drop_table('erasure')
    op.drop_table('retention_hold')
    op.drop_column('feedback', 'erased_at')


def _make_retention_hold() -> None:
    op.create_table('retention_hold',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('public_id', sa.String(), nullable=False),
    sa.Column('feedback_id', sa.Integer(), nullable=False),
    sa.Column('reason', sa.LargeBinary(), nullable=False),
    sa.Column('review_on', sa.Date(), nullable=False),
    sa.Column('put_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('put_by_id', sa.Integer(), nullable=False),
    sa.Column('lifted_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('lifted_by_id', sa.Integer(), nullable=True),
    sa.ForeignKeyConstraint(['feedback_id'], ['feedback.id'], name=op.f('fk_retention_hold_feedback_id'), ondelete='CASCADE'),
    sa.ForeignKeyConstraint(['put_by_id'], ['account.id'], name=op.f('fk_retention_hold_put_by_id')),
    sa.ForeignKeyConstraint(['lifted_by_id'], ['account.id'], name=op.f('fk_retention_hold_lifted_by_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_retention_hold')),
    sa.UniqueConstraint('public_id', name=op.f('uq_retention_hold_public_id')),
    )
    op.create_index(op.f('ix_retention_hold_feedback_id'), 'retention_hold', ['feedback_id'])
    op.create_index('ix_retention_hold_lifted_at_review_on', 'retention_hold', ['lifted_at', 'review_on'])


def _make_erasure() -> None:
    op.create_table('erasure',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('public_id', sa.String(), nullable=False),
    sa.Column('feedback_id', sa.Integer(), nullable=False),
    sa.Column('state', sa.String(length=64), nullable=False),
    sa.Column('asked', sa.Boolean(), nullable=False),
    sa.Column('kept_as', sa.String(length=64), nullable=False),
    sa.Column('years', sa.Integer(), nullable=False),
    sa.Column('due_on', sa.Date(), nullable=True),
    sa.Column('listed_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('reason', sa.LargeBinary(), nullable=True),
    sa.Column('proposed_by_id', sa.Integer(), nullable=True),
    sa.Column('answered_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('answered_by_id', sa.Integer(), nullable=True),
    sa.Column('answer', sa.LargeBinary(), nullable=True),
    sa.Column('done_at', sa.DateTime(timezone=True), nullable=True),
    sa.ForeignKeyConstraint(['feedback_id'], ['feedback.id'], name=op.f('fk_erasure_feedback_id'), ondelete='CASCADE'),
    sa.ForeignKeyConstraint(['proposed_by_id'], ['account.id'], name=op.f('fk_erasure_proposed_by_id')),
    sa.ForeignKeyConstraint(['answered_by_id'], ['account.id'], name=op.f('fk_erasure_answered_by_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_erasure')),
    sa.UniqueConstraint('public_id', name=op.f('uq_erasure_public_id')),
    )
    op.create_index(op.f('ix_erasure_feedback_id'), 'erasure', ['feedback_id'])
    op.create_index('ix_erasure_state_due_on', 'erasure', ['state', 'due_on'])
    op.create_index('ix_erasure_state_done_at', 'erasure', ['state', 'done_at'])
