"""A case, its stages and their clocks: what an officer opened, and the dates it must keep."""

from datetime import date, datetime
from enum import StrEnum
from typing import Any

from sqlalchemy import ForeignKey, Index, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from portal.db import Record
from portal.procedures.procedure import Track
from portal.procedures.state import State
from portal.procedures.vocabulary import Area, Category, ProcedureCode, Risk, Team


class CaseState(StrEnum):
    """Open until everything promised is done."""

    OPEN = "open"
    CLOSED = "closed"


class Case(Record):
    """One case; it shares the reference of the feedback that it came from. Feedback that belongs
    to two procedures becomes two parts with one reference; part 1 is the first."""

    __tablename__ = "case"
    __table_args__ = (
        Index("ix_case_state_team", "state", "team"),
        UniqueConstraint("feedback_id", "part"),
        # What the search is narrowed by, each with the matters that it finds.
        Index("ix_case_procedure", "procedure", "feedback_id"),
        Index("ix_case_area", "area", "feedback_id"),
        Index("ix_case_team", "team", "feedback_id"),
        Index("ix_case_stage_key", "stage_key", "feedback_id"),
        Index("ix_case_procedure_state", "procedure_state", "feedback_id"),
        Index("ix_case_closed_at", "closed_at", "feedback_id"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    feedback_id: Mapped[int] = mapped_column(ForeignKey("feedback.id", ondelete="CASCADE"))
    part: Mapped[int] = mapped_column(default=1)
    category: Mapped[Category]
    procedure: Mapped[ProcedureCode]
    # What it runs on, where category and procedure do not tell (`procedures.procedure.CHOSEN`).
    chosen_track: Mapped[Track | None]
    area: Mapped[Area]
    team: Mapped[Team]
    risk: Mapped[Risk]
    state: Mapped[CaseState] = mapped_column(default=CaseState.OPEN)
    # Where it stands in its procedure, and at which stage. Written by cases/happening.py alone.
    procedure_state: Mapped[State]
    stage_key: Mapped[str]
    opened_at: Mapped[datetime]
    opened_on: Mapped[date] = mapped_column(index=True)
    opened_by_id: Mapped[int] = mapped_column(ForeignKey("account.id"))
    # The named officer: whom the person can ask for, and whose desk it is on.
    officer_id: Mapped[int] = mapped_column(ForeignKey("account.id"), index=True)
    acknowledged_on: Mapped[date | None]
    # A part about another child than the one whose matter it is: closed to whom that one let in.
    other_child: Mapped[bool] = mapped_column(default=False)
    closed_at: Mapped[datetime | None]
    # Since when something that was handed in from outside waits for the office to look.
    handed_in_at: Mapped[datetime | None]
    # Since when a conflict of interest that somebody appointed told us of waits in the same way.
    conflict_at: Mapped[datetime | None]
    version: Mapped[int] = mapped_column(default=1)

    __mapper_args__ = {"version_id_col": version}


class CaseStage(Record):
    """One stage of a case, under the timescale profile that was in force when it opened."""

    __tablename__ = "case_stage"
    __table_args__ = (Index("ix_case_stage_answered_on_due_on", "answered_on", "due_on"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    case_id: Mapped[int] = mapped_column(ForeignKey("case.id", ondelete="CASCADE"), index=True)
    key: Mapped[str]
    profile: Mapped[str]
    opened_on: Mapped[date]
    starts: Mapped[str]
    start_on: Mapped[date]
    due_on: Mapped[date]
    first_due_on: Mapped[date]
    # The date's working: days skipped and why, calendar version. Shown wherever the date is.
    working: Mapped[dict[str, Any]]
    answered_on: Mapped[date | None]
    # It ended otherwise: taken back, moved to the other procedure, skipped, refused.
    ended_on: Mapped[date | None]


class CaseClock(Record):
    """One clock of a stage, counted anew from what has happened each time something does.

    `reading` tells apart two ways of counting the same clock, such as stage 2 from the request and
    from the agreed statement. `due_on` holds extensions; `adjusted_on` allows for a pause and is
    what was agreed with the person, never what is reported.
    """

    __tablename__ = "case_clock"
    __table_args__ = (
        UniqueConstraint("stage_id", "key", "reading"),
        Index("ix_case_clock_met_on_due_on", "met_on", "due_on"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    stage_id: Mapped[int] = mapped_column(ForeignKey("case_stage.id", ondelete="CASCADE"))
    key: Mapped[str]
    reading: Mapped[str]
    starts: Mapped[str]
    start_on: Mapped[date]
    due_on: Mapped[date]
    first_due_on: Mapped[date]
    latest_on: Mapped[date | None]
    adjusted_on: Mapped[date | None]
    met_on: Mapped[date | None]
    soft: Mapped[bool]
    working: Mapped[dict[str, Any]]
