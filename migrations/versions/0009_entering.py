"""who entered a call or a letter, and who took it.

What came before stays empty: the audit trail says who entered it.
"""

import sqlalchemy as sa
from alembic import op


revision = '0009_entering'
down_revision = '0008_whole_mail'
branch_labels = None
depends_on = None


def upgrade() -> None:
    with op.batch_alter_table('feedback', schema=None) as batch_op:
        batch_op.add_column(sa.Column('entered_by_id', sa.Integer(), nullable=True))
        batch_op.add_column(sa.Column('taken_by', sa.LargeBinary(), nullable=True))
        batch_op.create_foreign_key(
            'fk_feedback_entered_by_id', 'account', ['entered_by_id'], ['id']
        )


def downgrade() -> None:
    with op.batch_alter_table('feedback', schema=None) as batch_op:
        batch_op.drop_constraint('fk_feedback_entered_by_id', type_='foreignkey')
        batch_op.drop_column('taken_by')
        batch_op.drop_column('entered_by_id')
