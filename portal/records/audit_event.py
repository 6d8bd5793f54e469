"""Who did or looked at what, and when: ids, codes and field names, never case words."""

from datetime import datetime

from sqlalchemy import DDL, Index, event
from sqlalchemy.orm import Mapped, mapped_column

from portal.db import Record


class AuditEvent(Record):
    """One act. Appended, never changed."""

    __tablename__ = "audit_event"
    __table_args__ = (Index("ix_audit_event_about", "about_kind", "about_id"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    at: Mapped[datetime]
    act: Mapped[str]
    actor_kind: Mapped[str]
    # Keys without foreign keys: erasing a record must not break or change the trail.
    actor_id: Mapped[int | None]
    about_kind: Mapped[str | None]
    about_id: Mapped[int | None]
    fields: Mapped[list[str]]


class AuditSeal(Record):
    """A hash over a run of audit rows and over the seal before it."""

    __tablename__ = "audit_seal"

    id: Mapped[int] = mapped_column(primary_key=True)
    first_id: Mapped[int]
    last_id: Mapped[int] = mapped_column(unique=True)
    rows: Mapped[int]
    hash: Mapped[str]
    sealed_at: Mapped[datetime]


# The trail is appended to and never changed: the database itself refuses. Whoever restores or
# repairs one must drop these first, and the seals will still show it.
APPEND_ONLY = "The audit trail is only added to."
_TABLES = ("audit_event", "audit_seal")


def append_only(dialect: str) -> list[str]:
    """The statements that make the trail's tables refuse changes, for a kind of database.

    Args:
        dialect: `sqlite` or `postgresql`.
    """
    if dialect == "sqlite":
        return [
            f"CREATE TRIGGER {table}_no_{verb.lower()} BEFORE {verb} ON {table} "
            f"BEGIN SELECT RAISE(ABORT, '{APPEND_ONLY}'); END"
            for table in _TABLES
            for verb in ("UPDATE", "DELETE")
        ]
    return [
        "CREATE OR REPLACE FUNCTION refuse_audit_change() RETURNS trigger LANGUAGE plpgsql AS "
        f"$$ BEGIN RAISE EXCEPTION '{APPEND_ONLY}'; END $$",
        *(
            f"CREATE TRIGGER {table}_append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON {table} "
            "FOR EACH STATEMENT EXECUTE FUNCTION refuse_audit_change()"
            for table in _TABLES
        ),
    ]


def _when_made(dialect: str) -> None:
    for statement in append_only(dialect):
        ddl = DDL(statement).execute_if(dialect=dialect)  # type: ignore[no-untyped-call]
        event.listen(AuditSeal.__table__, "after_create", ddl)


# Tables made without migrations (tests, a first look) refuse as well.
_when_made("sqlite")
_when_made("postgresql")
