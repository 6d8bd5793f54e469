"""Every automatic letter that was asked for: sent or held, so that budgets can be counted."""

from datetime import datetime
from enum import StrEnum

from sqlalchemy import ForeignKey, Index
from sqlalchemy.orm import Mapped, mapped_column

from portal.db import Record
from portal.records.outbox_letter import LetterKind


class Held(StrEnum):
    """Why the gate let an automatic letter not leave. The last two are an officer's task."""

    MACHINE = "machine"
    OWN_ADDRESS = "own_address"
    NO_REPLY_ADDRESS = "no_reply_address"
    ADDRESS_FAILS = "address_fails"
    RECIPIENT_BUDGET = "recipient_budget"
    MATTER_BUDGET = "matter_budget"


class AutomaticAnswer(Record):
    """One automatic letter; `held` says why it stayed here."""

    __tablename__ = "automatic_answer"
    __table_args__ = (
        Index("ix_automatic_answer_recipient_key_asked_at", "recipient_key", "asked_at"),
        Index("ix_automatic_answer_held_settled_at", "held", "settled_at"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    public_id: Mapped[str] = mapped_column(unique=True)
    recipient_key: Mapped[str]
    feedback_id: Mapped[int] = mapped_column(
        ForeignKey("feedback.id", ondelete="CASCADE"), index=True
    )
    letter_id: Mapped[int] = mapped_column(
        ForeignKey("outbox_letter.id", ondelete="CASCADE"), index=True
    )
    kind: Mapped[LetterKind]
    asked_at: Mapped[datetime]
    held: Mapped[Held | None]
    settled_at: Mapped[datetime | None]
    settled_by_id: Mapped[int | None] = mapped_column(ForeignKey("account.id"))
