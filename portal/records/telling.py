"""Who near a young person was told something of what they said, by whose yes and why."""

from datetime import date, datetime

from sqlalchemy import ForeignKey
from sqlalchemy.orm import Mapped, mapped_column

from portal.columns import PrivateText
from portal.db import Record
from portal.procedures.telling import NearPerson


class Telling(Record):
    """One person to tell. Without the young person's yes it waits for a manager, and until
    `told_on` is recorded nobody was told."""

    __tablename__ = "telling"

    id: Mapped[int] = mapped_column(primary_key=True)
    public_id: Mapped[str] = mapped_column(unique=True)
    feedback_id: Mapped[int] = mapped_column(
        ForeignKey("feedback.id", ondelete="CASCADE"), index=True
    )
    whom: Mapped[NearPerson]
    # Who exactly, and what they are told.
    name: Mapped[str] = mapped_column(PrivateText("telling.name"))
    words: Mapped[str] = mapped_column(PrivateText("telling.words"))
    reason: Mapped[str | None] = mapped_column(PrivateText("telling.reason"))
    # The young person had said yes when they wrote to us.
    by_their_yes: Mapped[bool]
    # The day on which they were told that this will happen, or why that would be unsafe.
    told_first_on: Mapped[date | None]
    unsafe: Mapped[str | None] = mapped_column(PrivateText("telling.unsafe"))
    proposed_at: Mapped[datetime]
    proposed_by_id: Mapped[int] = mapped_column(ForeignKey("account.id"))
    answered_at: Mapped[datetime | None]
    answered_by_id: Mapped[int | None] = mapped_column(ForeignKey("account.id"))
    agreed: Mapped[bool | None]
    # Why a manager said no.
    answer: Mapped[str | None] = mapped_column(PrivateText("telling.answer"))
    told_on: Mapped[date | None]
    told_by_id: Mapped[int | None] = mapped_column(ForeignKey("account.id"))
