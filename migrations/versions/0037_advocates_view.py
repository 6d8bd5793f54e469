"""Who said how it went: the person, as all did before, or an advocate, who says it once."""

import sqlalchemy as sa
from alembic import op

revision = "0037_advocates_view"
down_revision = "0036_in_english"
branch_labels = None
depends_on = None


def upgrade() -> None:
    with op.batch_alter_table("experience") as batch:
        batch.add_column(sa.Column("advocate_id", sa.Integer(), nullable=True))
        batch.create_foreign_key(
            op.f("fk_experience_advocate_id"), "account", ["advocate_id"], ["id"]
        )
        batch.create_unique_constraint(
            op.f("uq_experience_feedback_id_advocate_id"), ["feedback_id", "advocate_id"]
        )


def downgrade() -> None:
    # Without the column an advocate's answer would be told as the person's.
    op.execute("DELETE FROM experience WHERE advocate_id IS NOT NULL")
    with op.batch_alter_table("experience") as batch:
        batch.drop_constraint(op.f("uq_experience_feedback_id_advocate_id"), type_="unique")
        batch.drop_constraint(op.f("fk_experience_advocate_id"), type_="foreignkey")
        batch.drop_column("advocate_id")
