"""alerts that somebody may be in danger now, and when a list of words read a text.

What came before is not read again.
"""

import sqlalchemy as sa
from alembic import op


revision = '0010_danger'
down_revision = '0009_entering'
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table('danger_alert',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('feedback_id', sa.Integer(), nullable=False),
    sa.Column('raised_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('raised_by', sa.String(length=64), nullable=False),
    sa.Column('times_sent', sa.Integer(), nullable=False),
    sa.Column('sent_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('next_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('ended_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('taken_by_id', sa.Integer(), nullable=True),
    sa.Column('done', sa.LargeBinary(), nullable=True),
    sa.Column('version', sa.Integer(), nullable=False),
    sa.ForeignKeyConstraint(['feedback_id'], ['feedback.id'], name=op.f('fk_danger_alert_feedback_id'), ondelete='CASCADE'),
    sa.ForeignKeyConstraint(['taken_by_id'], ['account.id'], name=op.f('fk_danger_alert_taken_by_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_danger_alert'))
    )
    with op.batch_alter_table('danger_alert', schema=None) as batch_op:
        batch_op.create_index('ix_danger_alert_ended_at_next_at', ['ended_at', 'next_at'], unique=False)
        batch_op.create_index(batch_op.f('ix_danger_alert_feedback_id'), ['feedback_id'], unique=False)
    with op.batch_alter_table('feedback', schema=None) as batch_op:
        batch_op.add_column(sa.Column('words_read_at', sa.DateTime(timezone=True), nullable=True))
    with op.batch_alter_table('message', schema=None) as batch_op:
        batch_op.add_column(sa.Column('words_read_at', sa.DateTime(timezone=True), nullable=True))
        batch_op.create_index('ix_message_words_read_at', ['words_read_at'], unique=False)
    op.execute("UPDATE message SET words_read_at = sent_at")


def downgrade() -> None:
    with op.batch_alter_table('message', schema=None) as batch_op:
        batch_op.drop_index('ix_message_words_read_at')
        batch_op.drop_column('words_read_at')
    with op.batch_alter_table('feedback', schema=None) as batch_op:
        batch_op.drop_column('words_read_at')
    op.drop_table('danger_alert')
