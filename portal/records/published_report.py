"""The annual report as it was published: a stored extract, and supplements that correct it."""

from datetime import date, datetime
from typing import Any

from sqlalchemy import DDL, ForeignKey, UniqueConstraint, event
from sqlalchemy.orm import Mapped, mapped_column

from portal.db import Record


class PublishedReport(Record):
    """One year's report, or a dated supplement to it. Rows are added and never changed: what was
    published stays readable whatever happens to the register."""

    __tablename__ = "published_report"
    __table_args__ = (UniqueConstraint("year", "number"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    public_id: Mapped[str] = mapped_column(unique=True)
    year: Mapped[str]
    # 0 is the report; supplements count from 1.
    number: Mapped[int]
    as_at: Mapped[date]
    # Every figure and every sentence, as the public reads them.
    extract: Mapped[dict[str, Any]]
    # The keys of the cases behind each figure, for those who may open them. Never published.
    behind: Mapped[dict[str, Any]]
    # Of the extract, so that a change of the row would be seen.
    sha256: Mapped[str]
    # Why there is a supplement, and what it changes; both are published.
    reason: Mapped[str | None]
    differences: Mapped[list[str]]
    published_at: Mapped[datetime]
    published_by_id: Mapped[int] = mapped_column(ForeignKey("account.id"))


class ReportFile(Record):
    """One form of a published report, byte for byte as the public gets it: setting a PDF anew for
    each reader would be slow, and could one day look different. Its page is one of the forms."""

    __tablename__ = "report_file"
    __table_args__ = (UniqueConstraint("report_id", "form"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    report_id: Mapped[int] = mapped_column(ForeignKey("published_report.id"))
    form: Mapped[str]
    content: Mapped[bytes]
    sha256: Mapped[str]


# Rows are added and never changed: the database itself refuses. Whoever repairs one must drop these
# first, and `flask check` still compares each row with its hash.
APPEND_ONLY = "A published report is only added to."
_TABLES = (PublishedReport.__tablename__, ReportFile.__tablename__)


def append_only(dialect: str) -> list[str]:
    """The statements that make the tables of published reports refuse changes.

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
        "CREATE OR REPLACE FUNCTION refuse_report_change() RETURNS trigger LANGUAGE plpgsql AS "
        f"$$ BEGIN RAISE EXCEPTION '{APPEND_ONLY}'; END $$",
        *(
            f"CREATE TRIGGER {table}_append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON {table} "
            "FOR EACH STATEMENT EXECUTE FUNCTION refuse_report_change()"
            for table in _TABLES
        ),
    ]


def _when_made(dialect: str) -> None:
    for statement in append_only(dialect):
        ddl = DDL(statement).execute_if(dialect=dialect)  # type: ignore[no-untyped-call]
        event.listen(ReportFile.__table__, "after_create", ddl)


# Tables made without migrations (tests, a first look) refuse as well.
_when_made("sqlite")
_when_made("postgresql")
