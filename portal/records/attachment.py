"""Files that came with a draft, a feedback or a message; their bytes are in the file store."""

from datetime import datetime
from enum import StrEnum

from sqlalchemy import ForeignKey
from sqlalchemy.orm import Mapped, mapped_column

from portal.columns import PrivateText
from portal.db import Record


class AttachmentState(StrEnum):
    """Whether an officer may open it. Without a scanner a file is `unscanned`, never `clean`."""

    UNSCANNED = "unscanned"
    CLEAN = "clean"
    INFECTED = "infected"
    REFUSED = "refused"


class Attachment(Record):
    """One file: what it was called, what it really is, and under which random name it lies."""

    __tablename__ = "attachment"

    id: Mapped[int] = mapped_column(primary_key=True)
    public_id: Mapped[str] = mapped_column(unique=True)
    draft_id: Mapped[int | None] = mapped_column(
        ForeignKey("draft.id", ondelete="CASCADE"), index=True
    )
    feedback_id: Mapped[int | None] = mapped_column(
        ForeignKey("feedback.id", ondelete="CASCADE"), index=True
    )
    message_id: Mapped[int | None] = mapped_column(
        ForeignKey("message.id", ondelete="CASCADE"), index=True
    )
    filename: Mapped[str] = mapped_column(PrivateText("attachment.filename"))
    content_type: Mapped[str]
    size: Mapped[int]
    sha256: Mapped[str]
    # None when the file was refused: its name stays, so that the sender can be told.
    stored_as: Mapped[str | None] = mapped_column(unique=True)
    state: Mapped[AttachmentState]
    refusal: Mapped[str | None]
    # It came without text, and no person has yet written down what it says or shows.
    unheard: Mapped[bool] = mapped_column(default=False)
    # What an officer wrote down of it: their words, never the sender's.
    heard: Mapped[str | None] = mapped_column(PrivateText("attachment.heard"))
    heard_at: Mapped[datetime | None]
    heard_by_id: Mapped[int | None] = mapped_column(ForeignKey("account.id"))
    added_at: Mapped[datetime]
