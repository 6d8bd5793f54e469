"""A council's own wording of a letter, as somebody wrote it on a page: kept in every version."""

from datetime import date, datetime

from sqlalchemy import ForeignKey, Index
from sqlalchemy.orm import Mapped, mapped_column

from portal.db import Record
from portal.records.outbox_letter import LetterKind


class LetterWording(Record):
    """One version, in force from a day until a later one is. It is never changed; one that was
    taken back stays, so that the words of a letter that went can be explained."""

    __tablename__ = "letter_wording"
    __table_args__ = (Index("ix_letter_wording_kind_voice", "kind", "voice"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    public_id: Mapped[str] = mapped_column(unique=True)
    kind: Mapped[LetterKind]
    voice: Mapped[str]
    # Nobody's data: fields stand where a person's would.
    template: Mapped[str]
    in_force_from: Mapped[date]
    made_at: Mapped[datetime]
    made_by_id: Mapped[int | None] = mapped_column(ForeignKey("account.id"))
    taken_back_at: Mapped[datetime | None]
    taken_back_by_id: Mapped[int | None] = mapped_column(ForeignKey("account.id"))
