"""How it went, as the person says in the end, and as their advocate sees it: one question."""

from datetime import datetime
from enum import StrEnum

from sqlalchemy import ForeignKey, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from portal.columns import PrivateText
from portal.db import Record


class Experienced(StrEnum):
    """The answers."""

    GOOD = "good"
    IN_BETWEEN = "in_between"
    BAD = "bad"


class Experience(Record):
    """One answer. A person who thinks again answers again, and their newest counts; an advocate
    says it once, which never stands for what the person says."""

    __tablename__ = "experience"
    # Both databases take any number of rows without an advocate: those of the person.
    __table_args__ = (UniqueConstraint("feedback_id", "advocate_id"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    feedback_id: Mapped[int] = mapped_column(
        ForeignKey("feedback.id", ondelete="CASCADE"), index=True
    )
    code: Mapped[Experienced]
    words: Mapped[str | None] = mapped_column(PrivateText("experience.words"))
    said_at: Mapped[datetime]
    # The advocate who said it. None: the person whose matter it is.
    advocate_id: Mapped[int | None] = mapped_column(ForeignKey("account.id"))
