"""where each matter stands in the officers' queue, the orders of the lists by index; notes."""

import sqlalchemy as sa
from alembic import op


revision = "0024_queue"
down_revision = "0023_doors"
branch_labels = None
depends_on = None

FEEDBACK = {
    "ix_feedback_queue": ["queue_rank", "queue_on", "received_at", "public_id"],
    "ix_feedback_case_due_on": ["case_due_on", "received_at", "public_id"],
    "ix_feedback_received_at": ["received_at", "public_id"],
}
OTHERS = {
    "mail": ("ix_mail_left", ["state", "feedback_id", "settled_at", "arrived_at", "public_id"]),
    "message": ("ix_message_read_at", ["read_at"]),
    "suggested_link": ("ix_suggested_link_state", ["state"]),
    "holding_letter": ("ix_holding_letter_state", ["state"]),
}


def upgrade() -> None:
    with op.batch_alter_table("feedback", schema=None) as batch_op:
        batch_op.add_column(sa.Column("queue_rank", sa.Integer(), nullable=True))
        batch_op.add_column(sa.Column("queue_on", sa.Date(), nullable=True))
        batch_op.add_column(sa.Column("case_due_on", sa.Date(), nullable=True))
        for name, columns in FEEDBACK.items():
            batch_op.create_index(name, columns, unique=False)
    for table, (name, columns) in OTHERS.items():
        op.create_index(name, table, columns, unique=False)
    op.create_table('case_note',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('public_id', sa.String(), nullable=False),
    sa.Column('feedback_id', sa.Integer(), nullable=False),
    sa.Column('account_id', sa.Integer(), nullable=False),
    sa.Column('text', sa.LargeBinary(), nullable=False),
    sa.Column('written_at', sa.DateTime(timezone=True), nullable=False),
    sa.ForeignKeyConstraint(['account_id'], ['account.id'], name=op.f('fk_case_note_account_id')),
    sa.ForeignKeyConstraint(['feedback_id'], ['feedback.id'], name=op.f('fk_case_note_feedback_id'), ondelete='CASCADE'),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_case_note')),
    sa.UniqueConstraint('public_id', name=op.f('uq_case_note_public_id'))
    )
    op.create_index('ix_case_note_feedback_id', 'case_note', ['feedback_id'], unique=False)
    # What was there before is placed by the next round of the work process; what waits for a
    # decision must not be out of sight until then.
    op.execute(
        "UPDATE feedback SET queue_on = received_on, queue_rank ="
        " CASE risk WHEN 'now' THEN 0 WHEN 'concern' THEN 2 ELSE 4 END"
        " + CASE WHEN door IN ('young_people', 'advocates') OR relationship_said = 'young_person'"
        " THEN 0 ELSE 1 END WHERE state = 'waiting'"
    )


def downgrade() -> None:
    op.drop_table('case_note')
    for table, (name, _columns) in OTHERS.items():
        op.drop_index(name, table_name=table)
    with op.batch_alter_table("feedback", schema=None) as batch_op:
        for name in FEEDBACK:
            batch_op.drop_index(name)
        for column in ("case_due_on", "queue_on", "queue_rank"):
            batch_op.drop_column(column)
