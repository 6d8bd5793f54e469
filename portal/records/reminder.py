"""Reminders of dates, of promises and of silences: one row for each, so that none goes twice."""

from datetime import date, datetime
from enum import StrEnum
from typing import Any

from sqlalchemy import ForeignKey, Index, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from portal.db import Record


class ReminderState(StrEnum):
    """What became of it. `passed_over`: a newer one was due as well, or it had no place."""

    SENT = "sent"
    PASSED_OVER = "passed_over"
    # Written, but not to everybody it was for, or to nobody at all: an officer tells them.
    UNTOLD = "untold"


class Reminder(Record):
    """One rung of the ladder of one date, or one silence. One of `clock_id`, `remedy_id` and
    `silent_since` says what it is about; a date that moves begins a new ladder."""

    __tablename__ = "reminder"
    __table_args__ = (
        UniqueConstraint("clock_id", "rung", "due_on"),
        UniqueConstraint("remedy_id", "rung", "due_on"),
        UniqueConstraint("case_id", "silent_since"),
        Index("ix_reminder_state_settled_at", "state", "settled_at"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    public_id: Mapped[str] = mapped_column(unique=True)
    case_id: Mapped[int] = mapped_column(ForeignKey("case.id", ondelete="CASCADE"))
    clock_id: Mapped[int | None] = mapped_column(ForeignKey("case_clock.id", ondelete="CASCADE"))
    remedy_id: Mapped[int | None] = mapped_column(ForeignKey("remedy.id", ondelete="CASCADE"))
    # The day of the last word to the person.
    silent_since: Mapped[date | None]
    rung: Mapped[str]
    due_on: Mapped[date]
    state: Mapped[ReminderState]
    made_on: Mapped[date]
    made_at: Mapped[datetime]
    # Keys of the accounts that were written to, and as whom nobody could be.
    told: Mapped[dict[str, Any]]
    settled_at: Mapped[datetime | None]
    settled_by_id: Mapped[int | None] = mapped_column(ForeignKey("account.id"))
