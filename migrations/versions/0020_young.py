"""young people's door: whom near them may be told, referrals to advocates, what files say."""

import sqlalchemy as sa
from alembic import op


revision = '0020_young'
down_revision = '0019_door'
branch_labels = None
depends_on = None


def upgrade() -> None:
    with op.batch_alter_table('feedback', schema=None) as batch_op:
        batch_op.add_column(sa.Column('may_tell', sa.JSON(), nullable=True))
    with op.batch_alter_table('attachment', schema=None) as batch_op:
        batch_op.add_column(sa.Column('unheard', sa.Boolean(), nullable=False, server_default=sa.false()))
        batch_op.add_column(sa.Column('heard', sa.LargeBinary(), nullable=True))
        batch_op.add_column(sa.Column('heard_at', sa.DateTime(timezone=True), nullable=True))
        batch_op.add_column(sa.Column('heard_by_id', sa.Integer(), nullable=True))
        batch_op.create_foreign_key(batch_op.f('fk_attachment_heard_by_id'), 'account', ['heard_by_id'], ['id'])
    with op.batch_alter_table('attachment', schema=None) as batch_op:
        batch_op.alter_column('unheard', existing_type=sa.Boolean(), server_default=None)
    _make_telling()
    _make_referral()


def _make_telling() -> None:
    op.create_table('telling',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('public_id', sa.String(), nullable=False),
    sa.Column('feedback_id', sa.Integer(), nullable=False),
    sa.Column('whom', sa.String(length=64), nullable=False),
    sa.Column('name', sa.LargeBinary(), nullable=False),
    sa.Column('words', sa.LargeBinary(), nullable=False),
    sa.Column('reason', sa.LargeBinary(), nullable=True),
    sa.Column('by_their_yes', sa.Boolean(), nullable=False),
    sa.Column('told_first_on', sa.Date(), nullable=True),
    sa.Column('unsafe', sa.LargeBinary(), nullable=True),
    sa.Column('proposed_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('proposed_by_id', sa.Integer(), nullable=False),
    sa.Column('answered_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('answered_by_id', sa.Integer(), nullable=True),
    sa.Column('agreed', sa.Boolean(), nullable=True),
    sa.Column('answer', sa.LargeBinary(), nullable=True),
    sa.Column('told_on', sa.Date(), nullable=True),
    sa.Column('told_by_id', sa.Integer(), nullable=True),
    sa.ForeignKeyConstraint(['answered_by_id'], ['account.id'], name=op.f('fk_telling_answered_by_id')),
    sa.ForeignKeyConstraint(['feedback_id'], ['feedback.id'], name=op.f('fk_telling_feedback_id'), ondelete='CASCADE'),
    sa.ForeignKeyConstraint(['proposed_by_id'], ['account.id'], name=op.f('fk_telling_proposed_by_id')),
    sa.ForeignKeyConstraint(['told_by_id'], ['account.id'], name=op.f('fk_telling_told_by_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_telling')),
    sa.UniqueConstraint('public_id', name=op.f('uq_telling_public_id')),
    )
    op.create_index(op.f('ix_telling_feedback_id'), 'telling', ['feedback_id'], unique=False)


def _make_referral() -> None:
    op.create_table('advocacy_referral',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('public_id', sa.String(), nullable=False),
    sa.Column('feedback_id', sa.Integer(), nullable=False),
    sa.Column('state', sa.String(length=64), nullable=False),
    sa.Column('sent_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('sent_on', sa.Date(), nullable=False),
    sa.Column('due_on', sa.Date(), nullable=False),
    sa.Column('token_key', sa.String(), nullable=True),
    sa.Column('answered_on', sa.Date(), nullable=True),
    sa.Column('answered_by', sa.LargeBinary(), nullable=True),
    sa.Column('why_not', sa.LargeBinary(), nullable=True),
    sa.Column('advocate', sa.LargeBinary(), nullable=True),
    sa.Column('appointed_on', sa.Date(), nullable=True),
    sa.Column('recorded_by_id', sa.Integer(), nullable=True),
    sa.Column('version', sa.Integer(), nullable=False),
    sa.ForeignKeyConstraint(['feedback_id'], ['feedback.id'], name=op.f('fk_advocacy_referral_feedback_id'), ondelete='CASCADE'),
    sa.ForeignKeyConstraint(['recorded_by_id'], ['account.id'], name=op.f('fk_advocacy_referral_recorded_by_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_advocacy_referral')),
    sa.UniqueConstraint('public_id', name=op.f('uq_advocacy_referral_public_id')),
    sa.UniqueConstraint('token_key', name=op.f('uq_advocacy_referral_token_key')),
    )
    op.create_index(op.f('ix_advocacy_referral_feedback_id'), 'advocacy_referral', ['feedback_id'], unique=False)
    op.create_index('ix_advocacy_referral_state_due_on', 'advocacy_referral', ['state', 'due_on'], unique=False)
    op.create_table('referral_reminder',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('referral_id', sa.Integer(), nullable=False),
    sa.Column('rung', sa.String(), nullable=False),
    sa.Column('due_on', sa.Date(), nullable=False),
    sa.Column('made_on', sa.Date(), nullable=False),
    sa.Column('made_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('told', sa.JSON(), nullable=False),
    sa.ForeignKeyConstraint(['referral_id'], ['advocacy_referral.id'], name=op.f('fk_referral_reminder_referral_id'), ondelete='CASCADE'),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_referral_reminder')),
    sa.UniqueConstraint('referral_id', 'rung', 'due_on', name=op.f('uq_referral_reminder_referral_id_rung_due_on')),
    )


def downgrade() -> None:
    op.drop_table('referral_reminder')
    op.drop_table('advocacy_referral')
    op.drop_table('telling')
    with op.batch_alter_table('attachment', schema=None) as batch_op:
        batch_op.drop_constraint(batch_op.f('fk_attachment_heard_by_id'), type_='foreignkey')
        batch_op.drop_column('heard_by_id')
        batch_op.drop_column('heard_at')
        batch_op.drop_column('heard')
        batch_op.drop_column('unheard')
    with op.batch_alter_table('feedback', schema=None) as batch_op:
        batch_op.drop_column('may_tell')
