"""What happened to a case, in order: from these rows its state and all its dates follow."""

from datetime import date, datetime
from typing import Any

from sqlalchemy import ForeignKey, Index
from sqlalchemy.orm import Mapped, mapped_column

from portal.columns import PrivateText
from portal.db import Record
from portal.procedures.state import Doer, Event, State


class CaseEvent(Record):
    """One event of a procedure. `on` is the day it happened, which may lie before the day it was
    recorded: a request that came by post counts from the day it came."""

    __tablename__ = "case_event"
    __table_args__ = (Index("ix_case_event_case_id_id", "case_id", "id"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    public_id: Mapped[str] = mapped_column(unique=True)
    case_id: Mapped[int] = mapped_column(ForeignKey("case.id", ondelete="CASCADE"))
    # The stage in which it happened; for what opens a stage, the stage that it opened.
    stage_id: Mapped[int] = mapped_column(
        ForeignKey("case_stage.id", ondelete="CASCADE"), index=True
    )
    event: Mapped[Event] = mapped_column(index=True)
    on: Mapped[date]
    recorded_at: Mapped[datetime]
    by: Mapped[Doer]
    account_id: Mapped[int | None] = mapped_column(ForeignKey("account.id"))
    from_state: Mapped[State]
    to_state: Mapped[State]
    reason: Mapped[str | None]
    words: Mapped[str | None] = mapped_column(PrivateText("case_event.words"))
    # Codes, keys and dates that came with it: the new date, the points, the second officer.
    details: Mapped[dict[str, Any]]
    letter_id: Mapped[int | None] = mapped_column(ForeignKey("outbox_letter.id"), index=True)
