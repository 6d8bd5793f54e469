"""safe contact as rules, with history; details changed; letters past a rule; how it went."""

import sqlalchemy as sa
from alembic import op


revision = '0021_tracking'
down_revision = '0020_young'
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table('safe_contact_rule',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('feedback_id', sa.Integer(), nullable=False),
    sa.Column('way', sa.String(length=64), nullable=False),
    sa.Column('begins', sa.Integer(), nullable=True),
    sa.Column('ends', sa.Integer(), nullable=True),
    sa.Column('weekdays_only', sa.Boolean(), nullable=False),
    sa.Column('neutral', sa.Boolean(), nullable=False),
    sa.Column('voicemail', sa.Boolean(), nullable=True),
    sa.Column('not_to_see', sa.LargeBinary(), nullable=True),
    sa.Column('said_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('said_by', sa.String(length=64), nullable=False),
    sa.Column('account_id', sa.Integer(), nullable=True),
    sa.Column('reason', sa.LargeBinary(), nullable=True),
    sa.ForeignKeyConstraint(['feedback_id'], ['feedback.id'], name=op.f('fk_safe_contact_rule_feedback_id'), ondelete='CASCADE'),
    sa.ForeignKeyConstraint(['account_id'], ['account.id'], name=op.f('fk_safe_contact_rule_account_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_safe_contact_rule')),
    )
    with op.batch_alter_table('safe_contact_rule', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_safe_contact_rule_feedback_id'), ['feedback_id'], unique=False)
    op.create_table('contact_change',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('party_id', sa.Integer(), nullable=False),
    sa.Column('field', sa.String(), nullable=False),
    sa.Column('before', sa.LargeBinary(), nullable=True),
    sa.Column('after', sa.LargeBinary(), nullable=True),
    sa.Column('changed_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('changed_by', sa.String(length=64), nullable=False),
    sa.Column('account_id', sa.Integer(), nullable=True),
    sa.Column('reason', sa.LargeBinary(), nullable=True),
    sa.ForeignKeyConstraint(['party_id'], ['party.id'], name=op.f('fk_contact_change_party_id'), ondelete='CASCADE'),
    sa.ForeignKeyConstraint(['account_id'], ['account.id'], name=op.f('fk_contact_change_account_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_contact_change')),
    )
    with op.batch_alter_table('contact_change', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_contact_change_party_id'), ['party_id'], unique=False)
    _make_override()
    _make_experience()


def _make_override() -> None:
    op.create_table('contact_override',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('public_id', sa.String(), nullable=False),
    sa.Column('feedback_id', sa.Integer(), nullable=False),
    sa.Column('letter_id', sa.Integer(), nullable=False),
    sa.Column('state', sa.String(length=64), nullable=False),
    sa.Column('way', sa.String(length=64), nullable=False),
    sa.Column('to_where', sa.LargeBinary(), nullable=False),
    sa.Column('reason', sa.LargeBinary(), nullable=False),
    sa.Column('proposed_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('proposed_by_id', sa.Integer(), nullable=False),
    sa.Column('answered_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('answered_by_id', sa.Integer(), nullable=True),
    sa.Column('answer', sa.LargeBinary(), nullable=True),
    sa.ForeignKeyConstraint(['feedback_id'], ['feedback.id'], name=op.f('fk_contact_override_feedback_id'), ondelete='CASCADE'),
    sa.ForeignKeyConstraint(['letter_id'], ['outbox_letter.id'], name=op.f('fk_contact_override_letter_id'), ondelete='CASCADE'),
    sa.ForeignKeyConstraint(['proposed_by_id'], ['account.id'], name=op.f('fk_contact_override_proposed_by_id')),
    sa.ForeignKeyConstraint(['answered_by_id'], ['account.id'], name=op.f('fk_contact_override_answered_by_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_contact_override')),
    sa.UniqueConstraint('public_id', name=op.f('uq_contact_override_public_id')),
    )
    with op.batch_alter_table('contact_override', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_contact_override_feedback_id'), ['feedback_id'], unique=False)
        batch_op.create_index(batch_op.f('ix_contact_override_letter_id'), ['letter_id'], unique=False)


def _make_experience() -> None:
    op.create_table('experience',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('feedback_id', sa.Integer(), nullable=False),
    sa.Column('code', sa.String(length=64), nullable=False),
    sa.Column('words', sa.LargeBinary(), nullable=True),
    sa.Column('said_at', sa.DateTime(timezone=True), nullable=False),
    sa.ForeignKeyConstraint(['feedback_id'], ['feedback.id'], name=op.f('fk_experience_feedback_id'), ondelete='CASCADE'),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_experience')),
    )
    with op.batch_alter_table('experience', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_experience_feedback_id'), ['feedback_id'], unique=False)


def downgrade() -> None:
    op.drop_table('experience')
    op.drop_table('contact_override')
    op.drop_table('contact_change')
    op.drop_table('safe_contact_rule')
