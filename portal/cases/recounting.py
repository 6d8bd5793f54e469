"""Counting every open case anew, from rows that are read in one go: a day off moves many dates."""

from collections import defaultdict
from collections.abc import Iterator
from datetime import date
from typing import Any

from sqlalchemy import Select, select
from sqlalchemy.orm import Session

from portal.cases import counting, stages
from portal.procedures.clocks import BY_LETTER
from portal.records.case import Case, CaseClock, CaseStage, CaseState
from portal.records.case_event import CaseEvent
from portal.records.feedback import Feedback
from portal.records.outbox_letter import LetterState, OutboxLetter
from portal.work import Work

Moved = tuple[Case, CaseStage, date]
"""A case, its present stage, and the date that this had before."""


def recount_open(work: Work, why: str) -> Iterator[Moved]:
    """Count the present stage of every open case and keep what comes out, as `counting.recount`
    does for one.

    Args:
        work: the open act, flushed.
        why: a code that stands beside a date that moved.

    Yields:
        Each stage of which the date moved.

    Raises:
        LookupError: the council's file no longer has a stage's profile.
    """
    every, clocks = _stages(work.session), _clocks(work.session)
    events = _events(work.session)
    wanted = select(Case, Feedback.received_on).join(Feedback, Feedback.id == Case.feedback_id)
    opened = wanted.where(Case.state == CaseState.OPEN).order_by(Case.id)
    for case, received_on in work.session.execute(opened).all():
        # As `gathering.current_stage` has it.
        stage = [one for one in every[case.id] if one.key == case.stage_key][-1]
        track, before = stages.profile_of(work.council, stage).track, stage.due_on
        happened = counting.as_events(
            case, stage, track, events[stage.id], received_on, every[case.id]
        )
        if counting.count(work, stage, happened, clocks[stage.id], why):
            yield case, stage, before


def _stages(session: Session) -> dict[int, list[CaseStage]]:
    """The stages of each open case, in order."""
    found = defaultdict(list)
    for stage in session.scalars(_of_open(select(CaseStage)).order_by(CaseStage.id)):
        found[stage.case_id].append(stage)
    return found


def _clocks(session: Session) -> dict[int, list[CaseClock]]:
    """The clocks of the stages at which open cases are."""
    found = defaultdict(list)
    wanted = _of_open(select(CaseClock).join(CaseStage, CaseStage.id == CaseClock.stage_id))
    for clock in session.scalars(wanted.where(CaseStage.key == Case.stage_key)):
        found[clock.stage_id].append(clock)
    return found


def _events(session: Session) -> dict[int, list[Any]]:
    """What happened in the stages at which open cases are, without anybody's words, and without
    what waits to be posted (`counting.lies_here`)."""
    wanted = _of_open(
        select(
            CaseEvent.stage_id, CaseEvent.event, CaseEvent.on, CaseEvent.details,
            OutboxLetter.state,
        )
        .join(CaseStage, CaseStage.id == CaseEvent.stage_id)
        .outerjoin(OutboxLetter, OutboxLetter.id == CaseEvent.letter_id)
    ).where(CaseStage.key == Case.stage_key)  # fmt: skip
    found = defaultdict(list)
    for row in session.execute(wanted.order_by(CaseEvent.id)):
        if row.state is not LetterState.TO_POST or row.event not in BY_LETTER:
            found[row.stage_id].append(row)
    return found


def _of_open(wanted: Select[Any]) -> Select[Any]:
    """Narrow what is read of stages to those of open cases."""
    return wanted.join(Case, Case.id == CaseStage.case_id).where(Case.state == CaseState.OPEN)
