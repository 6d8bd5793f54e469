"""To which manager a case was given to answer: asked, accepted or handed back, each kept."""

from datetime import date, datetime
from enum import StrEnum

from sqlalchemy import ForeignKey, Index
from sqlalchemy.orm import Mapped, mapped_column

from portal.columns import PrivateText
from portal.db import Record


class AllocationState(StrEnum):
    """What became of it. `ended`: it was given to somebody else, or they may not have it any
    more."""

    ASKED = "asked"
    ACCEPTED = "accepted"
    HANDED_BACK = "handed_back"
    ENDED = "ended"


STANDS = (AllocationState.ASKED, AllocationState.ACCEPTED)
"""Whoever has a case in one of these states has its answer to write."""


class Allocation(Record):
    """One case, or part of one, given to one manager. A row is never changed into another's: the
    history of who had it stays."""

    __tablename__ = "allocation"
    __table_args__ = (
        Index("ix_allocation_case_id_id", "case_id", "id"),
        Index("ix_allocation_account_id_state", "account_id", "state"),
        Index("ix_allocation_state_accept_by", "state", "accept_by"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    public_id: Mapped[str] = mapped_column(unique=True)
    case_id: Mapped[int] = mapped_column(ForeignKey("case.id", ondelete="CASCADE"))
    account_id: Mapped[int] = mapped_column(ForeignKey("account.id", ondelete="CASCADE"))
    state: Mapped[AllocationState] = mapped_column(default=AllocationState.ASKED)
    allocated_at: Mapped[datetime]
    allocated_on: Mapped[date]
    allocated_by_id: Mapped[int] = mapped_column(ForeignKey("account.id"))
    accept_by: Mapped[date]
    answered_at: Mapped[datetime | None]
    # Why it was handed back.
    reason: Mapped[str | None] = mapped_column(PrivateText("allocation.reason"))
    ended_at: Mapped[datetime | None]
    # The day of the latest reminder that nobody has said yes or no.
    chased_on: Mapped[date | None]
    version: Mapped[int] = mapped_column(default=1)

    __mapper_args__ = {"version_id_col": version}
