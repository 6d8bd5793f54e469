"""A decided text, redacted, from which the classifier may learn; erased with its feedback."""

from datetime import datetime
from typing import Any

from sqlalchemy import ForeignKey
from sqlalchemy.orm import Mapped, mapped_column

from portal.columns import PrivateText
from portal.db import Record


class TrainingExample(Record):
    """One redacted text with the labels that an officer decided."""

    __tablename__ = "training_example"

    id: Mapped[int] = mapped_column(primary_key=True)
    feedback_id: Mapped[int] = mapped_column(
        ForeignKey("feedback.id", ondelete="CASCADE"), unique=True
    )
    text: Mapped[str] = mapped_column(PrivateText("training_example.text"))
    labels: Mapped[dict[str, Any]]
    made_at: Mapped[datetime]
