"""how far a matter went at the Ombudsman, beside what they decided."""

import sqlalchemy as sa
from alembic import op


revision = '0017_report'
down_revision = '0016_resubmission'
branch_labels = None
depends_on = None


def upgrade() -> None:
    with op.batch_alter_table('ombudsman_matter', schema=None) as batch_op:
        batch_op.add_column(sa.Column('reached', sa.String(length=64), nullable=True))


def downgrade() -> None:
    with op.batch_alter_table('ombudsman_matter', schema=None) as batch_op:
        batch_op.drop_column('reached')
