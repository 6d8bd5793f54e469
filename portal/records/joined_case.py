"""Cases that are worked once, under a lead case."""

from datetime import datetime

from sqlalchemy import ForeignKey
from sqlalchemy.orm import Mapped, mapped_column

from portal.db import Record


class JoinedCase(Record):
    """One case under a lead case, for the stage in which it was joined. It holds keys alone: the
    reason stands with the event, and nothing of either case is copied to the other."""

    __tablename__ = "joined_case"

    id: Mapped[int] = mapped_column(primary_key=True)
    case_id: Mapped[int] = mapped_column(ForeignKey("case.id", ondelete="CASCADE"), index=True)
    stage_id: Mapped[int] = mapped_column(
        ForeignKey("case_stage.id", ondelete="CASCADE"), index=True
    )
    lead_id: Mapped[int] = mapped_column(ForeignKey("case.id", ondelete="CASCADE"), index=True)
    lead_stage_id: Mapped[int] = mapped_column(
        ForeignKey("case_stage.id", ondelete="CASCADE"), index=True
    )
    joined_at: Mapped[datetime]
    undone_at: Mapped[datetime | None]
