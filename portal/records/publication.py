"""Words that somebody let us publish, without whatever could say who they are."""

from datetime import datetime
from enum import StrEnum

from sqlalchemy import ForeignKey, Index
from sqlalchemy.orm import Mapped, mapped_column

from portal.columns import PrivateText
from portal.db import Record
from portal.procedures.vocabulary import Area


class PublicationState(StrEnum):
    """How far a text has come. Only what is `agreed` is ever published."""

    REDACTING = "redacting"
    DRAFT = "draft"
    OFFERED = "offered"
    AGREED = "agreed"
    WITHDRAWN = "withdrawn"


class Publication(Record):
    """One text for the annual report. The words that it comes from stay as they are."""

    __tablename__ = "publication"
    __table_args__ = (Index("ix_publication_state_year", "state", "year"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    public_id: Mapped[str] = mapped_column(unique=True)
    feedback_id: Mapped[int] = mapped_column(
        ForeignKey("feedback.id", ondelete="CASCADE"), unique=True
    )
    state: Mapped[PublicationState]
    # Private until it is agreed: a draft may still hold a name.
    text: Mapped[str | None] = mapped_column(PrivateText("publication.text"))
    area: Mapped[Area]
    year: Mapped[str]
    quarter: Mapped[int]
    offered_at: Mapped[datetime | None]
    offered_by_id: Mapped[int | None] = mapped_column(ForeignKey("account.id"))
    agreed_at: Mapped[datetime | None]
    agreed_by_id: Mapped[int | None] = mapped_column(ForeignKey("account.id"))
    # Why the second officer sent it back, or why it was withdrawn.
    note: Mapped[str | None] = mapped_column(PrivateText("publication.note"))
    withdrawn_at: Mapped[datetime | None]
    withdrawn_by_id: Mapped[int | None] = mapped_column(ForeignKey("account.id"))
    version: Mapped[int] = mapped_column(default=1)

    __mapper_args__ = {"version_id_col": version}
