"""That a danger is over, and who said so; that a conflict of interest waits for the office."""

import sqlalchemy as sa
from alembic import op

revision = "0042_danger_over"
down_revision = "0041_retention_years"
branch_labels = None
depends_on = None


def upgrade() -> None:
    with op.batch_alter_table("danger_alert") as table:
        table.add_column(sa.Column("over_at", sa.DateTime(timezone=True), nullable=True))
        table.add_column(sa.Column("over_by_id", sa.Integer(), nullable=True))
        table.add_column(sa.Column("over_why", sa.LargeBinary(), nullable=True))
        table.add_column(sa.Column("over_left", sa.String(64), nullable=True))
        table.create_foreign_key("fk_danger_alert_over_by_id", "account", ["over_by_id"], ["id"])
    op.add_column("case", sa.Column("conflict_at", sa.DateTime(timezone=True), nullable=True))


def downgrade() -> None:
    with op.batch_alter_table("case") as table:
        table.drop_column("conflict_at")
    with op.batch_alter_table("danger_alert") as table:
        table.drop_constraint("fk_danger_alert_over_by_id", type_="foreignkey")
        table.drop_column("over_left")
        table.drop_column("over_why")
        table.drop_column("over_by_id")
        table.drop_column("over_at")
