"""A no that one officer proposes, and another agrees to or sends back. Nothing is said before."""

from datetime import datetime
from enum import StrEnum

from sqlalchemy import ForeignKey, Index
from sqlalchemy.orm import Mapped, mapped_column

from portal.columns import PrivateText
from portal.db import Record
from portal.procedures.refusal import Disposition, RefusalReason


class ProposedFor(StrEnum):
    """Where in the work it belongs: at the first decision, on somebody's interest in a child, or
    in a procedure that runs."""

    DECISION = "decision"
    INTEREST = "interest"
    EVENT = "event"


class ProposalState(StrEnum):
    """`waiting` until a second officer answers, or the first one takes it back."""

    WAITING = "waiting"
    AGREED = "agreed"
    SENT_BACK = "sent_back"
    TAKEN_BACK = "taken_back"


class RefusalProposal(Record):
    """One proposal. It is answered once and then stays as it was, whatever became of it."""

    __tablename__ = "refusal_proposal"
    __table_args__ = (
        Index("ix_refusal_proposal_state_feedback_id", "state", "feedback_id"),
        # What the search is narrowed by, with the matters that it finds.
        Index("ix_refusal_proposal_reason", "reason", "feedback_id"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    # Names the very proposal that a second officer has read: a later one may say something else.
    public_id: Mapped[str] = mapped_column(unique=True)
    feedback_id: Mapped[int] = mapped_column(
        ForeignKey("feedback.id", ondelete="CASCADE"), index=True
    )
    case_id: Mapped[int | None] = mapped_column(
        ForeignKey("case.id", ondelete="CASCADE"), index=True
    )
    proposed_for: Mapped[ProposedFor]
    state: Mapped[ProposalState] = mapped_column(default=ProposalState.WAITING)
    # None where no person is refused: the Ombudsman closed it, and two say that they did.
    reason: Mapped[RefusalReason | None]
    disposition: Mapped[Disposition | None]
    # The rule as it read on the day.
    rule: Mapped[str]
    needs_manager: Mapped[bool] = mapped_column(default=False)
    explanation: Mapped[str] = mapped_column(PrivateText("refusal_proposal.explanation"))
    # The letter as it will go; None where nobody is written to.
    letter: Mapped[str | None] = mapped_column(PrivateText("refusal_proposal.letter"))
    # What is to be done when a second officer agrees, as plain values with people's words in them.
    planned: Mapped[str] = mapped_column(PrivateText("refusal_proposal.planned"))
    proposed_at: Mapped[datetime]
    proposed_by_id: Mapped[int] = mapped_column(ForeignKey("account.id"))
    answered_at: Mapped[datetime | None]
    answered_by_id: Mapped[int | None] = mapped_column(ForeignKey("account.id"))
    # Why it was sent back.
    answer: Mapped[str | None] = mapped_column(PrivateText("refusal_proposal.answer"))
    version: Mapped[int] = mapped_column(default=1)

    __mapper_args__ = {"version_id_col": version}
