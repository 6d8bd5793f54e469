"""Each time that somebody recorded, corrected or took back the day on which a letter was posted."""

from datetime import date, datetime

from sqlalchemy import ForeignKey
from sqlalchemy.orm import Mapped, mapped_column

from portal.columns import PrivateText
from portal.db import Record


class LetterPosting(Record):
    """One such time; the latest of a letter is what holds. Rows are added and never changed."""

    __tablename__ = "letter_posting"

    id: Mapped[int] = mapped_column(primary_key=True)
    letter_id: Mapped[int] = mapped_column(
        ForeignKey("outbox_letter.id", ondelete="CASCADE"), index=True
    )
    # None where it was taken back: the letter has not been posted after all.
    posted_on: Mapped[date | None]
    # Why an earlier day was changed or taken back.
    reason: Mapped[str | None] = mapped_column(PrivateText("letter_posting.reason"))
    recorded_at: Mapped[datetime]
    recorded_by_id: Mapped[int | None] = mapped_column(ForeignKey("account.id"))
