"""The next date of an open case, as conditions of a query: what the list of cases is ordered by."""

from datetime import date
from typing import Any

from sqlalchemy import and_, case, func, or_, select
from sqlalchemy.orm import Session

from portal.matter_rows import CASE_CLOCKS, CASE_STAGES
from portal.procedures.procedure import ClockKey, StartEvent
from portal.records.case import Case, CaseClock, CaseStage

_STARTS_WITH_LETTER = and_(
    Case.acknowledged_on.is_(None), CaseStage.starts == StartEvent.ACKNOWLEDGED.value
)
# About personal data the letter has a day of its own, and starts nothing.
_LETTER_BY = (
    select(func.min(CaseClock.due_on))
    .where(
        CaseClock.stage_id == CaseStage.id,
        CaseClock.key == ClockKey.ACKNOWLEDGE.value,
        CaseClock.met_on.is_(None),
    )
    .correlate(CaseStage)
    .scalar_subquery()
)
OWES_LETTER = or_(_STARTS_WITH_LETTER, _LETTER_BY.is_not(None))
"""The next thing that the council owes is the acknowledgement."""

# A stage that waits for the letter starts, for now, on the last day for it: so that is the day.
NEXT_DUE = case(
    (_STARTS_WITH_LETTER, CaseStage.start_on), else_=func.coalesce(_LETTER_BY, CaseStage.due_on)
)
"""The day of what is owed next."""


def next_due_of(session: Session, found: Case) -> date | None:
    """The same day for one case, from its rows.

    Args:
        session: any session.
        found: the case.
    """
    running = [
        stage
        for stage in CASE_STAGES.of(session, found.id)
        if stage.answered_on is None and stage.ended_on is None
    ]
    if not running:
        return None
    stage = running[-1]
    if found.acknowledged_on is None and stage.starts == StartEvent.ACKNOWLEDGED.value:
        return stage.start_on
    letter_by = [
        clock.due_on
        for clock in CASE_CLOCKS.of(session, stage.id)
        if clock.key == ClockKey.ACKNOWLEDGE.value and clock.met_on is None
    ]
    return min(letter_by, default=stage.due_on)


def with_open_stage(wanted: Any) -> Any:
    """Join a query over cases with the stage that runs in each.

    Of several stages only the latest runs; an answered stage has no next date.
    """
    latest = (
        select(func.max(CaseStage.id))
        .where(
            CaseStage.case_id == Case.id,
            CaseStage.answered_on.is_(None),
            CaseStage.ended_on.is_(None),
        )
        .correlate(Case)
        .scalar_subquery()
    )
    return wanted.outerjoin(CaseStage, CaseStage.id == latest)
