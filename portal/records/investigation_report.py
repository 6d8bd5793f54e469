"""The report of an investigation, as a file."""

from datetime import datetime

from sqlalchemy import ForeignKey
from sqlalchemy.orm import Mapped, deferred, mapped_column

from portal.columns import PrivateBytes, PrivateText
from portal.db import Record


class InvestigationReport(Record):
    """One report of one stage, whole. It is no attachment: the person reads it with the council's
    own decision and not before."""

    __tablename__ = "investigation_report"

    id: Mapped[int] = mapped_column(primary_key=True)
    public_id: Mapped[str] = mapped_column(unique=True)
    stage_id: Mapped[int] = mapped_column(
        ForeignKey("case_stage.id", ondelete="CASCADE"), index=True
    )
    filename: Mapped[str] = mapped_column(PrivateText("investigation_report.filename"))
    content_type: Mapped[str]
    size: Mapped[int]
    # Never loaded with its row.
    content: Mapped[bytes] = deferred(mapped_column(PrivateBytes("investigation_report.content")))
    kept_at: Mapped[datetime]
    kept_by_id: Mapped[int] = mapped_column(ForeignKey("account.id"))
