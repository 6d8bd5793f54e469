"""A guess that new feedback belongs with something that we have; an officer says yes or no."""

from datetime import datetime
from enum import StrEnum

from sqlalchemy import ForeignKey, Index, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from portal.db import Record


class LinkGround(StrEnum):
    """What makes us think so, the surest first."""

    REPLY_ADDRESS = "reply_address"
    OUR_LETTER = "our_letter"
    SAME_THREAD = "same_thread"
    SUBJECT_REFERENCE = "subject_reference"


class LinkState(StrEnum):
    """`open` until an officer has said yes or no."""

    OPEN = "open"
    CONFIRMED = "confirmed"
    DISMISSED = "dismissed"


class SuggestedLink(Record):
    """New feedback, and the older one that it seems to answer. It shows nothing to anybody but
    officers, and moves no words."""

    __tablename__ = "suggested_link"
    __table_args__ = (
        UniqueConstraint("feedback_id", "other_id"),
        Index("ix_suggested_link_state", "state"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    public_id: Mapped[str] = mapped_column(unique=True)
    feedback_id: Mapped[int] = mapped_column(ForeignKey("feedback.id", ondelete="CASCADE"))
    other_id: Mapped[int] = mapped_column(ForeignKey("feedback.id", ondelete="CASCADE"), index=True)
    ground: Mapped[LinkGround]
    state: Mapped[LinkState] = mapped_column(default=LinkState.OPEN)
    made_at: Mapped[datetime]
    settled_at: Mapped[datetime | None]
    settled_by_id: Mapped[int | None] = mapped_column(ForeignKey("account.id"))
