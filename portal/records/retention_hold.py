"""What keeps a matter past its time: a hold that an officer put on it, with a reason."""

from datetime import date, datetime

from sqlalchemy import ForeignKey, Index
from sqlalchemy.orm import Mapped, mapped_column

from portal.columns import PrivateText
from portal.db import Record


class RetentionHold(Record):
    """One hold. It stands until an officer lifts it; on the review day it is looked at again."""

    __tablename__ = "retention_hold"
    __table_args__ = (Index("ix_retention_hold_lifted_at_review_on", "lifted_at", "review_on"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    public_id: Mapped[str] = mapped_column(unique=True)
    feedback_id: Mapped[int] = mapped_column(
        ForeignKey("feedback.id", ondelete="CASCADE"), index=True
    )
    reason: Mapped[str] = mapped_column(PrivateText("retention_hold.reason"))
    review_on: Mapped[date]
    put_at: Mapped[datetime]
    put_by_id: Mapped[int] = mapped_column(ForeignKey("account.id"))
    lifted_at: Mapped[datetime | None]
    lifted_by_id: Mapped[int | None] = mapped_column(ForeignKey("account.id"))
