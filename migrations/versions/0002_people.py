"""People: dated roles and teams, organisations, line managers, second factor, sign-ins."""

import secrets

import sqlalchemy as sa
from alembic import op

from portal.columns import Instant, PrivateText, keyed_hash


revision = "0002_people"
down_revision = "0001"
branch_labels = None
depends_on = None

MOMENT = sa.DateTime(timezone=True)
KIND = sa.String(length=64)


def upgrade() -> None:
    _organisations()
    _people()
    _dated("role_grant", sa.Column("role", KIND, nullable=False))
    _dated("team_membership", sa.Column("team", KIND, nullable=False))
    _carry_over()
    with op.batch_alter_table("account") as batch:
        batch.drop_column("role")
        batch.drop_column("organisation")
        batch.drop_column("session_number")
    _sign_ins()
    _recovery_codes()
    _password_resets()


def downgrade() -> None:
    with op.batch_alter_table("account") as batch:
        # What somebody was before roles had days: an officer, unless they were outside.
        batch.add_column(sa.Column("role", KIND, nullable=False, server_default="officer"))
        batch.add_column(sa.Column("organisation", sa.LargeBinary(), nullable=True))
        batch.add_column(
            sa.Column("session_number", sa.Integer(), nullable=False, server_default="1")
        )
    _carry_back()
    for table in (
        "password_reset_request", "recovery_code", "sign_in", "team_membership", "role_grant",
    ):  # fmt: skip
        op.drop_table(table)
    with op.batch_alter_table("account") as batch:
        batch.alter_column("role", existing_type=KIND, server_default=None)
        batch.alter_column("session_number", existing_type=sa.Integer(), server_default=None)
        batch.drop_constraint(op.f("fk_account_reports_to_id"), type_="foreignkey")
        batch.drop_constraint(op.f("fk_account_organisation_id"), type_="foreignkey")
        batch.drop_index(op.f("ix_account_reports_to_id"))
        batch.drop_index(op.f("ix_account_organisation_id"))
        batch.drop_constraint(op.f("uq_account_reset_key"), type_="unique")
        for column in (
            "job_title", "organisation_id", "reports_to_id", "left_on", "reset_key",
            "reset_ends_at", "totp_secret", "totp_confirmed_at", "totp_last_step",
        ):  # fmt: skip
            batch.drop_column(column)
    op.drop_table("organisation")


