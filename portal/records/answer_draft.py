"""A manager's draft of an answer: its own words, and where it stands on the way to be signed."""

from datetime import datetime
from enum import StrEnum

from sqlalchemy import ForeignKey, Index
from sqlalchemy.orm import Mapped, mapped_column

from portal.columns import PrivateText
from portal.db import Record


class DraftState(StrEnum):
    """Written on, waiting for a signature, sent back once, or signed."""

    WRITTEN = "written"
    WAITING = "waiting"
    RETURNED = "returned"
    SIGNED = "signed"


class AnswerDraft(Record):
    """The words with which the answer of one stage begins. Findings and promises are rows of their
    own; together they are what the letter of the answer is written from."""

    __tablename__ = "answer_draft"
    __table_args__ = (Index("ix_answer_draft_state", "state"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    case_id: Mapped[int] = mapped_column(ForeignKey("case.id", ondelete="CASCADE"), index=True)
    stage_id: Mapped[int] = mapped_column(
        ForeignKey("case_stage.id", ondelete="CASCADE"), unique=True
    )
    state: Mapped[DraftState] = mapped_column(default=DraftState.WRITTEN)
    opening: Mapped[str | None] = mapped_column(PrivateText("answer_draft.opening"))
    apology: Mapped[str | None] = mapped_column(PrivateText("answer_draft.apology"))
    written_at: Mapped[datetime]
    written_by_id: Mapped[int] = mapped_column(ForeignKey("account.id"))
    sent_at: Mapped[datetime | None]
    sent_by_id: Mapped[int | None] = mapped_column(ForeignKey("account.id"))
    # What whoever signs wants changed. It comes back once.
    returned_at: Mapped[datetime | None]
    returned_by_id: Mapped[int | None] = mapped_column(ForeignKey("account.id"))
    returned_words: Mapped[str | None] = mapped_column(PrivateText("answer_draft.returned_words"))
    signed_at: Mapped[datetime | None]
    signed_by_id: Mapped[int | None] = mapped_column(ForeignKey("account.id"))
    version: Mapped[int] = mapped_column(default=1)

    __mapper_args__ = {"version_id_col": version}
