"""How it went, as the person says in the end: one question."""

from datetime import datetime
from enum import StrEnum

from sqlalchemy import ForeignKey
from sqlalchemy.orm import Mapped, mapped_column

from portal.columns import PrivateText
from portal.db import Record


class Experienced(StrEnum):
    """The answers."""

    GOOD = "good"
    IN_BETWEEN = "in_between"
    BAD = "bad"


class Experience(Record):
    """One answer; who thinks again answers again, and the newest counts."""

    __tablename__ = "experience"

    id: Mapped[int] = mapped_column(primary_key=True)
    feedback_id: Mapped[int] = mapped_column(
        ForeignKey("feedback.id", ondelete="CASCADE"), index=True
    )
    code: Mapped[Experienced]
    words: Mapped[str | None] = mapped_column(PrivateText("experience.words"))
    said_at: Mapped[datetime]
