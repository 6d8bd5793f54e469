"""The mail ledger: every message of the mailbox is a row, its raw bytes kept before parsing."""

from datetime import datetime
from enum import StrEnum

from sqlalchemy import ForeignKey, Index, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from portal.columns import PrivateBytes, PrivateText
from portal.db import Record


class MailState(StrEnum):
    """Where a message stands. Each fetched message ends in exactly one of the last five."""

    STORED = "stored"
    NEW = "new"
    KNOWN = "known"
    REPLY = "reply"
    AUTOMATIC = "automatic"
    QUARANTINED = "quarantined"


class Settled(StrEnum):
    """Why a message that became no feedback needs nothing more: an officer's word for it."""

    MACHINE = "machine"
    ADVERTISING = "advertising"
    KNOWN_ALREADY = "known_already"
    NOT_FOR_US = "not_for_us"
    DAMAGED = "damaged"
    ENTERED_BY_HAND = "entered_by_hand"


class Mail(Record):
    """One message as the mailbox numbered it."""

    __tablename__ = "mail"
    __table_args__ = (
        UniqueConstraint("mailbox", "uid_validity", "uid"),
        Index("ix_mail_sha256", "sha256"),
        Index("ix_mail_state_next_try_at", "state", "next_try_at"),
        Index("ix_mail_left", "state", "feedback_id", "settled_at", "arrived_at", "public_id"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    public_id: Mapped[str] = mapped_column(unique=True)
    mailbox: Mapped[str]
    uid_validity: Mapped[int]
    uid: Mapped[int]
    sha256: Mapped[str]
    size: Mapped[int]
    # What the sender sent, without what the way here added: equal for a second delivery.
    content_key: Mapped[str | None] = mapped_column(index=True)
    message_id: Mapped[str | None] = mapped_column(PrivateText("mail.message_id"))
    message_id_key: Mapped[str | None] = mapped_column(index=True)
    # INTERNALDATE: when the council's server took it. The Date header is kept, never used.
    arrived_at: Mapped[datetime]
    stored_at: Mapped[datetime]
    state: Mapped[MailState] = mapped_column(default=MailState.STORED)
    tries: Mapped[int] = mapped_column(default=0)
    error: Mapped[str | None]
    # Private, because the last line of a traceback may quote the message.
    traceback: Mapped[str | None] = mapped_column(PrivateText("mail.traceback"))
    # When a quarantined message is read again by itself; None once a person must look.
    next_try_at: Mapped[datetime | None]
    feedback_id: Mapped[int | None] = mapped_column(
        ForeignKey("feedback.id", ondelete="SET NULL"), index=True
    )
    # When an officer looked at a message that became no feedback, and found nothing to do.
    settled_at: Mapped[datetime | None]
    settled_as: Mapped[Settled | None]


class RawMail(Record):
    """The message's bytes: a table of its own, so that no list ever loads them."""

    __tablename__ = "raw_mail"

    mail_id: Mapped[int] = mapped_column(
        ForeignKey("mail.id", ondelete="CASCADE"), primary_key=True
    )
    body: Mapped[bytes] = mapped_column(PrivateBytes("raw_mail.body"))


class MailPoll(Record):
    """One look into one mailbox, with its equation: found is the sum of the others."""

    __tablename__ = "mail_poll"
    __table_args__ = (Index("ix_mail_poll_mailbox_id", "mailbox", "id"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    mailbox: Mapped[str]
    began_at: Mapped[datetime] = mapped_column(index=True)
    ended_at: Mapped[datetime | None]
    found: Mapped[int] = mapped_column(default=0)
    new: Mapped[int] = mapped_column(default=0)
    known: Mapped[int] = mapped_column(default=0)
    replies: Mapped[int] = mapped_column(default=0)
    automatic: Mapped[int] = mapped_column(default=0)
    quarantined: Mapped[int] = mapped_column(default=0)
    error: Mapped[str | None]
