"""Whether the council accepts somebody's interest in a child's welfare as enough."""

from datetime import date, datetime
from enum import StrEnum

from sqlalchemy import ForeignKey
from sqlalchemy.orm import Mapped, mapped_column

from portal.columns import PrivateText
from portal.db import Record
from portal.procedures.matter import Interest
from portal.procedures.person import PersonCode


class ChildTold(StrEnum):
    """Whether the child was told of the decision."""

    TOLD = "told"
    WILL_BE_TOLD = "will_be_told"
    NOT_RIGHT = "not_right"


class InterestDecision(Record):
    """One decision with its steps: the child's view weighed, reasons, the person told by letter,
    the child told where that is right. A later one replaces it and leaves it standing."""

    __tablename__ = "interest_decision"

    id: Mapped[int] = mapped_column(primary_key=True)
    feedback_id: Mapped[int] = mapped_column(
        ForeignKey("feedback.id", ondelete="CASCADE"), index=True
    )
    person: Mapped[PersonCode]
    decision: Mapped[Interest]
    # The limb of the Act that it was made under.
    provision: Mapped[str]
    reasons: Mapped[str] = mapped_column(PrivateText("interest_decision.reasons"))
    childs_view_id: Mapped[int] = mapped_column(
        ForeignKey("childs_view.id", ondelete="CASCADE"), index=True
    )
    child_told: Mapped[ChildTold]
    child_told_words: Mapped[str | None] = mapped_column(
        PrivateText("interest_decision.child_told_words")
    )
    letter_id: Mapped[int | None] = mapped_column(
        ForeignKey("outbox_letter.id", ondelete="SET NULL"), index=True
    )
    decided_at: Mapped[datetime]
    decided_by_id: Mapped[int] = mapped_column(ForeignKey("account.id"))
    # Of a no: the second officer who agreed. `decided_by_id` is who proposed it.
    agreed_by_id: Mapped[int | None] = mapped_column(ForeignKey("account.id"))
    # Where the child was to be told: the day on which it happened.
    child_told_on: Mapped[date | None]
