"""learning: what was in view at a decision, comparisons, fingerprints, similar cases."""

import sqlalchemy as sa
from alembic import op


revision = "0005_learning"
down_revision = "0004_procedure"
branch_labels = None
depends_on = None

KIND = sa.String(length=64)
ALWAYS = ("category", "area", "team", "procedure", "relationship", "risk")


def upgrade() -> None:
    with op.batch_alter_table("decision") as batch:
        batch.add_column(sa.Column("sight", KIND, nullable=False, server_default="none"))
    with op.batch_alter_table("decision") as batch:
        batch.alter_column("sight", existing_type=KIND, server_default=None)
    op.execute("UPDATE decision SET sight = 'shown' WHERE suggestion_id IS NOT NULL")
    _make_comparison()
    _make_similar()


def _make_comparison() -> None:
    columns = [
        sa.Column("feedback_id", sa.Integer(), nullable=False),
        sa.Column("month", sa.Date(), nullable=False),
        sa.Column("sight", KIND, nullable=False),
        sa.Column("model", sa.String(), nullable=False),
        sa.Column("channel", KIND, nullable=False),
        sa.Column("team_among_three", sa.Boolean(), nullable=False),
    ]
    for question in (*ALWAYS, "nature"):
        empty = question == "nature"
        columns += [
            sa.Column(question, KIND, nullable=empty),
            sa.Column(f"{question}_suggested", KIND, nullable=empty),
            sa.Column(f"{question}_confidence", sa.Double(), nullable=empty),
        ]
    op.create_table(
        "comparison",
        *columns,
        _goes_with_feedback("comparison", "feedback_id"),
        sa.PrimaryKeyConstraint("feedback_id", name=op.f("pk_comparison")),
    )


def _make_similar() -> None:
    op.create_table(
        "fingerprint",
        sa.Column("feedback_id", sa.Integer(), nullable=False),
        sa.Column("encoder", sa.String(), nullable=False),
        sa.Column("scores", sa.LargeBinary(), nullable=False),
        _goes_with_feedback("fingerprint", "feedback_id"),
        sa.PrimaryKeyConstraint("feedback_id", name=op.f("pk_fingerprint")),
    )
    op.create_table(
        "similar_case",
        sa.Column("feedback_id", sa.Integer(), nullable=False),
        sa.Column("other_id", sa.Integer(), nullable=False),
        sa.Column("likeness", sa.Double(), nullable=False),
        _goes_with_feedback("similar_case", "feedback_id"),
        _goes_with_feedback("similar_case", "other_id"),
        sa.PrimaryKeyConstraint("feedback_id", "other_id", name=op.f("pk_similar_case")),
    )
    op.create_index(op.f("ix_similar_case_other_id"), "similar_case", ["other_id"])


def _goes_with_feedback(table: str, column: str) -> sa.ForeignKeyConstraint:
    return sa.ForeignKeyConstraint(
        [column], ["feedback.id"], name=op.f(f"fk_{table}_{column}"), ondelete="CASCADE"
    )


def downgrade() -> None:
    op.drop_table("similar_case")
    op.drop_table("fingerprint")
    op.drop_table("comparison")
    with op.batch_alter_table("decision") as batch:
        batch.drop_column("sight")
