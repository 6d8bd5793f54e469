"""By what texts of almost the same words find each other: keyed hashes that tell nothing else."""

from sqlalchemy import ForeignKey
from sqlalchemy.orm import Mapped, mapped_column

from portal.db import Record


class NearText(Record):
    """One of the few bands of one story; two stories that share one are looked at more closely."""

    __tablename__ = "near_text"

    band: Mapped[str] = mapped_column(primary_key=True)
    feedback_id: Mapped[int] = mapped_column(
        ForeignKey("feedback.id", ondelete="CASCADE"), primary_key=True, index=True
    )
