"""Which advocate follows which young person's matter."""

from datetime import datetime

from sqlalchemy import ForeignKey, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from portal.db import Record


class Advocacy(Record):
    """One advocate joined to one feedback, by the young person's own reference and words."""

    __tablename__ = "advocacy"
    __table_args__ = (UniqueConstraint("account_id", "feedback_id"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    account_id: Mapped[int] = mapped_column(ForeignKey("account.id", ondelete="CASCADE"))
    feedback_id: Mapped[int] = mapped_column(
        ForeignKey("feedback.id", ondelete="CASCADE"), index=True
    )
    joined_at: Mapped[datetime]
    ended_at: Mapped[datetime | None]
