"""which procedure: consent, the child's view, interest, the late test, the working-out."""

import sqlalchemy as sa
from alembic import op


revision = '0007_which_procedure'
down_revision = '0006_added_holiday'
branch_labels = None
depends_on = None


def _key() -> sa.Column:
    return sa.Column('id', sa.Integer(), nullable=False)


def _feedback(table: str) -> tuple[sa.Column, sa.ForeignKeyConstraint]:
    return (
        sa.Column('feedback_id', sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(['feedback_id'], ['feedback.id'], name=op.f(f'fk_{table}_feedback_id'), ondelete='CASCADE'),
    )


def _by(table: str, moment: str, by: str) -> tuple[sa.Column, sa.Column, sa.ForeignKeyConstraint]:
    return (
        sa.Column(moment, sa.DateTime(timezone=True), nullable=False),
        sa.Column(by, sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint([by], ['account.id'], name=op.f(f'fk_{table}_{by}')),
    )


def _index(table: str) -> None:
    with op.batch_alter_table(table, schema=None) as batch_op:
        batch_op.create_index(batch_op.f(f'ix_{table}_feedback_id'), ['feedback_id'], unique=False)


def upgrade() -> None:
    op.create_table('consent',
    _key(),
    *_feedback('consent'),
    sa.Column('state', sa.String(length=64), nullable=False),
    sa.Column('on_day', sa.Date(), nullable=False),
    sa.Column('words', sa.LargeBinary(), nullable=False),
    sa.Column('decided_by', sa.LargeBinary(), nullable=True),
    sa.Column('review_on', sa.Date(), nullable=True),
    sa.Column('attachment_id', sa.Integer(), nullable=True),
    sa.ForeignKeyConstraint(['attachment_id'], ['attachment.id'], name=op.f('fk_consent_attachment_id'), ondelete='SET NULL'),
    *_by('consent', 'recorded_at', 'recorded_by_id'),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_consent')),
    )
    op.create_table('childs_view',
    _key(),
    *_feedback('childs_view'),
    sa.Column('state', sa.String(length=64), nullable=False),
    sa.Column('on_day', sa.Date(), nullable=False),
    sa.Column('words', sa.LargeBinary(), nullable=False),
    *_by('childs_view', 'recorded_at', 'recorded_by_id'),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_childs_view')),
    )
    _make_interest_decision()
    _make_late_test()
    op.create_table('routing',
    _key(),
    *_feedback('routing'),
    sa.Column('facts', sa.JSON(), nullable=False),
    sa.Column('concluded', sa.JSON(), nullable=False),
    sa.Column('procedure', sa.String(length=64), nullable=True),
    sa.Column('overridden', sa.Boolean(), nullable=False),
    sa.Column('reason', sa.LargeBinary(), nullable=True),
    *_by('routing', 'routed_at', 'routed_by_id'),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_routing')),
    )
    for table in ('consent', 'childs_view', 'interest_decision', 'late_test', 'routing'):
        _index(table)


def _make_interest_decision() -> None:
    op.create_table('interest_decision',
    _key(),
    *_feedback('interest_decision'),
    sa.Column('person', sa.String(length=64), nullable=False),
    sa.Column('decision', sa.String(length=64), nullable=False),
    sa.Column('provision', sa.String(), nullable=False),
    sa.Column('reasons', sa.LargeBinary(), nullable=False),
    sa.Column('childs_view_id', sa.Integer(), nullable=False),
    sa.ForeignKeyConstraint(['childs_view_id'], ['childs_view.id'], name=op.f('fk_interest_decision_childs_view_id'), ondelete='CASCADE'),
    sa.Column('child_told', sa.String(length=64), nullable=False),
    sa.Column('child_told_words', sa.LargeBinary(), nullable=True),
    sa.Column('letter_id', sa.Integer(), nullable=True),
    sa.ForeignKeyConstraint(['letter_id'], ['outbox_letter.id'], name=op.f('fk_interest_decision_letter_id'), ondelete='SET NULL'),
    *_by('interest_decision', 'decided_at', 'decided_by_id'),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_interest_decision')),
    )


def _make_late_test() -> None:
    op.create_table('late_test',
    _key(),
    *_feedback('late_test'),
    sa.Column('procedure', sa.String(length=64), nullable=False),
    sa.Column('arose_on', sa.Date(), nullable=False),
    sa.Column('knew_on', sa.Date(), nullable=True),
    sa.Column('no_sooner', sa.Boolean(), nullable=False),
    sa.Column('no_sooner_reasons', sa.LargeBinary(), nullable=False),
    sa.Column('still_fair', sa.Boolean(), nullable=False),
    sa.Column('still_fair_reasons', sa.LargeBinary(), nullable=False),
    *_by('late_test', 'tested_at', 'tested_by_id'),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_late_test')),
    )


def downgrade() -> None:
    for table in ('routing', 'late_test', 'interest_decision', 'childs_view', 'consent'):
        op.drop_table(table)
