"""Which papers of a matter an officer has chosen for those who investigate, watch and sit."""

from datetime import datetime
from enum import StrEnum

from sqlalchemy import ForeignKey, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from portal.db import Record


class PaperKind(StrEnum):
    """What kind of paper it is; `item_id` is the key of its row. On one day they stand in this
    order."""

    # What the portal keeps of a case itself goes into bundles alone.
    EVENTS = "events"
    POINTS = "points"
    STORY = "story"
    LETTER = "letter"
    MESSAGE = "message"
    FILE = "file"
    NOTE = "note"
    REPORT = "report"
    FINDINGS = "findings"


class CasePaper(Record):
    """One paper, chosen. What is chosen no longer loses its row."""

    __tablename__ = "case_paper"
    __table_args__ = (UniqueConstraint("case_id", "kind", "item_id"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    public_id: Mapped[str] = mapped_column(unique=True)
    case_id: Mapped[int] = mapped_column(ForeignKey("case.id", ondelete="CASCADE"))
    kind: Mapped[PaperKind]
    item_id: Mapped[int]
    chosen_at: Mapped[datetime]
    chosen_by_id: Mapped[int] = mapped_column(ForeignKey("account.id"))
