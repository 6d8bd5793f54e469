"""what waited for proceedings is brought again; refusals that came before the Ombudsman."""

import sqlalchemy as sa
from alembic import op


revision = '0016_resubmission'
down_revision = '0015_parts'
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table('resubmission',
    sa.Column('feedback_id', sa.Integer(), nullable=False),
    sa.Column('earlier_id', sa.Integer(), nullable=False),
    sa.Column('asked_on', sa.Date(), nullable=False),
    sa.Column('noted_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('noted_by_id', sa.Integer(), nullable=False),
    sa.ForeignKeyConstraint(['earlier_id'], ['feedback.id'], name=op.f('fk_resubmission_earlier_id'), ondelete='CASCADE'),
    sa.ForeignKeyConstraint(['feedback_id'], ['feedback.id'], name=op.f('fk_resubmission_feedback_id'), ondelete='CASCADE'),
    sa.ForeignKeyConstraint(['noted_by_id'], ['account.id'], name=op.f('fk_resubmission_noted_by_id')),
    sa.PrimaryKeyConstraint('feedback_id', name=op.f('pk_resubmission')),
    )
    op.create_index(op.f('ix_resubmission_earlier_id'), 'resubmission', ['earlier_id'], unique=False)
    op.create_table('ombudsman_refusal',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('public_id', sa.String(), nullable=False),
    sa.Column('matter_id', sa.Integer(), nullable=False),
    sa.Column('feedback_id', sa.Integer(), nullable=False),
    sa.Column('added_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('added_by_id', sa.Integer(), nullable=False),
    sa.ForeignKeyConstraint(['added_by_id'], ['account.id'], name=op.f('fk_ombudsman_refusal_added_by_id')),
    sa.ForeignKeyConstraint(['feedback_id'], ['feedback.id'], name=op.f('fk_ombudsman_refusal_feedback_id'), ondelete='CASCADE'),
    sa.ForeignKeyConstraint(['matter_id'], ['ombudsman_matter.case_id'], name=op.f('fk_ombudsman_refusal_matter_id'), ondelete='CASCADE'),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_ombudsman_refusal')),
    sa.UniqueConstraint('matter_id', 'feedback_id', name=op.f('uq_ombudsman_refusal_matter_id_feedback_id')),
    sa.UniqueConstraint('public_id', name=op.f('uq_ombudsman_refusal_public_id')),
    )
    op.create_index(op.f('ix_ombudsman_refusal_feedback_id'), 'ombudsman_refusal', ['feedback_id'], unique=False)
    op.create_index(op.f('ix_decision_resubmit_by'), 'decision', ['resubmit_by'], unique=False)
    op.create_index(op.f('ix_case_event_event'), 'case_event', ['event'], unique=False)


def downgrade() -> None:
    op.drop_index(op.f('ix_case_event_event'), table_name='case_event')
    op.drop_index(op.f('ix_decision_resubmit_by'), table_name='decision')
    op.drop_table('ombudsman_refusal')
    op.drop_table('resubmission')
