"""other kinds: what was passed on and who took it, access requests, publications, praise."""

import sqlalchemy as sa
from alembic import op


revision = '0014_kinds'
down_revision = '0013_refusals'
branch_labels = None
depends_on = None


def _key() -> sa.Column:
    return sa.Column('id', sa.Integer(), nullable=False)


def _feedback(table: str) -> tuple[sa.Column, sa.ForeignKeyConstraint]:
    return (
        sa.Column('feedback_id', sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(['feedback_id'], ['feedback.id'], name=op.f(f'fk_{table}_feedback_id'), ondelete='CASCADE'),
    )


def _public(table: str) -> tuple[sa.Column, sa.UniqueConstraint]:
    return (
        sa.Column('public_id', sa.String(), nullable=False),
        sa.UniqueConstraint('public_id', name=op.f(f'uq_{table}_public_id')),
    )


def _by(table: str, moment: str, by: str, *, later: bool = False) -> tuple[sa.Column, sa.Column, sa.ForeignKeyConstraint]:
    return (
        sa.Column(moment, sa.DateTime(timezone=True), nullable=later),
        sa.Column(by, sa.Integer(), nullable=later),
        sa.ForeignKeyConstraint([by], ['account.id'], name=op.f(f'fk_{table}_{by}')),
    )


def _index(table: str, column: str) -> None:
    with op.batch_alter_table(table, schema=None) as batch_op:
        batch_op.create_index(batch_op.f(f'ix_{table}_{column}'), [column], unique=False)


def upgrade() -> None:
    for table in ('case', 'decision', 'routing'):
        with op.batch_alter_table(table, schema=None) as batch_op:
            batch_op.add_column(sa.Column('chosen_track', sa.String(length=64), nullable=True))
    _make_handover()
    _make_access_request()
    _make_publication()
    op.create_table('publishing_consent',
    _key(),
    *_feedback('publishing_consent'),
    sa.Column('agrees', sa.Boolean(), nullable=False),
    sa.Column('how', sa.String(length=64), nullable=False),
    sa.Column('on_day', sa.Date(), nullable=False),
    sa.Column('words', sa.LargeBinary(), nullable=True),
    sa.Column('recorded_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('recorded_by_id', sa.Integer(), nullable=True),
    sa.ForeignKeyConstraint(['recorded_by_id'], ['account.id'], name=op.f('fk_publishing_consent_recorded_by_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_publishing_consent')),
    )
    op.create_table('praised_person',
    _key(),
    *_feedback('praised_person'),
    sa.Column('account_id', sa.Integer(), nullable=False),
    sa.ForeignKeyConstraint(['account_id'], ['account.id'], name=op.f('fk_praised_person_account_id'), ondelete='CASCADE'),
    sa.Column('manager_told', sa.Boolean(), nullable=False),
    *_by('praised_person', 'passed_at', 'passed_by_id'),
    sa.UniqueConstraint('feedback_id', 'account_id', name=op.f('uq_praised_person_feedback_id_account_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_praised_person')),
    )
    _index('publishing_consent', 'feedback_id')
    _index('praised_person', 'account_id')


def _make_handover() -> None:
    op.create_table('handover',
    _key(),
    *_public('handover'),
    *_feedback('handover'),
    sa.Column('what', sa.String(length=64), nullable=False),
    sa.Column('team', sa.String(length=64), nullable=False),
    sa.Column('passed_on', sa.Date(), nullable=False),
    *_by('handover', 'passed_at', 'passed_by_id'),
    sa.Column('words', sa.LargeBinary(), nullable=True),
    sa.Column('taken_by', sa.LargeBinary(), nullable=True),
    sa.Column('taken_by_role', sa.LargeBinary(), nullable=True),
    sa.Column('taken_on', sa.Date(), nullable=True),
    sa.Column('way', sa.String(length=64), nullable=True),
    sa.Column('their_reference', sa.LargeBinary(), nullable=True),
    sa.Column('agreed', sa.LargeBinary(), nullable=True),
    *_by('handover', 'recorded_at', 'recorded_by_id', later=True),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_handover')),
    )
    _index('handover', 'feedback_id')
    _index('handover', 'taken_on')


def _make_access_request() -> None:
    op.create_table('access_request',
    _key(),
    *_public('access_request'),
    *_feedback('access_request'),
    sa.Column('from_whom', sa.LargeBinary(), nullable=False),
    sa.Column('reach_by', sa.LargeBinary(), nullable=False),
    sa.Column('asked_for', sa.LargeBinary(), nullable=False),
    sa.Column('received_on', sa.Date(), nullable=False),
    sa.Column('due_on', sa.Date(), nullable=False),
    sa.Column('first_due_on', sa.Date(), nullable=False),
    *_by('access_request', 'passed_at', 'passed_by_id'),
    *_by('access_request', 'taken_at', 'taken_by_id', later=True),
    sa.Column('extended_on', sa.Date(), nullable=True),
    sa.Column('extension_reason', sa.LargeBinary(), nullable=True),
    sa.Column('answered_on', sa.Date(), nullable=True),
    sa.Column('version', sa.Integer(), nullable=False),
    sa.UniqueConstraint('feedback_id', name=op.f('uq_access_request_feedback_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_access_request')),
    )
    _index('access_request', 'answered_on')


def _make_publication() -> None:
    op.create_table('publication',
    _key(),
    *_public('publication'),
    *_feedback('publication'),
    sa.Column('state', sa.String(length=64), nullable=False),
    sa.Column('text', sa.LargeBinary(), nullable=True),
    sa.Column('area', sa.String(length=64), nullable=False),
    sa.Column('year', sa.String(), nullable=False),
    sa.Column('quarter', sa.Integer(), nullable=False),
    *_by('publication', 'offered_at', 'offered_by_id', later=True),
    *_by('publication', 'agreed_at', 'agreed_by_id', later=True),
    sa.Column('note', sa.LargeBinary(), nullable=True),
    *_by('publication', 'withdrawn_at', 'withdrawn_by_id', later=True),
    sa.Column('version', sa.Integer(), nullable=False),
    sa.UniqueConstraint('feedback_id', name=op.f('uq_publication_feedback_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_publication')),
    )
    with op.batch_alter_table('publication', schema=None) as batch_op:
        batch_op.create_index('ix_publication_state_year', ['state', 'year'], unique=False)


def downgrade() -> None:
    for table in ('praised_person', 'publishing_consent', 'publication', 'access_request', 'handover'):
        op.drop_table(table)
    for table in ('routing', 'decision', 'case'):
        with op.batch_alter_table(table, schema=None) as batch_op:
            batch_op.drop_column('chosen_track')
