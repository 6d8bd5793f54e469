"""In which language somebody told us, and in which a letter was written."""

import sqlalchemy as sa
from alembic import op

revision = "0039_language"
down_revision = "0038_changes_and_conflicts"
branch_labels = None
depends_on = None


def upgrade() -> None:
    for table in ("feedback", "outbox_letter"):
        with op.batch_alter_table(table) as batch:
            batch.add_column(sa.Column("language", sa.String(), nullable=True))


def downgrade() -> None:
    for table in ("outbox_letter", "feedback"):
        with op.batch_alter_table(table) as batch:
            batch.drop_column("language")
