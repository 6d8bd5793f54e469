"""A case and its stages: what an officer opened, and the dates it must keep."""

from datetime import date, datetime
from enum import StrEnum
from typing import Any

from sqlalchemy import ForeignKey, Index
from sqlalchemy.orm import Mapped, mapped_column

from portal.db import Record
from portal.procedures.vocabulary import Area, Category, ProcedureCode, Risk, Team


class CaseState(StrEnum):
    """Open until everything promised is done."""

    OPEN = "open"
    CLOSED = "closed"


class Case(Record):
    """One case; it shares the reference of the feedback that it came from."""

    __tablename__ = "case"
    __table_args__ = (Index("ix_case_state_team", "state", "team"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    feedback_id: Mapped[int] = mapped_column(
        ForeignKey("feedback.id", ondelete="CASCADE"), unique=True
    )
    category: Mapped[Category]
    procedure: Mapped[ProcedureCode]
    area: Mapped[Area]
    team: Mapped[Team]
    risk: Mapped[Risk]
    state: Mapped[CaseState] = mapped_column(default=CaseState.OPEN)
    opened_at: Mapped[datetime]
    opened_on: Mapped[date] = mapped_column(index=True)
    opened_by_id: Mapped[int] = mapped_column(ForeignKey("account.id"))
    # The named officer: whom the person can ask for, and whose desk it is on.
    officer_id: Mapped[int] = mapped_column(ForeignKey("account.id"), index=True)
    acknowledged_on: Mapped[date | None]
    closed_at: Mapped[datetime | None]
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
