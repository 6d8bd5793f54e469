"""Whether the child or young person agrees to somebody complaining for them, each time it was
asked or settled. The latest row counts; the earlier ones stay."""

from datetime import date, datetime

from sqlalchemy import ForeignKey
from sqlalchemy.orm import Mapped, mapped_column

from portal.columns import PrivateText
from portal.db import Record
from portal.procedures.matter import Consent


class ConsentRecord(Record):
    """One answer, with its evidence: a note, a file, or both."""

    __tablename__ = "consent"

    id: Mapped[int] = mapped_column(primary_key=True)
    feedback_id: Mapped[int] = mapped_column(
        ForeignKey("feedback.id", ondelete="CASCADE"), index=True
    )
    state: Mapped[Consent]
    on_day: Mapped[date]
    # What was agreed and how we know, or why it is not needed or cannot be given.
    words: Mapped[str] = mapped_column(PrivateText("consent.words"))
    # For consent that nobody could give: who decided, and when it is looked at again.
    decided_by: Mapped[str | None] = mapped_column(PrivateText("consent.decided_by"))
    review_on: Mapped[date | None]
    attachment_id: Mapped[int | None] = mapped_column(
        ForeignKey("attachment.id", ondelete="SET NULL"), index=True
    )
    recorded_at: Mapped[datetime]
    recorded_by_id: Mapped[int] = mapped_column(ForeignKey("account.id"))
