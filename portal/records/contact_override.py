"""One letter past a person's safe-contact rule: one officer proposes it, a manager agrees."""

from datetime import datetime
from enum import StrEnum

from sqlalchemy import ForeignKey
from sqlalchemy.orm import Mapped, mapped_column

from portal.columns import PrivateText
from portal.db import Record
from portal.records.feedback import ContactWay


class OverrideState(StrEnum):
    """`proposed` until a manager answers; only `agreed` lets the letter go. `ended`: the details
    or the rule changed before it went, so nobody has agreed to what would happen now."""

    PROPOSED = "proposed"
    AGREED = "agreed"
    REFUSED = "refused"
    ENDED = "ended"


class ContactOverride(Record):
    """Holds for its letter and no other: which way it may go, where to, and why."""

    __tablename__ = "contact_override"

    id: Mapped[int] = mapped_column(primary_key=True)
    public_id: Mapped[str] = mapped_column(unique=True)
    feedback_id: Mapped[int] = mapped_column(
        ForeignKey("feedback.id", ondelete="CASCADE"), index=True
    )
    letter_id: Mapped[int] = mapped_column(
        ForeignKey("outbox_letter.id", ondelete="CASCADE"), index=True
    )
    state: Mapped[OverrideState] = mapped_column(default=OverrideState.PROPOSED)
    way: Mapped[ContactWay]
    to_where: Mapped[str] = mapped_column(PrivateText("contact_override.to_where"))
    reason: Mapped[str] = mapped_column(PrivateText("contact_override.reason"))
    proposed_at: Mapped[datetime]
    proposed_by_id: Mapped[int] = mapped_column(ForeignKey("account.id"))
    answered_at: Mapped[datetime | None]
    answered_by_id: Mapped[int | None] = mapped_column(ForeignKey("account.id"))
    answer: Mapped[str | None] = mapped_column(PrivateText("contact_override.answer"))
