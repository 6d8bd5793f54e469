"""letters by post with the day they were posted, and notices by text or telephone."""

import sqlalchemy as sa
from alembic import op


revision = '0011_post'
down_revision = '0010_danger'
branch_labels = None
depends_on = None


def upgrade() -> None:
    with op.batch_alter_table('outbox_letter', schema=None) as batch_op:
        batch_op.add_column(sa.Column('to_address', sa.LargeBinary(), nullable=True))
        batch_op.add_column(sa.Column('printed_at', sa.DateTime(timezone=True), nullable=True))
        batch_op.add_column(sa.Column('posted_on', sa.Date(), nullable=True))
    _make_postings()
    _make_notices()


def _make_postings() -> None:
    op.create_table('letter_posting',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('letter_id', sa.Integer(), nullable=False),
    sa.Column('posted_on', sa.Date(), nullable=True),
    sa.Column('reason', sa.LargeBinary(), nullable=True),
    sa.Column('recorded_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('recorded_by_id', sa.Integer(), nullable=True),
    sa.ForeignKeyConstraint(['letter_id'], ['outbox_letter.id'], name=op.f('fk_letter_posting_letter_id'), ondelete='CASCADE'),
    sa.ForeignKeyConstraint(['recorded_by_id'], ['account.id'], name=op.f('fk_letter_posting_recorded_by_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_letter_posting'))
    )
    with op.batch_alter_table('letter_posting', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_letter_posting_letter_id'), ['letter_id'], unique=False)


def _make_notices() -> None:
    op.create_table('phone_notice',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('public_id', sa.String(), nullable=False),
    sa.Column('feedback_id', sa.Integer(), nullable=False),
    sa.Column('letter_id', sa.Integer(), nullable=False),
    sa.Column('way', sa.String(length=64), nullable=False),
    sa.Column('state', sa.String(length=64), nullable=False),
    sa.Column('to_number', sa.LargeBinary(), nullable=False),
    sa.Column('made_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('next_try_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('tries', sa.Integer(), nullable=False),
    sa.Column('gateway_id', sa.String(), nullable=True),
    sa.Column('sent_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('error', sa.String(), nullable=True),
    sa.Column('done_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('done_by_id', sa.Integer(), nullable=True),
    sa.ForeignKeyConstraint(['done_by_id'], ['account.id'], name=op.f('fk_phone_notice_done_by_id')),
    sa.ForeignKeyConstraint(['feedback_id'], ['feedback.id'], name=op.f('fk_phone_notice_feedback_id'), ondelete='CASCADE'),
    sa.ForeignKeyConstraint(['letter_id'], ['outbox_letter.id'], name=op.f('fk_phone_notice_letter_id'), ondelete='CASCADE'),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_phone_notice')),
    sa.UniqueConstraint('letter_id', name=op.f('uq_phone_notice_letter_id')),
    sa.UniqueConstraint('public_id', name=op.f('uq_phone_notice_public_id'))
    )
    with op.batch_alter_table('phone_notice', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_phone_notice_feedback_id'), ['feedback_id'], unique=False)
        batch_op.create_index('ix_phone_notice_state_next_try_at', ['state', 'next_try_at'], unique=False)


def downgrade() -> None:
    with op.batch_alter_table('phone_notice', schema=None) as batch_op:
        batch_op.drop_index('ix_phone_notice_state_next_try_at')
        batch_op.drop_index(batch_op.f('ix_phone_notice_feedback_id'))

    op.drop_table('phone_notice')
    with op.batch_alter_table('letter_posting', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_letter_posting_letter_id'))

    op.drop_table('letter_posting')
    with op.batch_alter_table('outbox_letter', schema=None) as batch_op:
        batch_op.drop_column('posted_on')
        batch_op.drop_column('printed_at')
        batch_op.drop_column('to_address')
