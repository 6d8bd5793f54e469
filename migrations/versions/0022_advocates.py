"""what a young person agreed to for each advocate; requests, notes, takeovers; supporters by link."""

import sqlalchemy as sa
from alembic import op


revision = '0022_advocates'
down_revision = '0021_tracking'
branch_labels = None
depends_on = None


def upgrade() -> None:
    _add_to_advocacy()
    _add_to_draft()
    _make_consent()
    _make_request()
    _make_note_and_takeover()
    _make_supporter()


def downgrade() -> None:
    for table in ('supporter', 'takeover', 'advocate_note', 'advocate_request', 'advocacy_consent'):
        op.drop_table(table)
    # A draft that no cookie finds would be nobody's.
    op.execute("DELETE FROM draft WHERE account_id IS NOT NULL AND feedback_id IS NULL")
    with op.batch_alter_table('draft', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_draft_account_id'))
        batch_op.drop_constraint(batch_op.f('fk_draft_account_id'), type_='foreignkey')
        batch_op.drop_constraint(batch_op.f('uq_draft_public_id'), type_='unique')
        batch_op.drop_column('public_id')
        batch_op.drop_column('account_id')
    # What has ended must not open again where the last day is not known any more.
    op.execute("UPDATE advocacy SET ended_at = CURRENT_TIMESTAMP WHERE ended_at IS NULL AND last_day < CURRENT_DATE")
    with op.batch_alter_table('advocacy', schema=None) as batch_op:
        for column in ('last_day', 'decides', 'gets_letters', 'speaks'):
            batch_op.drop_column(column)


def _scope() -> list[sa.Column]:
    return [
        sa.Column('speaks', sa.Boolean(), nullable=False),
        sa.Column('gets_letters', sa.Boolean(), nullable=False),
        sa.Column('decides', sa.Boolean(), nullable=False),
        sa.Column('last_day', sa.Date(), nullable=True),
    ]


def _add_to_advocacy() -> None:
    # Who follows already was let in to see, write and decide: that is what their page said.
    with op.batch_alter_table('advocacy', schema=None) as batch_op:
        for column in ('speaks', 'gets_letters', 'decides'):
            batch_op.add_column(sa.Column(column, sa.Boolean(), nullable=False, server_default=sa.true()))
        batch_op.add_column(sa.Column('last_day', sa.Date(), nullable=True))
    with op.batch_alter_table('advocacy', schema=None) as batch_op:
        for column in ('speaks', 'gets_letters', 'decides'):
            batch_op.alter_column(column, existing_type=sa.Boolean(), server_default=None)


def _add_to_draft() -> None:
    with op.batch_alter_table('draft', schema=None) as batch_op:
        batch_op.add_column(sa.Column('account_id', sa.Integer(), nullable=True))
        batch_op.add_column(sa.Column('public_id', sa.String(), nullable=True))
        batch_op.create_foreign_key(batch_op.f('fk_draft_account_id'), 'account', ['account_id'], ['id'], ondelete='CASCADE')
        batch_op.create_unique_constraint(batch_op.f('uq_draft_public_id'), ['public_id'])
        batch_op.create_index(batch_op.f('ix_draft_account_id'), ['account_id'], unique=False)


def _make_consent() -> None:
    op.create_table('advocacy_consent',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('feedback_id', sa.Integer(), nullable=False),
    sa.Column('account_id', sa.Integer(), nullable=False),
    sa.Column('said_by', sa.String(length=64), nullable=False),
    sa.Column('how', sa.LargeBinary(), nullable=False),
    sa.Column('attachment_id', sa.Integer(), nullable=True),
    sa.Column('on_day', sa.Date(), nullable=False),
    sa.Column('recorded_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('recorded_by_id', sa.Integer(), nullable=True),
    *_scope(),
    sa.ForeignKeyConstraint(['feedback_id'], ['feedback.id'], name=op.f('fk_advocacy_consent_feedback_id'), ondelete='CASCADE'),
    sa.ForeignKeyConstraint(['account_id'], ['account.id'], name=op.f('fk_advocacy_consent_account_id'), ondelete='CASCADE'),
    sa.ForeignKeyConstraint(['attachment_id'], ['attachment.id'], name=op.f('fk_advocacy_consent_attachment_id'), ondelete='SET NULL'),
    sa.ForeignKeyConstraint(['recorded_by_id'], ['account.id'], name=op.f('fk_advocacy_consent_recorded_by_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_advocacy_consent')),
    )
    with op.batch_alter_table('advocacy_consent', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_advocacy_consent_feedback_id'), ['feedback_id'], unique=False)


def _make_request() -> None:
    op.create_table('advocate_request',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('public_id', sa.String(), nullable=False),
    sa.Column('account_id', sa.Integer(), nullable=False),
    sa.Column('feedback_id', sa.Integer(), nullable=True),
    sa.Column('reference', sa.LargeBinary(), nullable=False),
    sa.Column('how', sa.LargeBinary(), nullable=False),
    sa.Column('asked_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('answered_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('answered_by_id', sa.Integer(), nullable=True),
    sa.Column('approved', sa.Boolean(), nullable=True),
    sa.Column('reason', sa.LargeBinary(), nullable=True),
    sa.Column('version', sa.Integer(), nullable=False),
    *_scope(),
    sa.ForeignKeyConstraint(['account_id'], ['account.id'], name=op.f('fk_advocate_request_account_id'), ondelete='CASCADE'),
    sa.ForeignKeyConstraint(['feedback_id'], ['feedback.id'], name=op.f('fk_advocate_request_feedback_id'), ondelete='CASCADE'),
    sa.ForeignKeyConstraint(['answered_by_id'], ['account.id'], name=op.f('fk_advocate_request_answered_by_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_advocate_request')),
    sa.UniqueConstraint('public_id', name=op.f('uq_advocate_request_public_id')),
    )
    with op.batch_alter_table('advocate_request', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_advocate_request_account_id'), ['account_id'], unique=False)
        batch_op.create_index(batch_op.f('ix_advocate_request_feedback_id'), ['feedback_id'], unique=False)


def _make_note_and_takeover() -> None:
    op.create_table('advocate_note',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('public_id', sa.String(), nullable=False),
    sa.Column('feedback_id', sa.Integer(), nullable=False),
    sa.Column('account_id', sa.Integer(), nullable=False),
    sa.Column('body', sa.LargeBinary(), nullable=False),
    sa.Column('written_at', sa.DateTime(timezone=True), nullable=False),
    sa.ForeignKeyConstraint(['feedback_id'], ['feedback.id'], name=op.f('fk_advocate_note_feedback_id'), ondelete='CASCADE'),
    sa.ForeignKeyConstraint(['account_id'], ['account.id'], name=op.f('fk_advocate_note_account_id'), ondelete='CASCADE'),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_advocate_note')),
    sa.UniqueConstraint('public_id', name=op.f('uq_advocate_note_public_id')),
    )
    with op.batch_alter_table('advocate_note', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_advocate_note_feedback_id'), ['feedback_id'], unique=False)
    op.create_table('takeover',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('public_id', sa.String(), nullable=False),
    sa.Column('feedback_id', sa.Integer(), nullable=False),
    sa.Column('from_id', sa.Integer(), nullable=False),
    sa.Column('to_id', sa.Integer(), nullable=False),
    sa.Column('asked_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('answered_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('accepted', sa.Boolean(), nullable=True),
    sa.ForeignKeyConstraint(['feedback_id'], ['feedback.id'], name=op.f('fk_takeover_feedback_id'), ondelete='CASCADE'),
    sa.ForeignKeyConstraint(['from_id'], ['account.id'], name=op.f('fk_takeover_from_id'), ondelete='CASCADE'),
    sa.ForeignKeyConstraint(['to_id'], ['account.id'], name=op.f('fk_takeover_to_id'), ondelete='CASCADE'),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_takeover')),
    sa.UniqueConstraint('public_id', name=op.f('uq_takeover_public_id')),
    )
    with op.batch_alter_table('takeover', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_takeover_feedback_id'), ['feedback_id'], unique=False)
        batch_op.create_index(batch_op.f('ix_takeover_to_id'), ['to_id'], unique=False)


def _make_supporter() -> None:
    op.create_table('supporter',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('public_id', sa.String(), nullable=False),
    sa.Column('feedback_id', sa.Integer(), nullable=False),
    sa.Column('name', sa.LargeBinary(), nullable=False),
    sa.Column('token_key', sa.String(), nullable=False),
    sa.Column('visit_key', sa.String(), nullable=True),
    sa.Column('made_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('made_by_id', sa.Integer(), nullable=True),
    sa.Column('used_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('ended_at', sa.DateTime(timezone=True), nullable=True),
    *_scope(),
    sa.ForeignKeyConstraint(['feedback_id'], ['feedback.id'], name=op.f('fk_supporter_feedback_id'), ondelete='CASCADE'),
    sa.ForeignKeyConstraint(['made_by_id'], ['account.id'], name=op.f('fk_supporter_made_by_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_supporter')),
    sa.UniqueConstraint('public_id', name=op.f('uq_supporter_public_id')),
    sa.UniqueConstraint('token_key', name=op.f('uq_supporter_token_key')),
    sa.UniqueConstraint('visit_key', name=op.f('uq_supporter_visit_key')),
    )
    with op.batch_alter_table('supporter', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_supporter_feedback_id'), ['feedback_id'], unique=False)
