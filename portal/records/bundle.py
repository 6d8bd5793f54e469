"""A bundle: chosen papers of a case as one PDF, for an investigator, a panel or the Ombudsman."""

from datetime import date, datetime
from enum import StrEnum

from sqlalchemy import ForeignKey, Index
from sqlalchemy.orm import Mapped, deferred, mapped_column

from portal.columns import PrivateBytes, PrivateText
from portal.db import Record
from portal.records.case_paper import PaperKind


class BundleFor(StrEnum):
    """Whom it is for."""

    INVESTIGATOR = "investigator"
    PANEL = "panel"
    OMBUDSMAN = "ombudsman"


class BundleState(StrEnum):
    """Files are read; names are looked for; an officer checks; it is made; it is there, or cannot
    be made."""

    READING = "reading"
    REDACTING = "redacting"
    CHECKING = "checking"
    MAKING = "making"
    MADE = "made"
    FAILED = "failed"


class Bundle(Record):
    """One bundle. What was made once is never made otherwise: a change is another bundle."""

    __tablename__ = "bundle"
    __table_args__ = (Index("ix_bundle_state", "state"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    public_id: Mapped[str] = mapped_column(unique=True)
    case_id: Mapped[int] = mapped_column(ForeignKey("case.id", ondelete="CASCADE"), index=True)
    for_whom: Mapped[BundleFor]
    state: Mapped[BundleState] = mapped_column(default=BundleState.REDACTING)
    asked_at: Mapped[datetime]
    asked_by_id: Mapped[int] = mapped_column(ForeignKey("account.id"))
    checked_at: Mapped[datetime | None]
    checked_by_id: Mapped[int | None] = mapped_column(ForeignKey("account.id"))
    made_at: Mapped[datetime | None]
    pages: Mapped[int | None]
    # Why it could not be made, by code.
    fault: Mapped[str | None]
    # Never loaded with its row.
    content: Mapped[bytes | None] = deferred(mapped_column(PrivateBytes("bundle.content")))
    version: Mapped[int] = mapped_column(default=1)

    __mapper_args__ = {"version_id_col": version}


class BundlePaper(Record):
    """One paper of a bundle, in its place. `text` is the redacted copy: it lacks what was taken
    out, and nothing of the paper's own words is kept beside it. Of a file that goes in page by page
    it is None."""

    __tablename__ = "bundle_paper"

    id: Mapped[int] = mapped_column(primary_key=True)
    bundle_id: Mapped[int] = mapped_column(ForeignKey("bundle.id", ondelete="CASCADE"), index=True)
    kind: Mapped[PaperKind]
    item_id: Mapped[int]
    on: Mapped[date]
    text: Mapped[str | None] = mapped_column(PrivateText("bundle_paper.text"))
