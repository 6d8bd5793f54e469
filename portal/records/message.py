"""What was said on a feedback or case, by the person and by us, in one thread."""

from datetime import datetime
from enum import StrEnum

from sqlalchemy import ForeignKey, Index
from sqlalchemy.orm import Mapped, mapped_column

from portal.columns import PrivateText
from portal.db import Record


class Sender(StrEnum):
    """Who said it."""

    PERSON = "person"
    ADVOCATE = "advocate"
    # Somebody whom the person gave a link for this one matter.
    SUPPORTER = "supporter"
    COUNCIL = "council"


class Message(Record):
    """One message. The person sees it at /track; a notice may go by e-mail, without its words."""

    __tablename__ = "message"
    __table_args__ = (Index("ix_message_read_at", "read_at"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    public_id: Mapped[str] = mapped_column(unique=True)
    feedback_id: Mapped[int] = mapped_column(
        ForeignKey("feedback.id", ondelete="CASCADE"), index=True
    )
    sender: Mapped[Sender]
    account_id: Mapped[int | None] = mapped_column(ForeignKey("account.id"))
    by_email: Mapped[bool] = mapped_column(default=False)
    # An out-of-office answer or a bounce: kept on the thread, changes no state and no clock.
    automatic: Mapped[bool] = mapped_column(default=False)
    body: Mapped[str] = mapped_column(PrivateText("message.body"))
    # The whole text of an e-mail of which `body` is what was written this time: officers unfold it.
    whole: Mapped[str | None] = mapped_column(PrivateText("message.whole"))
    sent_at: Mapped[datetime]
    read_at: Mapped[datetime | None]
    # When the list of alarming wordings read it: no model reads what is written later.
    words_read_at: Mapped[datetime | None] = mapped_column(index=True)
