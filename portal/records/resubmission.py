"""What comes back once proceedings are over, tied to what waited for them."""

from datetime import date, datetime

from sqlalchemy import ForeignKey
from sqlalchemy.orm import Mapped, mapped_column

from portal.db import Record


class Resubmission(Record):
    """Later feedback that takes up earlier feedback, or a part of it. The earlier one stays as it
    was decided; the later one has a day of receipt and clocks of its own."""

    __tablename__ = "resubmission"

    feedback_id: Mapped[int] = mapped_column(
        ForeignKey("feedback.id", ondelete="CASCADE"), primary_key=True
    )
    earlier_id: Mapped[int] = mapped_column(
        ForeignKey("feedback.id", ondelete="CASCADE"), index=True
    )
    asked_on: Mapped[date]
    noted_at: Mapped[datetime]
    noted_by_id: Mapped[int] = mapped_column(ForeignKey("account.id"))
