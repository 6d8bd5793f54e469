"""Whom a young person wants us to talk to, the adult they trust, and how old they say they are."""

import sqlalchemy as sa
from alembic import op

revision = "0040_whom_to_talk_to"
down_revision = "0039_language"
branch_labels = None
depends_on = None

COLUMNS = ("talk_to", "trusted_adult", "age_said")


def upgrade() -> None:
    for column in COLUMNS:
        op.add_column("feedback", sa.Column(column, sa.LargeBinary(), nullable=True))


def downgrade() -> None:
    with op.batch_alter_table("feedback") as table:
        for column in reversed(COLUMNS):
            table.drop_column(column)
