"""The annual report as it was published: a stored extract, and supplements that correct it."""

from datetime import date, datetime
from typing import Any

from sqlalchemy import ForeignKey, UniqueConstraint
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
