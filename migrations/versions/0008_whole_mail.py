"""the whole text of an e-mail beside what was written in it this time."""

import sqlalchemy as sa
from alembic import op


revision = '0008_whole_mail'
down_revision = '0007_which_procedure'
branch_labels = None
depends_on = None


def upgrade() -> None:
    with op.batch_alter_table('message', schema=None) as batch_op:
        batch_op.add_column(sa.Column('whole', sa.LargeBinary(), nullable=True))


def downgrade() -> None:
    with op.batch_alter_table('message', schema=None) as batch_op:
        batch_op.drop_column('whole')
