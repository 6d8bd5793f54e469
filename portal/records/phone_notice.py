"""Word to a person by text or by telephone that there is news: never what the news is."""

from datetime import datetime
from enum import StrEnum

from sqlalchemy import ForeignKey, Index
from sqlalchemy.orm import Mapped, mapped_column

from portal.columns import PrivateText
from portal.db import Record


class NoticeWay(StrEnum):
    """How the person wants to hear that there is news."""

    TEXT = "text"
    CALL = "call"


class NoticeState(StrEnum):
    """`sending` is committed before the gateway is asked, so that a crash leaves a trace. `by_hand`
    is an officer's task until somebody has told the person."""

    WAITING = "waiting"
    SENDING = "sending"
    SENT = "sent"
    DELIVERED = "delivered"
    BY_HAND = "by_hand"
    DONE = "done"
    # The person closed this way of reaching them before it was used.
    DROPPED = "dropped"


class PhoneNotice(Record):
    """One notice of one letter, and never a second: `letter_id` is unique."""

    __tablename__ = "phone_notice"
    __table_args__ = (Index("ix_phone_notice_state_next_try_at", "state", "next_try_at"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    public_id: Mapped[str] = mapped_column(unique=True)
    feedback_id: Mapped[int] = mapped_column(
        ForeignKey("feedback.id", ondelete="CASCADE"), index=True
    )
    letter_id: Mapped[int] = mapped_column(
        ForeignKey("outbox_letter.id", ondelete="CASCADE"), unique=True
    )
    way: Mapped[NoticeWay]
    state: Mapped[NoticeState]
    to_number: Mapped[str] = mapped_column(PrivateText("phone_notice.to_number"))
    made_at: Mapped[datetime]
    # For a text that waits: when it is tried. For one that was sent: when its fate is asked.
    next_try_at: Mapped[datetime]
    tries: Mapped[int] = mapped_column(default=0)
    # What the gateway calls it.
    gateway_id: Mapped[str | None]
    sent_at: Mapped[datetime | None]
    error: Mapped[str | None]
    done_at: Mapped[datetime | None]
    done_by_id: Mapped[int | None] = mapped_column(ForeignKey("account.id"))
