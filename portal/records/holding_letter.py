"""Holding letters: drafted before a date is missed, and sent or thrown away by an officer."""

from datetime import date, datetime
from enum import StrEnum

from sqlalchemy import ForeignKey, Index, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from portal.columns import PrivateText
from portal.db import Record


class HoldingState(StrEnum):
    """What became of the draft."""

    DRAFTED = "drafted"
    SENT = "sent"
    DISCARDED = "discarded"


class HoldingLetter(Record):
    """One draft for one date of a stage. It says that the answer will be late and when it comes; it
    moves no date."""

    __tablename__ = "holding_letter"
    __table_args__ = (
        UniqueConstraint("stage_id", "due_on"),
        Index("ix_holding_letter_state", "state"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    case_id: Mapped[int] = mapped_column(ForeignKey("case.id", ondelete="CASCADE"), index=True)
    stage_id: Mapped[int] = mapped_column(ForeignKey("case_stage.id", ondelete="CASCADE"))
    due_on: Mapped[date]
    state: Mapped[HoldingState] = mapped_column(default=HoldingState.DRAFTED)
    # Why it is late, in the officer's words to the person; empty until they write it.
    reason: Mapped[str | None] = mapped_column(PrivateText("holding_letter.reason"))
    new_date: Mapped[date]
    drafted_at: Mapped[datetime]
    settled_at: Mapped[datetime | None]
    settled_by_id: Mapped[int | None] = mapped_column(ForeignKey("account.id"))
    letter_id: Mapped[int | None] = mapped_column(
        ForeignKey("outbox_letter.id", ondelete="SET NULL"), index=True
    )
    version: Mapped[int] = mapped_column(default=1)

    __mapper_args__ = {"version_id_col": version}
