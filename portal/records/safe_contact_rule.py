"""How a person may be reached, beside the way: hours, wording, messages, who must not see it."""

from datetime import datetime
from enum import StrEnum

from sqlalchemy import ForeignKey
from sqlalchemy.orm import Mapped, mapped_column

from portal.columns import PrivateText
from portal.db import Record
from portal.records.feedback import ContactWay


class SaidBy(StrEnum):
    """Who said it: the person themself, or an officer for them."""

    PERSON = "person"
    OFFICER = "officer"


class SafeContactRule(Record):
    """What was said at one time; the newest row of a matter is in force, the others are its
    history. `way` is what the feedback's own way became with it."""

    __tablename__ = "safe_contact_rule"

    id: Mapped[int] = mapped_column(primary_key=True)
    feedback_id: Mapped[int] = mapped_column(
        ForeignKey("feedback.id", ondelete="CASCADE"), index=True
    )
    way: Mapped[ContactWay]
    # Full hours of a London day; none of them means any time.
    begins: Mapped[int | None]
    ends: Mapped[int | None]
    weekdays_only: Mapped[bool] = mapped_column(default=False)
    # Nothing on the outside says who writes or why.
    neutral: Mapped[bool] = mapped_column(default=False)
    # Whether a message may be left when nobody answers; None where nobody said.
    voicemail: Mapped[bool | None]
    not_to_see: Mapped[str | None] = mapped_column(PrivateText("safe_contact_rule.not_to_see"))
    said_at: Mapped[datetime]
    said_by: Mapped[SaidBy]
    account_id: Mapped[int | None] = mapped_column(ForeignKey("account.id"))
    reason: Mapped[str | None] = mapped_column(PrivateText("safe_contact_rule.reason"))
