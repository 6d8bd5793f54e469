"""mail ledger: tries, suggested links, automatic answers, failing addresses."""

import sqlalchemy as sa
from alembic import op


revision = '0003_mail_ledger'
down_revision = '0002_who_may_what'
branch_labels = None
depends_on = None


def upgrade() -> None:
    with op.batch_alter_table('mail', schema=None) as batch_op:
        batch_op.add_column(sa.Column('traceback', sa.LargeBinary(), nullable=True))
        batch_op.add_column(sa.Column('next_try_at', sa.DateTime(timezone=True), nullable=True))
        batch_op.add_column(sa.Column('settled_as', sa.String(length=64), nullable=True))
        batch_op.drop_index('ix_mail_state')
        batch_op.create_index('ix_mail_state_next_try_at', ['state', 'next_try_at'], unique=False)

    with op.batch_alter_table('mail_poll', schema=None) as batch_op:
        batch_op.create_index('ix_mail_poll_mailbox_id', ['mailbox', 'id'], unique=False)

    op.create_table('failing_address',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('public_id', sa.String(), nullable=False),
    sa.Column('address_key', sa.String(), nullable=False),
    sa.Column('address', sa.LargeBinary(), nullable=False),
    sa.Column('failures', sa.Integer(), nullable=False),
    sa.Column('first_failed_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('last_failed_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('cleared_at', sa.DateTime(timezone=True), nullable=True),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_failing_address')),
    sa.UniqueConstraint('address_key', name=op.f('uq_failing_address_address_key')),
    sa.UniqueConstraint('public_id', name=op.f('uq_failing_address_public_id'))
    )
    _make_suggested_link()
    _make_automatic_answer()


def _make_suggested_link() -> None:
    op.create_table('suggested_link',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('public_id', sa.String(), nullable=False),
    sa.Column('feedback_id', sa.Integer(), nullable=False),
    sa.Column('other_id', sa.Integer(), nullable=False),
    sa.Column('ground', sa.String(length=64), nullable=False),
    sa.Column('state', sa.String(length=64), nullable=False),
    sa.Column('made_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('settled_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('settled_by_id', sa.Integer(), nullable=True),
    sa.ForeignKeyConstraint(['feedback_id'], ['feedback.id'], name=op.f('fk_suggested_link_feedback_id'), ondelete='CASCADE'),
    sa.ForeignKeyConstraint(['other_id'], ['feedback.id'], name=op.f('fk_suggested_link_other_id'), ondelete='CASCADE'),
    sa.ForeignKeyConstraint(['settled_by_id'], ['account.id'], name=op.f('fk_suggested_link_settled_by_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_suggested_link')),
    sa.UniqueConstraint('feedback_id', 'other_id', name=op.f('uq_suggested_link_feedback_id_other_id')),
    sa.UniqueConstraint('public_id', name=op.f('uq_suggested_link_public_id'))
    )
    with op.batch_alter_table('suggested_link', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_suggested_link_other_id'), ['other_id'], unique=False)


def _make_automatic_answer() -> None:
    op.create_table('automatic_answer',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('public_id', sa.String(), nullable=False),
    sa.Column('recipient_key', sa.String(), nullable=False),
    sa.Column('feedback_id', sa.Integer(), nullable=False),
    sa.Column('letter_id', sa.Integer(), nullable=False),
    sa.Column('kind', sa.String(length=64), nullable=False),
    sa.Column('asked_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('held', sa.String(length=64), nullable=True),
    sa.Column('settled_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('settled_by_id', sa.Integer(), nullable=True),
    sa.ForeignKeyConstraint(['feedback_id'], ['feedback.id'], name=op.f('fk_automatic_answer_feedback_id'), ondelete='CASCADE'),
    sa.ForeignKeyConstraint(['letter_id'], ['outbox_letter.id'], name=op.f('fk_automatic_answer_letter_id'), ondelete='CASCADE'),
    sa.ForeignKeyConstraint(['settled_by_id'], ['account.id'], name=op.f('fk_automatic_answer_settled_by_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_automatic_answer')),
    sa.UniqueConstraint('public_id', name=op.f('uq_automatic_answer_public_id'))
    )
    with op.batch_alter_table('automatic_answer', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_automatic_answer_feedback_id'), ['feedback_id'], unique=False)
        batch_op.create_index('ix_automatic_answer_held_settled_at', ['held', 'settled_at'], unique=False)
        batch_op.create_index(batch_op.f('ix_automatic_answer_letter_id'), ['letter_id'], unique=False)
        batch_op.create_index('ix_automatic_answer_recipient_key_asked_at', ['recipient_key', 'asked_at'], unique=False)


def downgrade() -> None:
    with op.batch_alter_table('automatic_answer', schema=None) as batch_op:
        batch_op.drop_index('ix_automatic_answer_recipient_key_asked_at')
        batch_op.drop_index(batch_op.f('ix_automatic_answer_letter_id'))
        batch_op.drop_index('ix_automatic_answer_held_settled_at')
        batch_op.drop_index(batch_op.f('ix_automatic_answer_feedback_id'))

    op.drop_table('automatic_answer')
    with op.batch_alter_table('suggested_link', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_suggested_link_other_id'))

    op.drop_table('suggested_link')
    op.drop_table('failing_address')
    with op.batch_alter_table('mail_poll', schema=None) as batch_op:
        batch_op.drop_index('ix_mail_poll_mailbox_id')

    with op.batch_alter_table('mail', schema=None) as batch_op:
        batch_op.drop_index('ix_mail_state_next_try_at')
        batch_op.create_index('ix_mail_state', ['state'], unique=False)
        batch_op.drop_column('settled_as')
        batch_op.drop_column('next_try_at')
        batch_op.drop_column('traceback')
