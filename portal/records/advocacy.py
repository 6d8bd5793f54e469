"""Which advocate follows which young person's matter, and what each agreement rests on."""

from datetime import date, datetime
from enum import StrEnum

from sqlalchemy import ForeignKey, Index, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from portal.columns import PrivateText
from portal.db import Record
from portal.records.agreed_scope import Scoped


class Advocacy(Scoped, Record):
    """One advocate and one feedback: what the young person lets them do now."""

    __tablename__ = "advocacy"
    __table_args__ = (
        UniqueConstraint("account_id", "feedback_id"),
        # Who has an advocate: what the search is narrowed by.
        Index("ix_advocacy_ended_at", "ended_at", "feedback_id"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    account_id: Mapped[int] = mapped_column(ForeignKey("account.id", ondelete="CASCADE"))
    feedback_id: Mapped[int] = mapped_column(
        ForeignKey("feedback.id", ondelete="CASCADE"), index=True
    )
    joined_at: Mapped[datetime]
    ended_at: Mapped[datetime | None]


class SaidBy(StrEnum):
    """Who recorded what the young person agreed to."""

    ADVOCATE = "advocate"
    OFFICER = "officer"
    YOUNG_PERSON = "young_person"


class AdvocacyConsent(Scoped, Record):
    """What a young person agreed to for one advocate, each time it was recorded. Rows stay: the
    latest says what `advocacy` says, the earlier ones what was agreed before."""

    __tablename__ = "advocacy_consent"

    id: Mapped[int] = mapped_column(primary_key=True)
    feedback_id: Mapped[int] = mapped_column(
        ForeignKey("feedback.id", ondelete="CASCADE"), index=True
    )
    account_id: Mapped[int] = mapped_column(ForeignKey("account.id", ondelete="CASCADE"))
    said_by: Mapped[SaidBy]
    # How it was given, in words, and a file that shows it where there is one.
    how: Mapped[str] = mapped_column(PrivateText("advocacy_consent.how"))
    attachment_id: Mapped[int | None] = mapped_column(
        ForeignKey("attachment.id", ondelete="SET NULL"), index=True
    )
    on_day: Mapped[date]
    recorded_at: Mapped[datetime]
    recorded_by_id: Mapped[int | None] = mapped_column(ForeignKey("account.id"))
