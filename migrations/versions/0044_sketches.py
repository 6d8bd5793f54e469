"""The sketch of a story beside its words in the index, for which everything is indexed once more;
and an index of all that the search asks of feedback itself."""

import sqlalchemy as sa
from alembic import op

revision = "0044_sketches"
down_revision = "0043_hash_ahead"
branch_labels = None
depends_on = None


INDEX = "ix_feedback_in_order"
SEARCHED = [
    "id", "erased_at", "state", "risk", "channel", "door", "relationship_said", "received_on",
    "public_id",
]  # fmt: skip


def upgrade() -> None:
    op.add_column("find_entry", sa.Column("sketch", sa.LargeBinary(), nullable=True))
    op.execute("INSERT INTO find_change (feedback_id) SELECT feedback_id FROM find_entry")
    op.create_index(INDEX, "feedback", SEARCHED)


def downgrade() -> None:
    op.drop_index(INDEX, "feedback")
    # In place and not by a copy of the table: triggers keep its words where they are searched.
    op.drop_column("find_entry", "sketch")
