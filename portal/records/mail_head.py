"""By what mail that became no feedback is found: who sent it, about what, and their keyed words."""

from datetime import datetime

from sqlalchemy import ForeignKey
from sqlalchemy.orm import Mapped, mapped_column

from portal.columns import PrivateText
from portal.db import Record


class MailHead(Record):
    """The sender and the subject of one message, read once, so that no list opens it whole."""

    __tablename__ = "mail_head"

    mail_id: Mapped[int] = mapped_column(
        ForeignKey("mail.id", ondelete="CASCADE"), primary_key=True
    )
    sender: Mapped[str] = mapped_column(PrivateText("mail_head.sender"))
    subject: Mapped[str] = mapped_column(PrivateText("mail_head.subject"))
    read_at: Mapped[datetime]


class MailWord(Record):
    """One word of them, as a keyed hash that tells nothing else."""

    __tablename__ = "mail_word"

    key: Mapped[str] = mapped_column(primary_key=True)
    mail_id: Mapped[int] = mapped_column(
        ForeignKey("mail.id", ondelete="CASCADE"), primary_key=True, index=True
    )