def _organisations() -> None:
    op.create_table(
        "organisation",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("public_id", sa.String(), nullable=False),
        sa.Column("name", sa.LargeBinary(), nullable=False),
        sa.Column("name_key", sa.String(), nullable=False),
        sa.Column("active", sa.Boolean(), nullable=False),
        sa.Column("created_at", MOMENT, nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_organisation")),
        sa.UniqueConstraint("name_key", name=op.f("uq_organisation_name_key")),
        sa.UniqueConstraint("public_id", name=op.f("uq_organisation_public_id")),
    )


def _people() -> None:
    with op.batch_alter_table("account") as batch:
        batch.add_column(sa.Column("job_title", sa.LargeBinary(), nullable=True))
        batch.add_column(sa.Column("organisation_id", sa.Integer(), nullable=True))
        batch.add_column(sa.Column("reports_to_id", sa.Integer(), nullable=True))
        batch.add_column(sa.Column("left_on", sa.Date(), nullable=True))
        batch.add_column(sa.Column("reset_key", sa.String(), nullable=True))
        batch.add_column(sa.Column("reset_ends_at", MOMENT, nullable=True))
        batch.add_column(sa.Column("totp_secret", sa.LargeBinary(), nullable=True))
        batch.add_column(sa.Column("totp_confirmed_at", MOMENT, nullable=True))
        batch.add_column(sa.Column("totp_last_step", sa.Integer(), nullable=True))
        batch.create_unique_constraint(op.f("uq_account_reset_key"), ["reset_key"])
        batch.create_index(op.f("ix_account_organisation_id"), ["organisation_id"])
        batch.create_index(op.f("ix_account_reports_to_id"), ["reports_to_id"])
        batch.create_foreign_key(
            op.f("fk_account_organisation_id"), "organisation", ["organisation_id"], ["id"],
            ondelete="RESTRICT",
        )  # fmt: skip
        batch.create_foreign_key(
            op.f("fk_account_reports_to_id"), "account", ["reports_to_id"], ["id"],
            ondelete="SET NULL",
        )  # fmt: skip


def _dated(name: str, column: sa.Column) -> None:
    op.create_table(
        name,
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("public_id", sa.String(), nullable=False),
        sa.Column("account_id", sa.Integer(), nullable=False),
        column,
        sa.Column("first_day", sa.Date(), nullable=False),
        sa.Column("last_day", sa.Date(), nullable=True),
        sa.Column("granted_at", MOMENT, nullable=False),
        sa.Column("granted_by_id", sa.Integer(), nullable=True),
        sa.ForeignKeyConstraint(
            ["account_id"], ["account.id"], name=op.f(f"fk_{name}_account_id"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(
            ["granted_by_id"], ["account.id"], name=op.f(f"fk_{name}_granted_by_id"),
            ondelete="SET NULL",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f(f"pk_{name}")),
        sa.UniqueConstraint("public_id", name=op.f(f"uq_{name}_public_id")),
    )  # fmt: skip
    op.create_index(op.f(f"ix_{name}_account_id"), name, ["account_id"])


def _sign_ins() -> None:
    op.create_table(
        "sign_in",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("public_id", sa.String(), nullable=False),
        sa.Column("token_key", sa.String(), nullable=False),
        sa.Column("account_id", sa.Integer(), nullable=False),
        sa.Column("device", sa.LargeBinary(), nullable=False),
        sa.Column("began_at", MOMENT, nullable=False),
        sa.Column("seen_at", MOMENT, nullable=False),
        sa.Column("confirmed_at", MOMENT, nullable=False),
        sa.Column("ended_at", MOMENT, nullable=True),
        sa.ForeignKeyConstraint(
            ["account_id"], ["account.id"], name=op.f("fk_sign_in_account_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_sign_in")),
        sa.UniqueConstraint("public_id", name=op.f("uq_sign_in_public_id")),
        sa.UniqueConstraint("token_key", name=op.f("uq_sign_in_token_key")),
    )
    op.create_index(op.f("ix_sign_in_account_id"), "sign_in", ["account_id"])


def _recovery_codes() -> None:
    op.create_table(
        "recovery_code",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("account_id", sa.Integer(), nullable=False),
        sa.Column("code_key", sa.String(), nullable=False),
        sa.Column("used_at", MOMENT, nullable=True),
        sa.ForeignKeyConstraint(
            ["account_id"], ["account.id"], name=op.f("fk_recovery_code_account_id"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_recovery_code")),
        sa.UniqueConstraint("code_key", name=op.f("uq_recovery_code_code_key")),
    )  # fmt: skip
    op.create_index(op.f("ix_recovery_code_account_id"), "recovery_code", ["account_id"])


def _password_resets() -> None:
    op.create_table(
        "password_reset_request",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("email", sa.LargeBinary(), nullable=False),
        sa.Column("email_key", sa.String(), nullable=False),
        sa.Column("asked_at", MOMENT, nullable=False),
        sa.Column("handled_at", MOMENT, nullable=True),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_password_reset_request")),
    )
    for column in ("email_key", "handled_at"):
        op.create_index(
            op.f(f"ix_password_reset_request_{column}"), "password_reset_request", [column]
        )


def _tables() -> tuple[sa.Table, sa.Table, sa.Table]:
    def private(place: str) -> PrivateText:
        return PrivateText(place)

    accounts = sa.table(
        "account",
        sa.column("id", sa.Integer()),
        sa.column("role", KIND),
        sa.column("organisation", private("account.organisation")),
        sa.column("organisation_id", sa.Integer()),
        sa.column("created_at", Instant()),
    )
    organisations = sa.table(
        "organisation",
        sa.column("id", sa.Integer()),
        sa.column("public_id", sa.String()),
        sa.column("name", private("organisation.name")),
        sa.column("name_key", sa.String()),
        sa.column("active", sa.Boolean()),
        sa.column("created_at", Instant()),
        sa.column("version", sa.Integer()),
    )
    grants = sa.table(
        "role_grant",
        sa.column("public_id", sa.String()),
        sa.column("account_id", sa.Integer()),
        sa.column("role", KIND),
        sa.column("first_day", sa.Date()),
        sa.column("granted_at", Instant()),
    )
    return accounts, organisations, grants


def _carry_over() -> None:
    """Each account's role becomes a grant from the day it was made; its organisation a row."""
    accounts, organisations, grants = _tables()
    connection = op.get_bind()
    known: dict[str, int] = {}
    for row in connection.execute(sa.select(accounts).order_by(accounts.c.id)).all():
        connection.execute(
            sa.insert(grants).values(
                public_id=secrets.token_urlsafe(12),
                account_id=row.id,
                role=row.role,
                first_day=row.created_at.date(),
                granted_at=row.created_at,
            )
        )
        if row.role != "advocate":
            continue
        name = row.organisation or "No organisation given"
        key = keyed_hash(" ".join(name.casefold().split()), "name")
        if key not in known:
            public_id = secrets.token_urlsafe(12)
            connection.execute(
                sa.insert(organisations).values(
                    public_id=public_id, name=name, name_key=key, active=True,
                    created_at=row.created_at, version=1,
                )
            )  # fmt: skip
            made = sa.select(organisations.c.id).where(organisations.c.public_id == public_id)
            known[key] = connection.execute(made).scalar_one()
        moved = sa.update(accounts).where(accounts.c.id == row.id)
        connection.execute(moved.values(organisation_id=known[key]))


def _carry_back() -> None:
    accounts, organisations, _ = _tables()
    connection = op.get_bind()
    rows = connection.execute(
        sa.select(accounts.c.id, organisations.c.name).join(
            organisations, organisations.c.id == accounts.c.organisation_id
        )
    ).all()
    for row in rows:
        back = sa.update(accounts).where(accounts.c.id == row.id)
        connection.execute(back.values(role="advocate", organisation=row.name))
