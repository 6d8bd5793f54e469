"""reminders, once each, and holding letters."""

import sqlalchemy as sa
from alembic import op


revision = '0012_chasing'
down_revision = '0011_post'
branch_labels = None
depends_on = None


def upgrade() -> None:
    _make_reminder()
    _make_holding_letter()


def _make_reminder() -> None:
    op.create_table('reminder',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('public_id', sa.String(), nullable=False),
    sa.Column('case_id', sa.Integer(), nullable=False),
    sa.Column('clock_id', sa.Integer(), nullable=True),
    sa.Column('remedy_id', sa.Integer(), nullable=True),
    sa.Column('silent_since', sa.Date(), nullable=True),
    sa.Column('rung', sa.String(), nullable=False),
    sa.Column('due_on', sa.Date(), nullable=False),
    sa.Column('state', sa.String(length=64), nullable=False),
    sa.Column('made_on', sa.Date(), nullable=False),
    sa.Column('made_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('told', sa.JSON(), nullable=False),
    sa.Column('settled_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('settled_by_id', sa.Integer(), nullable=True),
    sa.ForeignKeyConstraint(['case_id'], ['case.id'], name=op.f('fk_reminder_case_id'), ondelete='CASCADE'),
    sa.ForeignKeyConstraint(['clock_id'], ['case_clock.id'], name=op.f('fk_reminder_clock_id'), ondelete='CASCADE'),
    sa.ForeignKeyConstraint(['remedy_id'], ['remedy.id'], name=op.f('fk_reminder_remedy_id'), ondelete='CASCADE'),
    sa.ForeignKeyConstraint(['settled_by_id'], ['account.id'], name=op.f('fk_reminder_settled_by_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_reminder')),
    sa.UniqueConstraint('public_id', name=op.f('uq_reminder_public_id')),
    sa.UniqueConstraint('clock_id', 'rung', 'due_on', name=op.f('uq_reminder_clock_id_rung_due_on')),
    sa.UniqueConstraint('remedy_id', 'rung', 'due_on', name=op.f('uq_reminder_remedy_id_rung_due_on')),
    sa.UniqueConstraint('case_id', 'silent_since', name=op.f('uq_reminder_case_id_silent_since')),
    )
    with op.batch_alter_table('reminder', schema=None) as batch_op:
        batch_op.create_index('ix_reminder_state_settled_at', ['state', 'settled_at'], unique=False)


def _make_holding_letter() -> None:
    op.create_table('holding_letter',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('case_id', sa.Integer(), nullable=False),
    sa.Column('stage_id', sa.Integer(), nullable=False),
    sa.Column('due_on', sa.Date(), nullable=False),
    sa.Column('state', sa.String(length=64), nullable=False),
    sa.Column('reason', sa.LargeBinary(), nullable=True),
    sa.Column('new_date', sa.Date(), nullable=False),
    sa.Column('drafted_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('settled_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('settled_by_id', sa.Integer(), nullable=True),
    sa.Column('letter_id', sa.Integer(), nullable=True),
    sa.Column('version', sa.Integer(), nullable=False),
    sa.ForeignKeyConstraint(['case_id'], ['case.id'], name=op.f('fk_holding_letter_case_id'), ondelete='CASCADE'),
    sa.ForeignKeyConstraint(['stage_id'], ['case_stage.id'], name=op.f('fk_holding_letter_stage_id'), ondelete='CASCADE'),
    sa.ForeignKeyConstraint(['settled_by_id'], ['account.id'], name=op.f('fk_holding_letter_settled_by_id')),
    sa.ForeignKeyConstraint(['letter_id'], ['outbox_letter.id'], name=op.f('fk_holding_letter_letter_id'), ondelete='SET NULL'),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_holding_letter')),
    sa.UniqueConstraint('stage_id', 'due_on', name=op.f('uq_holding_letter_stage_id_due_on')),
    )
    with op.batch_alter_table('holding_letter', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_holding_letter_case_id'), ['case_id'], unique=False)


def downgrade() -> None:
    op.drop_table('holding_letter')
    op.drop_table('reminder')
