"""How many years what is kept, as it is set on a page, with every version."""

import sqlalchemy as sa
from alembic import op

revision = "0041_retention_years"
down_revision = "0040_whom_to_talk_to"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "retention_years",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("public_id", sa.String(), nullable=False),
        sa.Column("years", sa.JSON(), nullable=False),
        sa.Column("review_months", sa.Integer(), nullable=False),
        sa.Column("in_force_from", sa.Date(), nullable=False),
        sa.Column("reason", sa.LargeBinary(), nullable=False),
        sa.Column("made_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("made_by_id", sa.Integer(), nullable=False),
        sa.Column("taken_back_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("taken_back_by_id", sa.Integer(), nullable=True),
        sa.ForeignKeyConstraint(
            ["made_by_id"], ["account.id"], name="fk_retention_years_made_by_id"
        ),
        sa.ForeignKeyConstraint(
            ["taken_back_by_id"], ["account.id"], name="fk_retention_years_taken_back_by_id"
        ),
        sa.PrimaryKeyConstraint("id", name="pk_retention_years"),
        sa.UniqueConstraint("public_id", name="uq_retention_years_public_id"),
    )
    op.create_index("ix_retention_years_in_force_from", "retention_years", ["in_force_from"])


def downgrade() -> None:
    op.drop_table("retention_years")
