"""What the Ombudsman decided, kept once, and the cases that the decision covers."""

from datetime import datetime

from sqlalchemy import ForeignKey, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from portal.columns import PrivateText
from portal.db import Record
from portal.procedures.ombudsman_decision import Declined, OmbudsmanDecision, Reached


class OmbudsmanMatter(Record):
    """The Ombudsman's own reference and decision, beside the one case in which their letters,
    findings and remedies are worked."""

    __tablename__ = "ombudsman_matter"

    case_id: Mapped[int] = mapped_column(
        ForeignKey("case.id", ondelete="CASCADE"), primary_key=True
    )
    reference: Mapped[str | None] = mapped_column(PrivateText("ombudsman_matter.reference"))
    reached: Mapped[Reached | None]
    decision: Mapped[OmbudsmanDecision | None]
    declined: Mapped[Declined | None]
    public_report: Mapped[bool] = mapped_column(default=False)
    recorded_at: Mapped[datetime]
    recorded_by_id: Mapped[int] = mapped_column(ForeignKey("account.id"))
    version: Mapped[int] = mapped_column(default=1)

    __mapper_args__ = {"version_id_col": version}


class OmbudsmanCover(Record):
    """One case that the Ombudsman's decision is about."""

    __tablename__ = "ombudsman_cover"
    __table_args__ = (UniqueConstraint("matter_id", "case_id"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    public_id: Mapped[str] = mapped_column(unique=True)
    matter_id: Mapped[int] = mapped_column(
        ForeignKey("ombudsman_matter.case_id", ondelete="CASCADE")
    )
    case_id: Mapped[int] = mapped_column(ForeignKey("case.id", ondelete="CASCADE"), index=True)
    added_at: Mapped[datetime]
    added_by_id: Mapped[int] = mapped_column(ForeignKey("account.id"))
