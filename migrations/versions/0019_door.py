"""the door for everyone: what is asked more, saved drafts, answers about equality kept apart."""

import sqlalchemy as sa
from alembic import op


revision = '0019_door'
down_revision = '0018_forms'
branch_labels = None
depends_on = None


def upgrade() -> None:
    with op.batch_alter_table('feedback', schema=None) as batch_op:
        batch_op.add_column(sa.Column('acting_for', sa.String(length=64), nullable=True))
        batch_op.add_column(sa.Column('elsewhere_said', sa.LargeBinary(), nullable=True))
        batch_op.add_column(sa.Column('about_plan', sa.Boolean(), nullable=True))
        batch_op.add_column(sa.Column('adjustments', sa.LargeBinary(), nullable=True))
    with op.batch_alter_table('draft', schema=None) as batch_op:
        batch_op.add_column(sa.Column('typed', sa.LargeBinary(), nullable=True))
        batch_op.add_column(sa.Column('words_hash', sa.String(), nullable=True))
        batch_op.add_column(sa.Column('equality_at', sa.DateTime(timezone=True), nullable=True))
    op.create_table('equality_answer',
    sa.Column('id', sa.String(), nullable=False),
    sa.Column('year', sa.String(), nullable=False),
    sa.Column('door', sa.String(length=64), nullable=False),
    sa.Column('category', sa.String(length=64), nullable=True),
    sa.Column('relationship', sa.String(length=64), nullable=True),
    sa.Column('age_band', sa.LargeBinary(), nullable=True),
    sa.Column('sex', sa.LargeBinary(), nullable=True),
    sa.Column('disability', sa.LargeBinary(), nullable=True),
    sa.Column('ethnicity', sa.LargeBinary(), nullable=True),
    sa.Column('orientation', sa.LargeBinary(), nullable=True),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_equality_answer')),
    sqlite_with_rowid=False,
    )
    with op.batch_alter_table('equality_answer', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_equality_answer_year'), ['year'], unique=False)


def downgrade() -> None:
    op.drop_table('equality_answer')
    with op.batch_alter_table('draft', schema=None) as batch_op:
        batch_op.drop_column('equality_at')
        batch_op.drop_column('words_hash')
        batch_op.drop_column('typed')
    with op.batch_alter_table('feedback', schema=None) as batch_op:
        batch_op.drop_column('adjustments')
        batch_op.drop_column('about_plan')
        batch_op.drop_column('elsewhere_said')
        batch_op.drop_column('acting_for')
