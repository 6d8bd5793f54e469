"""cases given to managers, draft answers, questions to colleagues; the register, fees, papers, notes and bundles."""

import sqlalchemy as sa
from alembic import op


revision = "0026_work"
down_revision = "0025_find"
branch_labels = None
depends_on = None


def upgrade() -> None:
    _make_register_entry()
    _make_allocation()
    _make_bundle()
    _make_case_paper()
    _make_task()
    _make_answer_draft()
    _make_bundle_paper()
    _make_investigation_fee()
    _make_investigation_note()
    _make_investigation_report()


def downgrade() -> None:
    for table in ('investigation_report', 'investigation_note', 'investigation_fee', 'bundle_paper', 'answer_draft', 'task', 'case_paper', 'bundle', 'allocation', 'register_entry',):
        op.drop_table(table)


def _make_register_entry() -> None:
    op.create_table('register_entry',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('account_id', sa.Integer(), nullable=False),
    sa.Column('skills', sa.LargeBinary(), nullable=True),
    sa.Column('conflicts', sa.LargeBinary(), nullable=True),
    sa.Column('rate_pence', sa.Integer(), nullable=True),
    sa.Column('rate_per', sa.String(length=64), nullable=True),
    sa.Column('dbs_on', sa.Date(), nullable=True),
    sa.Column('changed_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('changed_by_id', sa.Integer(), nullable=False),
    sa.Column('version', sa.Integer(), nullable=False),
    sa.ForeignKeyConstraint(['account_id'], ['account.id'], name=op.f('fk_register_entry_account_id'), ondelete='CASCADE'),
    sa.ForeignKeyConstraint(['changed_by_id'], ['account.id'], name=op.f('fk_register_entry_changed_by_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_register_entry')),
    sa.UniqueConstraint('account_id', name=op.f('uq_register_entry_account_id'))
    )


def _make_allocation() -> None:
    op.create_table('allocation',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('public_id', sa.String(), nullable=False),
    sa.Column('case_id', sa.Integer(), nullable=False),
    sa.Column('account_id', sa.Integer(), nullable=False),
    sa.Column('state', sa.String(length=64), nullable=False),
    sa.Column('allocated_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('allocated_on', sa.Date(), nullable=False),
    sa.Column('allocated_by_id', sa.Integer(), nullable=False),
    sa.Column('accept_by', sa.Date(), nullable=False),
    sa.Column('answered_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('reason', sa.LargeBinary(), nullable=True),
    sa.Column('ended_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('chased_on', sa.Date(), nullable=True),
    sa.Column('version', sa.Integer(), nullable=False),
    sa.ForeignKeyConstraint(['account_id'], ['account.id'], name=op.f('fk_allocation_account_id'), ondelete='CASCADE'),
    sa.ForeignKeyConstraint(['allocated_by_id'], ['account.id'], name=op.f('fk_allocation_allocated_by_id')),
    sa.ForeignKeyConstraint(['case_id'], ['case.id'], name=op.f('fk_allocation_case_id'), ondelete='CASCADE'),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_allocation')),
    sa.UniqueConstraint('public_id', name=op.f('uq_allocation_public_id'))
    )
    with op.batch_alter_table('allocation', schema=None) as batch_op:
        batch_op.create_index('ix_allocation_account_id_state', ['account_id', 'state'], unique=False)
        batch_op.create_index('ix_allocation_case_id_id', ['case_id', 'id'], unique=False)
        batch_op.create_index('ix_allocation_state_accept_by', ['state', 'accept_by'], unique=False)


def _make_bundle() -> None:
    op.create_table('bundle',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('public_id', sa.String(), nullable=False),
    sa.Column('case_id', sa.Integer(), nullable=False),
    sa.Column('for_whom', sa.String(length=64), nullable=False),
    sa.Column('state', sa.String(length=64), nullable=False),
    sa.Column('asked_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('asked_by_id', sa.Integer(), nullable=False),
    sa.Column('checked_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('checked_by_id', sa.Integer(), nullable=True),
    sa.Column('made_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('pages', sa.Integer(), nullable=True),
    sa.Column('fault', sa.String(), nullable=True),
    sa.Column('content', sa.LargeBinary(), nullable=True),
    sa.Column('version', sa.Integer(), nullable=False),
    sa.ForeignKeyConstraint(['asked_by_id'], ['account.id'], name=op.f('fk_bundle_asked_by_id')),
    sa.ForeignKeyConstraint(['case_id'], ['case.id'], name=op.f('fk_bundle_case_id'), ondelete='CASCADE'),
    sa.ForeignKeyConstraint(['checked_by_id'], ['account.id'], name=op.f('fk_bundle_checked_by_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_bundle')),
    sa.UniqueConstraint('public_id', name=op.f('uq_bundle_public_id'))
    )
    with op.batch_alter_table('bundle', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_bundle_case_id'), ['case_id'], unique=False)
        batch_op.create_index('ix_bundle_state', ['state'], unique=False)


def _make_case_paper() -> None:
    op.create_table('case_paper',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('public_id', sa.String(), nullable=False),
    sa.Column('case_id', sa.Integer(), nullable=False),
    sa.Column('kind', sa.String(length=64), nullable=False),
    sa.Column('item_id', sa.Integer(), nullable=False),
    sa.Column('chosen_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('chosen_by_id', sa.Integer(), nullable=False),
    sa.ForeignKeyConstraint(['case_id'], ['case.id'], name=op.f('fk_case_paper_case_id'), ondelete='CASCADE'),
    sa.ForeignKeyConstraint(['chosen_by_id'], ['account.id'], name=op.f('fk_case_paper_chosen_by_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_case_paper')),
    sa.UniqueConstraint('case_id', 'kind', 'item_id', name=op.f('uq_case_paper_case_id_kind_item_id')),
    sa.UniqueConstraint('public_id', name=op.f('uq_case_paper_public_id'))
    )


def _make_task() -> None:
    op.create_table('task',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('public_id', sa.String(), nullable=False),
    sa.Column('case_id', sa.Integer(), nullable=False),
    sa.Column('account_id', sa.Integer(), nullable=False),
    sa.Column('asked_by_id', sa.Integer(), nullable=False),
    sa.Column('asked_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('asked_on', sa.Date(), nullable=False),
    sa.Column('due_on', sa.Date(), nullable=False),
    sa.Column('question', sa.LargeBinary(), nullable=False),
    sa.Column('answer', sa.LargeBinary(), nullable=True),
    sa.Column('answered_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('settled_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('chased_on', sa.Date(), nullable=True),
    sa.Column('version', sa.Integer(), nullable=False),
    sa.ForeignKeyConstraint(['account_id'], ['account.id'], name=op.f('fk_task_account_id'), ondelete='CASCADE'),
    sa.ForeignKeyConstraint(['asked_by_id'], ['account.id'], name=op.f('fk_task_asked_by_id')),
    sa.ForeignKeyConstraint(['case_id'], ['case.id'], name=op.f('fk_task_case_id'), ondelete='CASCADE'),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_task')),
    sa.UniqueConstraint('public_id', name=op.f('uq_task_public_id'))
    )
    with op.batch_alter_table('task', schema=None) as batch_op:
        batch_op.create_index('ix_task_account_id_settled_at', ['account_id', 'settled_at'], unique=False)
        batch_op.create_index(batch_op.f('ix_task_case_id'), ['case_id'], unique=False)
        batch_op.create_index('ix_task_settled_at_due_on', ['settled_at', 'due_on'], unique=False)


def _make_answer_draft() -> None:
    op.create_table('answer_draft',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('case_id', sa.Integer(), nullable=False),
    sa.Column('stage_id', sa.Integer(), nullable=False),
    sa.Column('state', sa.String(length=64), nullable=False),
    sa.Column('opening', sa.LargeBinary(), nullable=True),
    sa.Column('apology', sa.LargeBinary(), nullable=True),
    sa.Column('written_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('written_by_id', sa.Integer(), nullable=False),
    sa.Column('sent_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('sent_by_id', sa.Integer(), nullable=True),
    sa.Column('returned_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('returned_by_id', sa.Integer(), nullable=True),
    sa.Column('returned_words', sa.LargeBinary(), nullable=True),
    sa.Column('signed_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('signed_by_id', sa.Integer(), nullable=True),
    sa.Column('version', sa.Integer(), nullable=False),
    sa.ForeignKeyConstraint(['case_id'], ['case.id'], name=op.f('fk_answer_draft_case_id'), ondelete='CASCADE'),
    sa.ForeignKeyConstraint(['returned_by_id'], ['account.id'], name=op.f('fk_answer_draft_returned_by_id')),
    sa.ForeignKeyConstraint(['sent_by_id'], ['account.id'], name=op.f('fk_answer_draft_sent_by_id')),
    sa.ForeignKeyConstraint(['signed_by_id'], ['account.id'], name=op.f('fk_answer_draft_signed_by_id')),
    sa.ForeignKeyConstraint(['stage_id'], ['case_stage.id'], name=op.f('fk_answer_draft_stage_id'), ondelete='CASCADE'),
    sa.ForeignKeyConstraint(['written_by_id'], ['account.id'], name=op.f('fk_answer_draft_written_by_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_answer_draft')),
    sa.UniqueConstraint('stage_id', name=op.f('uq_answer_draft_stage_id'))
    )
    with op.batch_alter_table('answer_draft', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_answer_draft_case_id'), ['case_id'], unique=False)
        batch_op.create_index('ix_answer_draft_state', ['state'], unique=False)


def _make_bundle_paper() -> None:
    op.create_table('bundle_paper',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('bundle_id', sa.Integer(), nullable=False),
    sa.Column('kind', sa.String(length=64), nullable=False),
    sa.Column('item_id', sa.Integer(), nullable=False),
    sa.Column('on', sa.Date(), nullable=False),
    sa.Column('text', sa.LargeBinary(), nullable=True),
    sa.ForeignKeyConstraint(['bundle_id'], ['bundle.id'], name=op.f('fk_bundle_paper_bundle_id'), ondelete='CASCADE'),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_bundle_paper'))
    )
    with op.batch_alter_table('bundle_paper', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_bundle_paper_bundle_id'), ['bundle_id'], unique=False)


def _make_investigation_fee() -> None:
    op.create_table('investigation_fee',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('public_id', sa.String(), nullable=False),
    sa.Column('case_id', sa.Integer(), nullable=False),
    sa.Column('appointment_id', sa.Integer(), nullable=False),
    sa.Column('stage_key', sa.String(), nullable=False),
    sa.Column('role', sa.String(length=64), nullable=False),
    sa.Column('amount_pence', sa.Integer(), nullable=False),
    sa.Column('what_for', sa.LargeBinary(), nullable=False),
    sa.Column('paid_on', sa.Date(), nullable=False),
    sa.Column('recorded_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('recorded_by_id', sa.Integer(), nullable=False),
    sa.Column('taken_back_at', sa.DateTime(timezone=True), nullable=True),
    sa.ForeignKeyConstraint(['appointment_id'], ['appointment.id'], name=op.f('fk_investigation_fee_appointment_id'), ondelete='CASCADE'),
    sa.ForeignKeyConstraint(['case_id'], ['case.id'], name=op.f('fk_investigation_fee_case_id'), ondelete='CASCADE'),
    sa.ForeignKeyConstraint(['recorded_by_id'], ['account.id'], name=op.f('fk_investigation_fee_recorded_by_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_investigation_fee')),
    sa.UniqueConstraint('public_id', name=op.f('uq_investigation_fee_public_id'))
    )
    with op.batch_alter_table('investigation_fee', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_investigation_fee_case_id'), ['case_id'], unique=False)
        batch_op.create_index('ix_investigation_fee_paid_on', ['paid_on'], unique=False)


def _make_investigation_note() -> None:
    op.create_table('investigation_note',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('public_id', sa.String(), nullable=False),
    sa.Column('stage_id', sa.Integer(), nullable=False),
    sa.Column('kind', sa.String(length=64), nullable=False),
    sa.Column('point_id', sa.Integer(), nullable=True),
    sa.Column('on', sa.Date(), nullable=False),
    sa.Column('with_whom', sa.LargeBinary(), nullable=True),
    sa.Column('text', sa.LargeBinary(), nullable=False),
    sa.Column('written_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('written_by_id', sa.Integer(), nullable=False),
    sa.ForeignKeyConstraint(['point_id'], ['point.id'], name=op.f('fk_investigation_note_point_id'), ondelete='SET NULL'),
    sa.ForeignKeyConstraint(['stage_id'], ['case_stage.id'], name=op.f('fk_investigation_note_stage_id'), ondelete='CASCADE'),
    sa.ForeignKeyConstraint(['written_by_id'], ['account.id'], name=op.f('fk_investigation_note_written_by_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_investigation_note')),
    sa.UniqueConstraint('public_id', name=op.f('uq_investigation_note_public_id'))
    )
    with op.batch_alter_table('investigation_note', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_investigation_note_stage_id'), ['stage_id'], unique=False)


def _make_investigation_report() -> None:
    op.create_table('investigation_report',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('public_id', sa.String(), nullable=False),
    sa.Column('stage_id', sa.Integer(), nullable=False),
    sa.Column('filename', sa.LargeBinary(), nullable=False),
    sa.Column('content_type', sa.String(), nullable=False),
    sa.Column('size', sa.Integer(), nullable=False),
    sa.Column('content', sa.LargeBinary(), nullable=True),
    sa.Column('kept_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('kept_by_id', sa.Integer(), nullable=False),
    sa.ForeignKeyConstraint(['kept_by_id'], ['account.id'], name=op.f('fk_investigation_report_kept_by_id')),
    sa.ForeignKeyConstraint(['stage_id'], ['case_stage.id'], name=op.f('fk_investigation_report_stage_id'), ondelete='CASCADE'),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_investigation_report')),
    sa.UniqueConstraint('public_id', name=op.f('uq_investigation_report_public_id'))
    )
    with op.batch_alter_table('investigation_report', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_investigation_report_stage_id'), ['stage_id'], unique=False)
