"""a no is proposed and agreed: proposals, what a decision rests on, who agreed to it."""

import sqlalchemy as sa
from alembic import op


revision = '0013_refusals'
down_revision = '0012_chasing'
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table('refusal_proposal',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('public_id', sa.String(), nullable=False),
    sa.Column('feedback_id', sa.Integer(), nullable=False),
    sa.Column('case_id', sa.Integer(), nullable=True),
    sa.Column('proposed_for', sa.String(length=64), nullable=False),
    sa.Column('state', sa.String(length=64), nullable=False),
    sa.Column('reason', sa.String(length=64), nullable=True),
    sa.Column('disposition', sa.String(length=64), nullable=True),
    sa.Column('rule', sa.String(), nullable=False),
    sa.Column('needs_manager', sa.Boolean(), nullable=False),
    sa.Column('explanation', sa.LargeBinary(), nullable=False),
    sa.Column('letter', sa.LargeBinary(), nullable=True),
    sa.Column('planned', sa.LargeBinary(), nullable=False),
    sa.Column('proposed_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('proposed_by_id', sa.Integer(), nullable=False),
    sa.Column('answered_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('answered_by_id', sa.Integer(), nullable=True),
    sa.Column('answer', sa.LargeBinary(), nullable=True),
    sa.Column('version', sa.Integer(), nullable=False),
    sa.ForeignKeyConstraint(['answered_by_id'], ['account.id'], name=op.f('fk_refusal_proposal_answered_by_id')),
    sa.ForeignKeyConstraint(['case_id'], ['case.id'], name=op.f('fk_refusal_proposal_case_id'), ondelete='CASCADE'),
    sa.ForeignKeyConstraint(['feedback_id'], ['feedback.id'], name=op.f('fk_refusal_proposal_feedback_id'), ondelete='CASCADE'),
    sa.ForeignKeyConstraint(['proposed_by_id'], ['account.id'], name=op.f('fk_refusal_proposal_proposed_by_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_refusal_proposal')),
    sa.UniqueConstraint('public_id', name=op.f('uq_refusal_proposal_public_id')),
    )
    op.create_index(op.f('ix_refusal_proposal_feedback_id'), 'refusal_proposal', ['feedback_id'], unique=False)
    op.create_index('ix_refusal_proposal_state_feedback_id', 'refusal_proposal', ['state', 'feedback_id'], unique=False)
    _add_columns()


def _add_columns() -> None:
    with op.batch_alter_table('decision', schema=None) as batch_op:
        batch_op.add_column(sa.Column('agreed_by_id', sa.Integer(), nullable=True))
        batch_op.add_column(sa.Column('screened_on', sa.Date(), nullable=True))
        batch_op.add_column(sa.Column('screened_by_id', sa.Integer(), nullable=True))
        batch_op.add_column(sa.Column('consulted', sa.LargeBinary(), nullable=True))
        batch_op.add_column(sa.Column('consulted_on', sa.Date(), nullable=True))
        batch_op.add_column(sa.Column('evidence', sa.LargeBinary(), nullable=True))
        batch_op.add_column(sa.Column('redirected_to', sa.LargeBinary(), nullable=True))
        batch_op.add_column(sa.Column('resubmit_by', sa.Date(), nullable=True))
        batch_op.add_column(sa.Column('nothing_to_act_on', sa.Boolean(), nullable=False, server_default=sa.false()))
        batch_op.create_foreign_key(batch_op.f('fk_decision_agreed_by_id'), 'account', ['agreed_by_id'], ['id'])
        batch_op.create_foreign_key(batch_op.f('fk_decision_screened_by_id'), 'account', ['screened_by_id'], ['id'])
    with op.batch_alter_table('decision', schema=None) as batch_op:
        batch_op.alter_column('nothing_to_act_on', existing_type=sa.Boolean(), server_default=None)
    with op.batch_alter_table('interest_decision', schema=None) as batch_op:
        batch_op.add_column(sa.Column('agreed_by_id', sa.Integer(), nullable=True))
        batch_op.add_column(sa.Column('child_told_on', sa.Date(), nullable=True))
        batch_op.create_foreign_key(batch_op.f('fk_interest_decision_agreed_by_id'), 'account', ['agreed_by_id'], ['id'])


def downgrade() -> None:
    with op.batch_alter_table('interest_decision', schema=None) as batch_op:
        batch_op.drop_constraint(batch_op.f('fk_interest_decision_agreed_by_id'), type_='foreignkey')
        batch_op.drop_column('child_told_on')
        batch_op.drop_column('agreed_by_id')
    with op.batch_alter_table('decision', schema=None) as batch_op:
        batch_op.drop_constraint(batch_op.f('fk_decision_screened_by_id'), type_='foreignkey')
        batch_op.drop_constraint(batch_op.f('fk_decision_agreed_by_id'), type_='foreignkey')
        for column in (
            'nothing_to_act_on', 'resubmit_by', 'redirected_to', 'evidence', 'consulted_on',
            'consulted', 'screened_by_id', 'screened_on', 'agreed_by_id',
        ):
            batch_op.drop_column(column)
    op.drop_table('refusal_proposal')
