"""What the classifier suggests for one feedback, kept as it said it."""

from datetime import datetime

from sqlalchemy import ForeignKey
from sqlalchemy.orm import Mapped, mapped_column

from portal.columns import PrivateText
from portal.db import Record
from portal.procedures.vocabulary import Category, ProcedureCode, Team


class Suggestion(Record):
    """One suggestion. A failed attempt is a row too, so that a text that breaks the model is tried
    a few times and then left for the officer, who never waits for it."""

    __tablename__ = "suggestion"

    id: Mapped[int] = mapped_column(primary_key=True)
    feedback_id: Mapped[int] = mapped_column(
        ForeignKey("feedback.id", ondelete="CASCADE"), unique=True
    )
    made_at: Mapped[datetime]
    model: Mapped[str | None]
    tries: Mapped[int] = mapped_column(default=1)
    error: Mapped[str | None]
    category: Mapped[Category | None]
    team: Mapped[Team | None]
    procedure: Mapped[ProcedureCode | None]
    # The whole answer as JSON: its reasons point into the person's words.
    body: Mapped[str | None] = mapped_column(PrivateText("suggestion.body"))
