"""What officers note on a matter for one another. Nobody outside the office reads it."""

from datetime import datetime

from sqlalchemy import ForeignKey
from sqlalchemy.orm import Mapped, mapped_column

from portal.columns import PrivateText
from portal.db import Record


class CaseNote(Record):
    """One note. It is added to, never changed, and stands in no letter and on no page of the
    person's or an advocate's."""

    __tablename__ = "case_note"

    id: Mapped[int] = mapped_column(primary_key=True)
    public_id: Mapped[str] = mapped_column(unique=True)
    feedback_id: Mapped[int] = mapped_column(
        ForeignKey("feedback.id", ondelete="CASCADE"), index=True
    )
    account_id: Mapped[int] = mapped_column(ForeignKey("account.id"))
    text: Mapped[str] = mapped_column(PrivateText("case_note.text"))
    written_at: Mapped[datetime]
