"""Points of complaint: what the person says went wrong, one by one, with what was found on each."""

from datetime import datetime

from sqlalchemy import ForeignKey, Index, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from portal.columns import PrivateText
from portal.db import Record
from portal.procedures.finding import Finding, Giver, PointState


class Point(Record):
    """One point of complaint. It keeps its number through every stage and the Ombudsman."""

    __tablename__ = "point"
    __table_args__ = (UniqueConstraint("case_id", "number"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    public_id: Mapped[str] = mapped_column(unique=True)
    case_id: Mapped[int] = mapped_column(ForeignKey("case.id", ondelete="CASCADE"))
    number: Mapped[int]
    text: Mapped[str] = mapped_column(PrivateText("point.text"))
    state: Mapped[PointState] = mapped_column(default=PointState.DRAFTED)
    # What the person said was wrong with how it was written, until an officer has dealt with it.
    dispute: Mapped[str | None] = mapped_column(PrivateText("point.dispute"))
    # The point into which this one's words went, when points were joined or one was split.
    replaced_by_id: Mapped[int | None] = mapped_column(
        ForeignKey("point.id", ondelete="SET NULL"), index=True
    )
    made_at: Mapped[datetime]
    made_by_id: Mapped[int | None] = mapped_column(ForeignKey("account.id"))
    version: Mapped[int] = mapped_column(default=1)

    __mapper_args__ = {"version_id_col": version}


class PointFinding(Record):
    """What one giver found on one point in one stage; the latest writing of it. It belongs to the
    stage's row, not to its key: a case that moved to the other procedure has two first stages, and
    a point that went into another part was answered in a stage of the part that it came from.

    `resolved` is the person's agreement that the point is settled (regulation 15); `reasons` then
    says what was agreed, and there is no finding.
    """

    __tablename__ = "point_finding"
    __table_args__ = (
        UniqueConstraint("point_id", "stage_id", "giver"),
        Index("ix_point_finding_finding", "finding", "point_id"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    point_id: Mapped[int] = mapped_column(ForeignKey("point.id", ondelete="CASCADE"))
    stage_id: Mapped[int] = mapped_column(
        ForeignKey("case_stage.id", ondelete="CASCADE"), index=True
    )
    giver: Mapped[Giver]
    finding: Mapped[Finding | None]
    resolved: Mapped[bool] = mapped_column(default=False)
    reasons: Mapped[str | None] = mapped_column(PrivateText("point_finding.reasons"))
    written_at: Mapped[datetime]
    written_by_id: Mapped[int] = mapped_column(ForeignKey("account.id"))
    version: Mapped[int] = mapped_column(default=1)

    __mapper_args__ = {"version_id_col": version}
