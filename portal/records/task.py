"""A fact that somebody asks a colleague for, about one case, and the answer."""

from datetime import date, datetime

from sqlalchemy import ForeignKey, Index
from sqlalchemy.orm import Mapped, mapped_column

from portal.columns import PrivateText
from portal.db import Record


class Task(Record):
    """One question to one colleague, with a day. Whoever is asked sees the task and nothing of the
    case, unless the case is open to them anyway."""

    __tablename__ = "task"
    __table_args__ = (
        Index("ix_task_account_id_settled_at", "account_id", "settled_at"),
        Index("ix_task_asked_by_id_read_at", "asked_by_id", "read_at"),
        Index("ix_task_settled_at_due_on", "settled_at", "due_on"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    public_id: Mapped[str] = mapped_column(unique=True)
    case_id: Mapped[int] = mapped_column(ForeignKey("case.id", ondelete="CASCADE"), index=True)
    account_id: Mapped[int] = mapped_column(ForeignKey("account.id", ondelete="CASCADE"))
    asked_by_id: Mapped[int] = mapped_column(ForeignKey("account.id"))
    asked_at: Mapped[datetime]
    asked_on: Mapped[date]
    due_on: Mapped[date]
    question: Mapped[str] = mapped_column(PrivateText("task.question"))
    answer: Mapped[str | None] = mapped_column(PrivateText("task.answer"))
    answered_at: Mapped[datetime | None]
    # Answered, or taken back: nobody waits for it any more.
    settled_at: Mapped[datetime | None]
    # An officer asks: the answer lies on the office's desk and not on one manager's.
    by_office: Mapped[bool] = mapped_column(default=False)
    # When whoever asked saw the answer; of the office, whoever of it was first.
    read_at: Mapped[datetime | None]
    # The day of the latest reminder.
    chased_on: Mapped[date | None]
    version: Mapped[int] = mapped_column(default=1)

    __mapper_args__ = {"version_id_col": version}
