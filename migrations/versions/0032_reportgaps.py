"""Which numbers of a commentary are no figures; published reports are only added to."""

import sqlalchemy as sa
from alembic import op


revision = "0032_reportgaps"
down_revision = "0031_retention"
branch_labels = None
depends_on = None

PUBLISHED = ("published_report", "report_file")
APPEND_ONLY = "A published report is only added to."


def upgrade() -> None:
    with op.batch_alter_table("report_passage") as batch:
        batch.add_column(sa.Column("not_figures", sa.LargeBinary(), nullable=True))
    _close_what_is_published()


def downgrade() -> None:
    _open_what_is_published()
    with op.batch_alter_table("report_passage") as batch:
        batch.drop_column("not_figures")


def _close_what_is_published() -> None:
    if op.get_bind().dialect.name == "sqlite":
        for table in PUBLISHED:
            for verb in ("UPDATE", "DELETE"):
                op.execute(
                    f"CREATE TRIGGER {table}_no_{verb.lower()} BEFORE {verb} ON {table} "
                    f"BEGIN SELECT RAISE(ABORT, '{APPEND_ONLY}'); END"
                )
        return
    op.execute(
        "CREATE OR REPLACE FUNCTION refuse_report_change() RETURNS trigger LANGUAGE plpgsql AS "
        f"$$ BEGIN RAISE EXCEPTION '{APPEND_ONLY}'; END $$"
    )
    for table in PUBLISHED:
        op.execute(
            f"CREATE TRIGGER {table}_append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON {table} "
            "FOR EACH STATEMENT EXECUTE FUNCTION refuse_report_change()"
        )


def _open_what_is_published() -> None:
    if op.get_bind().dialect.name == "sqlite":
        for table in PUBLISHED:
            for verb in ("update", "delete"):
                op.execute(f"DROP TRIGGER IF EXISTS {table}_no_{verb}")
        return
    for table in PUBLISHED:
        op.execute(f"DROP TRIGGER IF EXISTS {table}_append_only ON {table}")
    op.execute("DROP FUNCTION IF EXISTS refuse_report_change()")
