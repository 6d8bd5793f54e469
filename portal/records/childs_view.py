"""What the child thinks of a complaint about them, or why they were not asked."""

from datetime import date, datetime

from sqlalchemy import ForeignKey
from sqlalchemy.orm import Mapped, mapped_column

from portal.columns import PrivateText
from portal.db import Record
from portal.procedures.matter import ChildsView


class ChildsViewRecord(Record):
    """One time that the child was asked, or that it was decided not to ask. The latest counts."""

    __tablename__ = "childs_view"

    id: Mapped[int] = mapped_column(primary_key=True)
    feedback_id: Mapped[int] = mapped_column(
        ForeignKey("feedback.id", ondelete="CASCADE"), index=True
    )
    state: Mapped[ChildsView]
    on_day: Mapped[date]
    # The view in the child's words where possible, or the reason for not asking.
    words: Mapped[str] = mapped_column(PrivateText("childs_view.words"))
    recorded_at: Mapped[datetime]
    recorded_by_id: Mapped[int] = mapped_column(ForeignKey("account.id"))
