"""Somebody of the staff list to whom a compliment was passed on. It closes nothing to them."""

from datetime import datetime

from sqlalchemy import ForeignKey, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from portal.db import Record


class PraisedPerson(Record):
    """One person who was told, with their manager where they have one."""

    __tablename__ = "praised_person"
    __table_args__ = (UniqueConstraint("feedback_id", "account_id"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    feedback_id: Mapped[int] = mapped_column(ForeignKey("feedback.id", ondelete="CASCADE"))
    account_id: Mapped[int] = mapped_column(
        ForeignKey("account.id", ondelete="CASCADE"), index=True
    )
    manager_told: Mapped[bool]
    passed_at: Mapped[datetime]
    passed_by_id: Mapped[int] = mapped_column(ForeignKey("account.id"))
