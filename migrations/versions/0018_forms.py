"""annual report: what was published, and what officers add before."""

import sqlalchemy as sa
from alembic import op


revision = '0018_forms'
down_revision = '0017_report'
branch_labels = None
depends_on = None


def _by(table: str, moment: str, by: str) -> tuple[sa.Column, sa.Column, sa.ForeignKeyConstraint]:
    return (
        sa.Column(moment, sa.DateTime(timezone=True), nullable=False),
        sa.Column(by, sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint([by], ['account.id'], name=op.f(f'fk_{table}_{by}')),
    )


def upgrade() -> None:
    op.create_table('published_report',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('public_id', sa.String(), nullable=False),
    sa.Column('year', sa.String(), nullable=False),
    sa.Column('number', sa.Integer(), nullable=False),
    sa.Column('as_at', sa.Date(), nullable=False),
    sa.Column('extract', sa.JSON(), nullable=False),
    sa.Column('behind', sa.JSON(), nullable=False),
    sa.Column('sha256', sa.String(), nullable=False),
    sa.Column('reason', sa.String(), nullable=True),
    sa.Column('differences', sa.JSON(), nullable=False),
    *_by('published_report', 'published_at', 'published_by_id'),
    sa.UniqueConstraint('public_id', name=op.f('uq_published_report_public_id')),
    sa.UniqueConstraint('year', 'number', name=op.f('uq_published_report_year_number')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_published_report')),
    )
    _make_file()
    _make_passage()
    _make_pick()


def _make_file() -> None:
    op.create_table('report_file',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('report_id', sa.Integer(), nullable=False),
    sa.ForeignKeyConstraint(['report_id'], ['published_report.id'], name=op.f('fk_report_file_report_id')),
    sa.Column('form', sa.String(), nullable=False),
    sa.Column('content', sa.LargeBinary(), nullable=False),
    sa.Column('sha256', sa.String(), nullable=False),
    sa.UniqueConstraint('report_id', 'form', name=op.f('uq_report_file_report_id_form')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_report_file')),
    )


def _make_passage() -> None:
    op.create_table('report_passage',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('year', sa.String(), nullable=False),
    sa.Column('chapter', sa.String(), nullable=False),
    sa.Column('text', sa.LargeBinary(), nullable=False),
    *_by('report_passage', 'written_at', 'written_by_id'),
    sa.Column('version', sa.Integer(), nullable=False),
    sa.UniqueConstraint('year', 'chapter', name=op.f('uq_report_passage_year_chapter')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_report_passage')),
    )


def _make_pick() -> None:
    op.create_table('report_pick',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('year', sa.String(), nullable=False),
    sa.Column('kind', sa.String(length=64), nullable=False),
    sa.Column('remedy_id', sa.Integer(), nullable=True),
    sa.ForeignKeyConstraint(['remedy_id'], ['remedy.id'], name=op.f('fk_report_pick_remedy_id'), ondelete='CASCADE'),
    sa.Column('publication_id', sa.Integer(), nullable=True),
    sa.ForeignKeyConstraint(['publication_id'], ['publication.id'], name=op.f('fk_report_pick_publication_id'), ondelete='CASCADE'),
    sa.Column('text', sa.LargeBinary(), nullable=True),
    *_by('report_pick', 'picked_at', 'picked_by_id'),
    sa.UniqueConstraint('year', 'remedy_id', name=op.f('uq_report_pick_year_remedy_id')),
    sa.UniqueConstraint('year', 'publication_id', name=op.f('uq_report_pick_year_publication_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_report_pick')),
    )


def downgrade() -> None:
    for table in ('report_pick', 'report_passage', 'report_file', 'published_report'):
        op.drop_table(table)
