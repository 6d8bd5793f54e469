"""What an investigating officer writes down on the way: whom they spoke to, and what they saw."""

from datetime import date, datetime
from enum import StrEnum

from sqlalchemy import ForeignKey
from sqlalchemy.orm import Mapped, mapped_column

from portal.columns import PrivateText
from portal.db import Record


class NoteKind(StrEnum):
    """A talk with somebody, or evidence on a point."""

    INTERVIEW = "interview"
    EVIDENCE = "evidence"


class InvestigationNote(Record):
    """One note of one stage. The independent person reads it too; nobody else does before the
    report is handed in. Afterwards it can go into a bundle, never into one for a panel."""

    __tablename__ = "investigation_note"

    id: Mapped[int] = mapped_column(primary_key=True)
    public_id: Mapped[str] = mapped_column(unique=True)
    stage_id: Mapped[int] = mapped_column(
        ForeignKey("case_stage.id", ondelete="CASCADE"), index=True
    )
    kind: Mapped[NoteKind]
    point_id: Mapped[int | None] = mapped_column(
        ForeignKey("point.id", ondelete="SET NULL"), index=True
    )
    on: Mapped[date]
    with_whom: Mapped[str | None] = mapped_column(PrivateText("investigation_note.with_whom"))
    text: Mapped[str] = mapped_column(PrivateText("investigation_note.text"))
    written_at: Mapped[datetime]
    written_by_id: Mapped[int] = mapped_column(ForeignKey("account.id"))
