"""What changed fields held before; what somebody appointed says of a conflict of interest."""

import sqlalchemy as sa
from alembic import op

revision = "0038_changes_and_conflicts"
down_revision = "0037_advocates_view"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "field_change",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("feedback_id", sa.Integer(), nullable=True),
        sa.Column("subject_id", sa.Integer(), nullable=True),
        sa.Column("field", sa.String(), nullable=False),
        sa.Column("before", sa.LargeBinary(), nullable=True),
        sa.Column("after", sa.LargeBinary(), nullable=True),
        sa.Column("changed_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("account_id", sa.Integer(), nullable=True),
        sa.ForeignKeyConstraint(
            ["feedback_id"], ["feedback.id"], name="fk_field_change_feedback_id", ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(
            ["subject_id"], ["account.id"], name="fk_field_change_subject_id"
        ),
        sa.ForeignKeyConstraint(
            ["account_id"], ["account.id"], name="fk_field_change_account_id"
        ),
        sa.PrimaryKeyConstraint("id", name="pk_field_change"),
    )
    op.create_index("ix_field_change_feedback_id", "field_change", ["feedback_id"])
    op.create_index("ix_field_change_subject_id", "field_change", ["subject_id"])
    with op.batch_alter_table("appointment") as batch:
        batch.add_column(sa.Column("said_at", sa.DateTime(timezone=True), nullable=True))
        batch.add_column(sa.Column("conflict", sa.LargeBinary(), nullable=True))


def downgrade() -> None:
    with op.batch_alter_table("appointment") as batch:
        batch.drop_column("conflict")
        batch.drop_column("said_at")
    op.drop_table("field_change")
