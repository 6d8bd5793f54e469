"""the procedure: where a case stands, events, clocks, points, appointments, remedies."""

import sqlalchemy as sa
from alembic import op


revision = '0004_procedure'
down_revision = '0003_mail_ledger'
branch_labels = None
depends_on = None


def upgrade() -> None:
    _make_appointment()
    _make_point()
    _make_case_clock()
    _make_case_event()
    _make_point_finding()
    _make_remedy()
    with op.batch_alter_table('case_stage', schema=None) as batch_op:
        batch_op.add_column(sa.Column('ended_on', sa.Date(), nullable=True))
    _place_cases()


def _make_appointment() -> None:
    op.create_table('appointment',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('public_id', sa.String(), nullable=False),
    sa.Column('case_id', sa.Integer(), nullable=False),
    sa.Column('stage_key', sa.String(), nullable=False),
    sa.Column('role', sa.String(length=64), nullable=False),
    sa.Column('account_id', sa.Integer(), nullable=True),
    sa.Column('name', sa.LargeBinary(), nullable=True),
    sa.Column('person_key', sa.String(), nullable=False),
    sa.Column('declared', sa.JSON(), nullable=False),
    sa.Column('appointed_on', sa.Date(), nullable=False),
    sa.Column('appointed_by_id', sa.Integer(), nullable=False),
    sa.Column('ended_at', sa.DateTime(timezone=True), nullable=True),
    sa.ForeignKeyConstraint(['account_id'], ['account.id'], name=op.f('fk_appointment_account_id')),
    sa.ForeignKeyConstraint(['appointed_by_id'], ['account.id'], name=op.f('fk_appointment_appointed_by_id')),
    sa.ForeignKeyConstraint(['case_id'], ['case.id'], name=op.f('fk_appointment_case_id'), ondelete='CASCADE'),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_appointment')),
    sa.UniqueConstraint('public_id', name=op.f('uq_appointment_public_id'))
    )
    with op.batch_alter_table('appointment', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_appointment_case_id'), ['case_id'], unique=False)


def _make_point() -> None:
    op.create_table('point',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('public_id', sa.String(), nullable=False),
    sa.Column('case_id', sa.Integer(), nullable=False),
    sa.Column('number', sa.Integer(), nullable=False),
    sa.Column('text', sa.LargeBinary(), nullable=False),
    sa.Column('state', sa.String(length=64), nullable=False),
    sa.Column('dispute', sa.LargeBinary(), nullable=True),
    sa.Column('replaced_by_id', sa.Integer(), nullable=True),
    sa.Column('made_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('made_by_id', sa.Integer(), nullable=True),
    sa.Column('version', sa.Integer(), nullable=False),
    sa.ForeignKeyConstraint(['case_id'], ['case.id'], name=op.f('fk_point_case_id'), ondelete='CASCADE'),
    sa.ForeignKeyConstraint(['made_by_id'], ['account.id'], name=op.f('fk_point_made_by_id')),
    sa.ForeignKeyConstraint(['replaced_by_id'], ['point.id'], name=op.f('fk_point_replaced_by_id'), ondelete='SET NULL'),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_point')),
    sa.UniqueConstraint('case_id', 'number', name=op.f('uq_point_case_id_number')),
    sa.UniqueConstraint('public_id', name=op.f('uq_point_public_id'))
    )


def _make_case_clock() -> None:
    op.create_table('case_clock',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('stage_id', sa.Integer(), nullable=False),
    sa.Column('key', sa.String(), nullable=False),
    sa.Column('reading', sa.String(), nullable=False),
    sa.Column('starts', sa.String(), nullable=False),
    sa.Column('start_on', sa.Date(), nullable=False),
    sa.Column('due_on', sa.Date(), nullable=False),
    sa.Column('first_due_on', sa.Date(), nullable=False),
    sa.Column('latest_on', sa.Date(), nullable=True),
    sa.Column('adjusted_on', sa.Date(), nullable=True),
    sa.Column('met_on', sa.Date(), nullable=True),
    sa.Column('soft', sa.Boolean(), nullable=False),
    sa.Column('working', sa.JSON(), nullable=False),
    sa.ForeignKeyConstraint(['stage_id'], ['case_stage.id'], name=op.f('fk_case_clock_stage_id'), ondelete='CASCADE'),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_case_clock')),
    sa.UniqueConstraint('stage_id', 'key', 'reading', name=op.f('uq_case_clock_stage_id_key_reading'))
    )
    with op.batch_alter_table('case_clock', schema=None) as batch_op:
        batch_op.create_index('ix_case_clock_met_on_due_on', ['met_on', 'due_on'], unique=False)


def _make_case_event() -> None:
    op.create_table('case_event',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('public_id', sa.String(), nullable=False),
    sa.Column('case_id', sa.Integer(), nullable=False),
    sa.Column('stage_id', sa.Integer(), nullable=False),
    sa.Column('event', sa.String(length=64), nullable=False),
    sa.Column('on', sa.Date(), nullable=False),
    sa.Column('recorded_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('by', sa.String(length=64), nullable=False),
    sa.Column('account_id', sa.Integer(), nullable=True),
    sa.Column('from_state', sa.String(length=64), nullable=False),
    sa.Column('to_state', sa.String(length=64), nullable=False),
    sa.Column('reason', sa.String(), nullable=True),
    sa.Column('words', sa.LargeBinary(), nullable=True),
    sa.Column('details', sa.JSON(), nullable=False),
    sa.Column('letter_id', sa.Integer(), nullable=True),
    sa.ForeignKeyConstraint(['account_id'], ['account.id'], name=op.f('fk_case_event_account_id')),
    sa.ForeignKeyConstraint(['case_id'], ['case.id'], name=op.f('fk_case_event_case_id'), ondelete='CASCADE'),
    sa.ForeignKeyConstraint(['letter_id'], ['outbox_letter.id'], name=op.f('fk_case_event_letter_id')),
    sa.ForeignKeyConstraint(['stage_id'], ['case_stage.id'], name=op.f('fk_case_event_stage_id'), ondelete='CASCADE'),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_case_event')),
    sa.UniqueConstraint('public_id', name=op.f('uq_case_event_public_id'))
    )
    with op.batch_alter_table('case_event', schema=None) as batch_op:
        batch_op.create_index('ix_case_event_case_id_id', ['case_id', 'id'], unique=False)
        batch_op.create_index(batch_op.f('ix_case_event_stage_id'), ['stage_id'], unique=False)


def _make_point_finding() -> None:
    op.create_table('point_finding',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('point_id', sa.Integer(), nullable=False),
    sa.Column('stage_key', sa.String(), nullable=False),
    sa.Column('giver', sa.String(length=64), nullable=False),
    sa.Column('finding', sa.String(length=64), nullable=True),
    sa.Column('resolved', sa.Boolean(), nullable=False),
    sa.Column('reasons', sa.LargeBinary(), nullable=True),
    sa.Column('written_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('written_by_id', sa.Integer(), nullable=False),
    sa.Column('version', sa.Integer(), nullable=False),
    sa.ForeignKeyConstraint(['point_id'], ['point.id'], name=op.f('fk_point_finding_point_id'), ondelete='CASCADE'),
    sa.ForeignKeyConstraint(['written_by_id'], ['account.id'], name=op.f('fk_point_finding_written_by_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_point_finding')),
    sa.UniqueConstraint('point_id', 'stage_key', 'giver', name=op.f('uq_point_finding_point_id_stage_key_giver'))
    )


def _make_remedy() -> None:
    op.create_table('remedy',
    sa.Column('id', sa.Integer(), nullable=False), sa.Column('public_id', sa.String(), nullable=False),
    sa.Column('case_id', sa.Integer(), nullable=False), sa.Column('point_id', sa.Integer(), nullable=True),
    sa.Column('stage_key', sa.String(), nullable=False), sa.Column('giver', sa.String(length=64), nullable=False),
    sa.Column('kind', sa.String(length=64), nullable=False), sa.Column('text', sa.LargeBinary(), nullable=False),
    sa.Column('state', sa.String(length=64), nullable=False), sa.Column('reasons', sa.LargeBinary(), nullable=True),
    sa.Column('owner_id', sa.Integer(), nullable=True), sa.Column('team', sa.String(length=64), nullable=False),
    sa.Column('payee', sa.LargeBinary(), nullable=True), sa.Column('amount_pence', sa.Integer(), nullable=True),
    sa.Column('base_event', sa.String(), nullable=True), sa.Column('after_remedy_id', sa.Integer(), nullable=True),
    sa.Column('offset_length', sa.Integer(), nullable=True), sa.Column('offset_unit', sa.String(), nullable=True),
    sa.Column('repeats_every_months', sa.Integer(), nullable=True), sa.Column('repeats_until', sa.Date(), nullable=True),
    sa.Column('due_on', sa.Date(), nullable=True), sa.Column('done_on', sa.Date(), nullable=True),
    sa.Column('evidence', sa.LargeBinary(), nullable=True), sa.Column('told_ombudsman_on', sa.Date(), nullable=True),
    sa.Column('compliance', sa.String(length=64), nullable=True), sa.Column('for_report', sa.Boolean(), nullable=False),
    sa.Column('made_known', sa.LargeBinary(), nullable=True), sa.Column('shown_to_person', sa.Boolean(), nullable=False),
    sa.Column('made_at', sa.DateTime(timezone=True), nullable=False), sa.Column('made_by_id', sa.Integer(), nullable=False),
    sa.Column('version', sa.Integer(), nullable=False),
    sa.ForeignKeyConstraint(['after_remedy_id'], ['remedy.id'], name=op.f('fk_remedy_after_remedy_id'), ondelete='SET NULL'),
    sa.ForeignKeyConstraint(['case_id'], ['case.id'], name=op.f('fk_remedy_case_id'), ondelete='CASCADE'),
    sa.ForeignKeyConstraint(['made_by_id'], ['account.id'], name=op.f('fk_remedy_made_by_id')),
    sa.ForeignKeyConstraint(['owner_id'], ['account.id'], name=op.f('fk_remedy_owner_id')),
    sa.ForeignKeyConstraint(['point_id'], ['point.id'], name=op.f('fk_remedy_point_id'), ondelete='SET NULL'),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_remedy')),
    sa.UniqueConstraint('public_id', name=op.f('uq_remedy_public_id'))
    )
    with op.batch_alter_table('remedy', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_remedy_case_id'), ['case_id'], unique=False)
        batch_op.create_index(batch_op.f('ix_remedy_owner_id'), ['owner_id'], unique=False)
        batch_op.create_index('ix_remedy_state_due_on', ['state', 'due_on'], unique=False)


def _place_cases() -> None:
    """Give each case its part, its stage and its place in the procedure."""
    with op.batch_alter_table('case', schema=None) as batch_op:
        batch_op.add_column(sa.Column('part', sa.Integer(), nullable=True))
        batch_op.add_column(sa.Column('procedure_state', sa.String(length=64), nullable=True))
        batch_op.add_column(sa.Column('stage_key', sa.String(), nullable=True))
        batch_op.drop_constraint(batch_op.f('uq_case_feedback_id'), type_='unique')
    # Until now a case had one stage, and nothing but its receipt and acknowledgement had happened.
    op.execute(
        """UPDATE "case" SET part = 1,
           procedure_state = CASE
             WHEN state = 'closed' THEN 'concluded'
             WHEN category = 'ombudsman' THEN 'ombudsman_enquiry'
             ELSE 'answering' END,
           stage_key = COALESCE(
             (SELECT key FROM case_stage WHERE case_stage.case_id = "case".id
              ORDER BY case_stage.id LIMIT 1), 'stage_1')"""
    )
    with op.batch_alter_table('case', schema=None) as batch_op:
        batch_op.alter_column('part', existing_type=sa.Integer(), nullable=False)
        batch_op.alter_column('procedure_state', existing_type=sa.String(length=64), nullable=False)
        batch_op.alter_column('stage_key', existing_type=sa.String(), nullable=False)
        batch_op.create_unique_constraint(
            batch_op.f('uq_case_feedback_id_part'), ['feedback_id', 'part']
        )


def downgrade() -> None:
    with op.batch_alter_table('case_stage', schema=None) as batch_op:
        batch_op.drop_column('ended_on')

    with op.batch_alter_table('case', schema=None) as batch_op:
        batch_op.drop_constraint(batch_op.f('uq_case_feedback_id_part'), type_='unique')
        batch_op.create_unique_constraint(batch_op.f('uq_case_feedback_id'), ['feedback_id'])
        batch_op.drop_column('stage_key')
        batch_op.drop_column('procedure_state')
        batch_op.drop_column('part')

    with op.batch_alter_table('remedy', schema=None) as batch_op:
        batch_op.drop_index('ix_remedy_state_due_on')
        batch_op.drop_index(batch_op.f('ix_remedy_owner_id'))
        batch_op.drop_index(batch_op.f('ix_remedy_case_id'))

    op.drop_table('remedy')
    op.drop_table('point_finding')
    with op.batch_alter_table('case_event', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_case_event_stage_id'))
        batch_op.drop_index('ix_case_event_case_id_id')

    op.drop_table('case_event')
    with op.batch_alter_table('case_clock', schema=None) as batch_op:
        batch_op.drop_index('ix_case_clock_met_on_due_on')

    op.drop_table('case_clock')
    op.drop_table('point')
    with op.batch_alter_table('appointment', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_appointment_case_id'))

    op.drop_table('appointment')
