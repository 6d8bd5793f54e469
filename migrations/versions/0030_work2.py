"""what was handed in from outside, answers to the office's questions, and who was appointed where."""

import sqlalchemy as sa
from alembic import op


revision = "0030_work2"
down_revision = "0029_find2"
branch_labels = None
depends_on = None


def upgrade() -> None:
    with op.batch_alter_table('case', schema=None) as batch_op:
        batch_op.add_column(sa.Column('handed_in_at', sa.DateTime(timezone=True), nullable=True))
    with op.batch_alter_table('task', schema=None) as batch_op:
        batch_op.add_column(sa.Column('by_office', sa.Boolean(), nullable=False, server_default=sa.false()))
        batch_op.add_column(sa.Column('read_at', sa.DateTime(timezone=True), nullable=True))
    with op.batch_alter_table('task', schema=None) as batch_op:
        batch_op.alter_column('by_office', existing_type=sa.Boolean(), server_default=None)
        batch_op.create_index('ix_task_asked_by_id_read_at', ['asked_by_id', 'read_at'], unique=False)
    # Whoever asked before this has seen the answer on the case.
    op.execute("UPDATE task SET read_at = answered_at")
    with op.batch_alter_table('appointment', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_appointment_account_id'), ['account_id'], unique=False)


def downgrade() -> None:
    with op.batch_alter_table('appointment', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_appointment_account_id'))
    with op.batch_alter_table('task', schema=None) as batch_op:
        batch_op.drop_index('ix_task_asked_by_id_read_at')
        batch_op.drop_column('read_at')
        batch_op.drop_column('by_office')
    with op.batch_alter_table('case', schema=None) as batch_op:
        batch_op.drop_column('handed_in_at')
