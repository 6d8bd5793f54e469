"""What an officer decided, beside what was suggested."""

from datetime import date, datetime
from enum import StrEnum

from sqlalchemy import ForeignKey, Index
from sqlalchemy.orm import Mapped, mapped_column

from portal.columns import PrivateText
from portal.db import Record
from portal.procedures.procedure import Track
from portal.procedures.refusal import RefusalReason
from portal.procedures.vocabulary import (
    Area,
    Category,
    Nature,
    ProcedureCode,
    Relationship,
    Risk,
    Team,
)


class Outcome(StrEnum):
    """The one of four things that confirming does."""

    CASE_OPENED = "case_opened"
    THANKED = "thanked"
    PASSED_ON = "passed_on"
    DECLINED = "declined"
    LINKED = "linked"


class Sight(StrEnum):
    """Whether a suggestion was in view when an officer decided."""

    SHOWN = "shown"
    # By lot: it is shown once the decision is stored, so that it cannot have swayed anybody.
    BLIND = "blind"
    # There was none yet, it had failed, or suggestions were switched off.
    NONE = "none"


# What the search is narrowed by.
FOUND_BY = (
    "category", "area", "team", "procedure", "relationship", "risk", "nature", "outcome", "reason",
)  # fmt: skip


class Decision(Record):
    """One officer's decision on one feedback. Made once; later changes are further acts."""

    __tablename__ = "decision"
    # Each with the matters that it finds.
    __table_args__ = tuple(Index(f"ix_decision_{name}", name, "feedback_id") for name in FOUND_BY)

    id: Mapped[int] = mapped_column(primary_key=True)
    feedback_id: Mapped[int] = mapped_column(
        ForeignKey("feedback.id", ondelete="CASCADE"), unique=True
    )
    suggestion_id: Mapped[int | None] = mapped_column(
        ForeignKey("suggestion.id", ondelete="SET NULL"), index=True
    )
    decided_at: Mapped[datetime]
    decided_by_id: Mapped[int] = mapped_column(ForeignKey("account.id"))
    outcome: Mapped[Outcome]
    category: Mapped[Category]
    area: Mapped[Area]
    team: Mapped[Team]
    procedure: Mapped[ProcedureCode]
    # Whether an MP or a member of the council enquires, or that it is about personal data.
    chosen_track: Mapped[Track | None]
    nature: Mapped[Nature | None]
    relationship: Mapped[Relationship]
    risk: Mapped[Risk]
    reason: Mapped[RefusalReason | None]
    explanation: Mapped[str | None] = mapped_column(PrivateText("decision.explanation"))
    linked_to_id: Mapped[int | None] = mapped_column(
        ForeignKey("feedback.id", ondelete="SET NULL"), index=True
    )
    # Field names in which the officer differed from the suggestion: what the classifier learns by.
    changed: Mapped[list[str]]
    sight: Mapped[Sight] = mapped_column(default=Sight.NONE)
    # Of a no: the second officer, who agreed on the moment of the decision. `decided_by_id` is who
    # proposed it.
    agreed_by_id: Mapped[int | None] = mapped_column(ForeignKey("account.id"))
    # Who first came to an answer on it, and when: earlier than the decision where it was sent back.
    screened_on: Mapped[date | None]
    screened_by_id: Mapped[int | None] = mapped_column(ForeignKey("account.id"))
    # What it rests on, and what follows: `portal.procedures.screening` says what each answer needs.
    consulted: Mapped[str | None] = mapped_column(PrivateText("decision.consulted"))
    consulted_on: Mapped[date | None]
    evidence: Mapped[str | None] = mapped_column(PrivateText("decision.evidence"))
    redirected_to: Mapped[str | None] = mapped_column(PrivateText("decision.redirected_to"))
    resubmit_by: Mapped[date | None] = mapped_column(index=True)
    nothing_to_act_on: Mapped[bool] = mapped_column(default=False)
