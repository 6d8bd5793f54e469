"""Who may what: walls, grants, broken glass, named officers, a trail that only grows."""

import sqlalchemy as sa
from alembic import op


revision = "0002_who_may_what"
down_revision = "0002_people"
branch_labels = None
depends_on = None

MOMENT = sa.DateTime(timezone=True)
KIND = sa.String(length=64)
TRAIL = ("audit_event", "audit_seal")
APPEND_ONLY = "The audit trail is only added to."


def upgrade() -> None:
    _named_persons()
    _grants()
    _glass()
    _on_matters()
    _close_the_trail()


def downgrade() -> None:
    _open_the_trail()
    with op.batch_alter_table("case") as batch:
        batch.drop_index(op.f("ix_case_officer_id"))
        batch.drop_constraint(op.f("fk_case_officer_id"), type_="foreignkey")
        batch.drop_column("officer_id")
    with op.batch_alter_table("feedback") as batch:
        batch.drop_constraint(op.f("fk_feedback_persons_settled_by_id"), type_="foreignkey")
        for column in ("persons_unsettled", "persons_settled_at", "persons_settled_by_id"):
            batch.drop_column(column)
    for table in ("glass_break", "matter_grant", "named_person"):
        op.drop_table(table)


def _on_one_matter(name: str, *columns: sa.Column, persons: dict[str, str | None]) -> None:
    op.create_table(
        name,
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("public_id", sa.String(), nullable=False),
        sa.Column("feedback_id", sa.Integer(), nullable=False),
        *columns,
        sa.ForeignKeyConstraint(
            ["feedback_id"], ["feedback.id"], name=op.f(f"fk_{name}_feedback_id"),
            ondelete="CASCADE",
        ),
        *(
            sa.ForeignKeyConstraint(
                [person], ["account.id"], name=op.f(f"fk_{name}_{person}"), ondelete=ondelete
            )
            for person, ondelete in persons.items()
        ),
        sa.PrimaryKeyConstraint("id", name=op.f(f"pk_{name}")),
        sa.UniqueConstraint("public_id", name=op.f(f"uq_{name}_public_id")),
    )  # fmt: skip


def _named_persons() -> None:
    _on_one_matter(
        "named_person",
        sa.Column("account_id", sa.Integer(), nullable=False),
        sa.Column("for_designated", sa.Boolean(), nullable=False),
        sa.Column("linked_at", MOMENT, nullable=False),
        sa.Column("linked_by_id", sa.Integer(), nullable=False),
        sa.Column("unlinked_at", MOMENT, nullable=True),
        sa.Column("unlinked_by_id", sa.Integer(), nullable=True),
        persons={"account_id": "CASCADE", "linked_by_id": None, "unlinked_by_id": None},
    )
    op.create_index(
        "ix_named_person_feedback_account", "named_person", ["feedback_id", "account_id"]
    )
    op.create_index(op.f("ix_named_person_account_id"), "named_person", ["account_id"])


def _grants() -> None:
    _on_one_matter(
        "matter_grant",
        sa.Column("account_id", sa.Integer(), nullable=False),
        sa.Column("role", KIND, nullable=False),
        sa.Column("first_day", sa.Date(), nullable=False),
        sa.Column("last_day", sa.Date(), nullable=False),
        sa.Column("granted_at", MOMENT, nullable=False),
        sa.Column("granted_by_id", sa.Integer(), nullable=False),
        sa.Column("ended_at", MOMENT, nullable=True),
        persons={"account_id": "CASCADE", "granted_by_id": None},
    )
    op.create_index(op.f("ix_matter_grant_feedback_id"), "matter_grant", ["feedback_id"])
    op.create_index(
        "ix_matter_grant_account_feedback", "matter_grant", ["account_id", "feedback_id"]
    )


def _glass() -> None:
    _on_one_matter(
        "glass_break",
        sa.Column("account_id", sa.Integer(), nullable=False),
        sa.Column("reason", sa.LargeBinary(), nullable=False),
        sa.Column("at", MOMENT, nullable=False),
        sa.Column("ends_at", MOMENT, nullable=False),
        sa.Column("seen_at", MOMENT, nullable=True),
        sa.Column("seen_by_id", sa.Integer(), nullable=True),
        persons={"account_id": "CASCADE", "seen_by_id": None},
    )
    op.create_index(op.f("ix_glass_break_feedback_id"), "glass_break", ["feedback_id"])
    op.create_index(
        "ix_glass_break_account_feedback", "glass_break", ["account_id", "feedback_id"]
    )


def _on_matters() -> None:
    with op.batch_alter_table("feedback") as batch:
        batch.add_column(
            sa.Column("persons_unsettled", sa.Boolean(), nullable=False, server_default=sa.false())
        )
        batch.add_column(sa.Column("persons_settled_at", MOMENT, nullable=True))
        batch.add_column(sa.Column("persons_settled_by_id", sa.Integer(), nullable=True))
        batch.create_foreign_key(
            op.f("fk_feedback_persons_settled_by_id"), "account", ["persons_settled_by_id"], ["id"]
        )
    with op.batch_alter_table("feedback") as batch:
        batch.alter_column(
            "persons_unsettled", existing_type=sa.Boolean(), server_default=None
        )
    # What was about somebody's conduct before there were walls is closed until an officer says who.
    op.execute(
        "UPDATE feedback SET persons_unsettled = true WHERE id IN "
        "(SELECT feedback_id FROM decision WHERE nature = 'staff_conduct')"
    )
    with op.batch_alter_table("case") as batch:
        batch.add_column(sa.Column("officer_id", sa.Integer(), nullable=True))
    op.execute('UPDATE "case" SET officer_id = opened_by_id')
    with op.batch_alter_table("case") as batch:
        batch.alter_column("officer_id", existing_type=sa.Integer(), nullable=False)
        batch.create_index(op.f("ix_case_officer_id"), ["officer_id"])
        batch.create_foreign_key(op.f("fk_case_officer_id"), "account", ["officer_id"], ["id"])


def _close_the_trail() -> None:
    if op.get_bind().dialect.name == "sqlite":
        for table in TRAIL:
            for verb in ("UPDATE", "DELETE"):
                op.execute(
                    f"CREATE TRIGGER {table}_no_{verb.lower()} BEFORE {verb} ON {table} "
                    f"BEGIN SELECT RAISE(ABORT, '{APPEND_ONLY}'); END"
                )
        return
    op.execute(
        "CREATE OR REPLACE FUNCTION refuse_audit_change() RETURNS trigger LANGUAGE plpgsql AS "
        f"$$ BEGIN RAISE EXCEPTION '{APPEND_ONLY}'; END $$"
    )
    for table in TRAIL:
        op.execute(
            f"CREATE TRIGGER {table}_append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON {table} "
            "FOR EACH STATEMENT EXECUTE FUNCTION refuse_audit_change()"
        )


def _open_the_trail() -> None:
    if op.get_bind().dialect.name == "sqlite":
        for table in TRAIL:
            for verb in ("update", "delete"):
                op.execute(f"DROP TRIGGER IF EXISTS {table}_no_{verb}")
        return
    for table in TRAIL:
        op.execute(f"DROP TRIGGER IF EXISTS {table}_append_only ON {table}")
    op.execute("DROP FUNCTION IF EXISTS refuse_audit_change()")
