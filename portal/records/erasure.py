"""The erasure of one matter: listed when its time comes, or asked for; then confirmed and done."""

from datetime import date, datetime
from enum import StrEnum

from sqlalchemy import ForeignKey, Index
from sqlalchemy.orm import Mapped, mapped_column

from portal.columns import PrivateText
from portal.db import Record
from portal.procedures.retention import KeptAs


class ErasureState(StrEnum):
    """How far it has come. Nothing is erased that no person has confirmed or agreed to."""

    # Its time has come or comes within a month.
    LISTED = "listed"
    # An officer proposes it because the person asked; a second officer has not answered.
    ASKED = "asked"
    # Confirmed as one of a batch, or agreed to: the next `flask forget` does it.
    CONFIRMED = "confirmed"
    DECLINED = "declined"
    DONE = "done"


OPEN = frozenset({ErasureState.LISTED, ErasureState.ASKED, ErasureState.CONFIRMED})
"""What may still lead to an erasure."""


class Erasure(Record):
    """One erasure. The row outlives what it erased: it says what went, when and by whom."""

    __tablename__ = "erasure"
    __table_args__ = (
        Index("ix_erasure_state_due_on", "state", "due_on"),
        Index("ix_erasure_state_done_at", "state", "done_at"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    public_id: Mapped[str] = mapped_column(unique=True)
    feedback_id: Mapped[int] = mapped_column(
        ForeignKey("feedback.id", ondelete="CASCADE"), index=True
    )
    state: Mapped[ErasureState]
    # Whether the person asked, rather than its time having come.
    asked: Mapped[bool] = mapped_column(default=False)
    kept_as: Mapped[KeptAs]
    years: Mapped[int]
    # The first day on which it may go for its age.
    due_on: Mapped[date | None]
    listed_at: Mapped[datetime]
    reason: Mapped[str | None] = mapped_column(PrivateText("erasure.reason"))
    proposed_by_id: Mapped[int | None] = mapped_column(ForeignKey("account.id"))
    # Who confirmed the batch, or agreed as the second officer; or who did not agree.
    answered_at: Mapped[datetime | None]
    answered_by_id: Mapped[int | None] = mapped_column(ForeignKey("account.id"))
    answer: Mapped[str | None] = mapped_column(PrivateText("erasure.answer"))
    done_at: Mapped[datetime | None]
