"""Why an officer said that somebody is in danger now."""

import sqlalchemy as sa
from alembic import op

revision = "0034_why_danger"
down_revision = "0033_every_reference_found"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("danger_alert", sa.Column("why", sa.LargeBinary(), nullable=True))


def downgrade() -> None:
    with op.batch_alter_table("danger_alert") as table:
        table.drop_column("why")
