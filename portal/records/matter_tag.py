"""Tags: short codes of the council's own list that officers put on matters."""

from datetime import datetime

from sqlalchemy import ForeignKey, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from portal.db import Record


class MatterTag(Record):
    """One tag on one matter. The code stands in the council's file; nobody types one."""

    __tablename__ = "matter_tag"
    __table_args__ = (UniqueConstraint("tag", "feedback_id"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    tag: Mapped[str]
    feedback_id: Mapped[int] = mapped_column(
        ForeignKey("feedback.id", ondelete="CASCADE"), index=True
    )
    put_at: Mapped[datetime]
    put_by_id: Mapped[int] = mapped_column(ForeignKey("account.id"))
