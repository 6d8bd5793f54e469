"""What an advocate notes for themself about a matter: no page of the council reads it."""

from datetime import datetime

from sqlalchemy import ForeignKey
from sqlalchemy.orm import Mapped, mapped_column

from portal.columns import PrivateText
from portal.db import Record


class AdvocateNote(Record):
    """One note. It goes along when a colleague takes the young person over."""

    __tablename__ = "advocate_note"

    id: Mapped[int] = mapped_column(primary_key=True)
    public_id: Mapped[str] = mapped_column(unique=True)
    feedback_id: Mapped[int] = mapped_column(
        ForeignKey("feedback.id", ondelete="CASCADE"), index=True
    )
    account_id: Mapped[int] = mapped_column(ForeignKey("account.id", ondelete="CASCADE"))
    body: Mapped[str] = mapped_column(PrivateText("advocate_note.body"))
    written_at: Mapped[datetime]
