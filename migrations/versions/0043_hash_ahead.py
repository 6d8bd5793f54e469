"""The hash of a draft's secret words, made when the draft begins."""

import sqlalchemy as sa
from alembic import op

revision = "0043_hash_ahead"
down_revision = "0042_danger_over"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("draft", sa.Column("hash_ahead", sa.String(), nullable=True))


def downgrade() -> None:
    with op.batch_alter_table("draft") as table:
        table.drop_column("hash_ahead")
