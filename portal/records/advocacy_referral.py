"""Referrals of young people to whoever finds advocates, and the reminders of them."""

from datetime import date, datetime
from enum import StrEnum
from typing import Any

from sqlalchemy import ForeignKey, Index, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from portal.columns import PrivateText
from portal.db import Record


class ReferralState(StrEnum):
    """What the provider said. `accepted` until an advocate is there, then `appointed`."""

    SENT = "sent"
    ACCEPTED = "accepted"
    APPOINTED = "appointed"
    DECLINED = "declined"


class AdvocacyReferral(Record):
    """One young person's yes to an advocate, sent to the provider on the day it was given."""

    __tablename__ = "advocacy_referral"
    __table_args__ = (Index("ix_advocacy_referral_state_due_on", "state", "due_on"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    public_id: Mapped[str] = mapped_column(unique=True)
    feedback_id: Mapped[int] = mapped_column(
        ForeignKey("feedback.id", ondelete="CASCADE"), index=True
    )
    state: Mapped[ReferralState] = mapped_column(default=ReferralState.SENT)
    sent_at: Mapped[datetime]
    sent_on: Mapped[date]
    # By when an advocate is to be appointed: what the ladder chases.
    due_on: Mapped[date]
    # The hash of the token in the provider's latest letter.
    token_key: Mapped[str | None] = mapped_column(unique=True)
    answered_on: Mapped[date | None]
    # Who of the provider said so, or why they cannot.
    answered_by: Mapped[str | None] = mapped_column(PrivateText("advocacy_referral.answered_by"))
    why_not: Mapped[str | None] = mapped_column(PrivateText("advocacy_referral.why_not"))
    advocate: Mapped[str | None] = mapped_column(PrivateText("advocacy_referral.advocate"))
    appointed_on: Mapped[date | None]
    # None where the provider answered by the link in its letter.
    recorded_by_id: Mapped[int | None] = mapped_column(ForeignKey("account.id"))
    version: Mapped[int] = mapped_column(default=1)

    __mapper_args__ = {"version_id_col": version}


class ReferralReminder(Record):
    """One rung of the ladder of one referral, so that none goes twice."""

    __tablename__ = "referral_reminder"
    __table_args__ = (UniqueConstraint("referral_id", "rung", "due_on"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    referral_id: Mapped[int] = mapped_column(ForeignKey("advocacy_referral.id", ondelete="CASCADE"))
    rung: Mapped[str]
    due_on: Mapped[date]
    made_on: Mapped[date]
    made_at: Mapped[datetime]
    # Keys of the accounts that were written to; whether the provider was.
    told: Mapped[dict[str, Any]]
