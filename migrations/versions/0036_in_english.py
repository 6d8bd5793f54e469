"""What a text that is not in English says, in an officer's words; the search reads it."""

import sqlalchemy as sa
from alembic import op

revision = "0036_in_english"
down_revision = "0035_found_by_more"
branch_labels = None
depends_on = None

NOTED = "INSERT INTO find_change (feedback_id) VALUES ({row}.feedback_id);"


def upgrade() -> None:
    op.create_table(
        "rendering",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("feedback_id", sa.Integer(), nullable=False),
        sa.Column("message_id", sa.Integer(), nullable=True),
        sa.Column("noticed_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("words", sa.LargeBinary(), nullable=True),
        sa.Column("written_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("written_by_id", sa.Integer(), nullable=True),
        sa.ForeignKeyConstraint(
            ["feedback_id"], ["feedback.id"], name="fk_rendering_feedback_id", ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(
            ["message_id"], ["message.id"], name="fk_rendering_message_id", ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(
            ["written_by_id"], ["account.id"], name="fk_rendering_written_by_id"
        ),
        sa.PrimaryKeyConstraint("id", name="pk_rendering"),
    )
    op.create_index("ix_rendering_feedback_id", "rendering", ["feedback_id"])
    op.create_index("ix_rendering_message_id", "rendering", ["message_id"])
    # On SQLite the triggers are put on after the last migration, those of all tables.
    if op.get_bind().dialect.name == "postgresql":
        _tell_the_search()


def downgrade() -> None:
    op.drop_table("rendering")
    if op.get_bind().dialect.name == "postgresql":
        op.execute("DROP FUNCTION IF EXISTS rendering_found()")


def _tell_the_search() -> None:
    op.execute(
        "CREATE FUNCTION rendering_found() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN "
        f"IF TG_OP <> 'INSERT' THEN {NOTED.format(row='OLD')} END IF; "
        f"IF TG_OP <> 'DELETE' THEN {NOTED.format(row='NEW')} END IF; "
        "RETURN NULL; END $$"
    )
    op.execute(
        "CREATE TRIGGER rendering_found AFTER INSERT OR DELETE OR UPDATE OF words ON rendering "
        "FOR EACH ROW EXECUTE FUNCTION rendering_found()"
    )
