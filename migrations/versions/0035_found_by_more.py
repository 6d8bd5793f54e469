"""What the search is narrowed by since then, each with an index: nature, outcome and reason of a
decision, reason of an agreed no, the closing of a case, and who has an advocate."""

from alembic import op

revision = "0035_found_by_more"
down_revision = "0034_why_danger"
branch_labels = None
depends_on = None

INDEXES = (
    ("decision", "nature"),
    ("decision", "outcome"),
    ("decision", "reason"),
    ("refusal_proposal", "reason"),
    ("case", "closed_at"),
    ("advocacy", "ended_at"),
)


def upgrade() -> None:
    for table, column in INDEXES:
        op.create_index(f"ix_{table}_{column}", table, [column, "feedback_id"])


def downgrade() -> None:
    for table, column in INDEXES:
        op.drop_index(f"ix_{table}_{column}", table)
