"""Counting a stage's clocks anew from what has happened, and keeping them with the stage."""

from collections.abc import Iterable, Sequence
from datetime import date
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from portal.cases import stages
from portal.matter_rows import CASE_CLOCKS, CASE_STAGES, EVENTS, LETTER
from portal.procedures.clocks import (
    BY_LETTER,
    STARTED_BY,
    THE_PERSONS,
    Extension,
    RunningClock,
    StageEvents,
    opening_event,
)
from portal.procedures.procedure import STAGES, ClockKey, StageKey, StartEvent, Track
from portal.procedures.state import Event
from portal.procedures.statutory import Pause
from portal.procedures.working_days import ONE_DAY
from portal.records.case import Case, CaseClock, CaseStage
from portal.records.case_event import CaseEvent
from portal.records.feedback import Feedback
from portal.records.outbox_letter import LetterState
from portal.work import Work

OPENING = frozenset({Event.NEXT_STAGE_ASKED, Event.STAGE_1_SKIPPED})
UNDOES = {
    Event.REQUEST_TAKEN_BACK: Event.NEXT_STAGE_ASKED_EARLY,
    # The Ombudsman asks again: the answer that went was to the letter before.
    Event.ENQUIRY_RECEIVED: Event.ENQUIRY_ANSWERED,
}
"""What no longer meets a clock once the other has happened."""
NAMES_A_DAY = frozenset({Event.ENQUIRY_RECEIVED, Event.DRAFT_RECEIVED})
TOO_LATE = "posted_too_late"
"""In an extension's details: its letter was posted after the date that it would have moved."""


def recount(work: Work, case: Case, stage: CaseStage, why: str) -> bool:
    """Count a stage from its events and keep what came out.

    Args:
        work: the open act; the event that changes something is added already.
        case: the stage's case.
        stage: the stage.
        why: a code that stands beside a date that moved, such as `extended`.

    Returns:
        Whether the stage's date moved.

    Raises:
        LookupError: the council's file no longer has the stage's profile.
    """
    work.session.flush()
    track = stages.profile_of(work.council, stage).track
    events = events_of(work.session, case, stage, track)
    return count(work, stage, events, CASE_CLOCKS.of(work.session, stage.id), why)


def count(
    work: Work, stage: CaseStage, events: StageEvents, had: Iterable[CaseClock], why: str
) -> bool:
    """Count a stage from what has happened in it, and keep what came out.

    Args:
        work: the open act. Nothing is asked of its database.
        stage: the stage.
        events: what has happened in it.
        had: the clocks that it has.
        why: as in `recount`.

    Returns:
        Whether the stage's date moved.

    Raises:
        LookupError: the council's file no longer has the stage's profile.
    """
    profile = stages.profile_of(work.council, stage)
    planned = stages.plan_in(profile, StageKey(stage.key), events, work.council.calendar)
    moved = stages.recalculate(stage, planned, work.today, why)
    _write(work.session, stage, planned.clocks, had)
    if profile.track is Track.OMBUDSMAN:
        # Between two letters of the Ombudsman the council owes nothing, and is not late with it.
        stage.answered_on = planned.answer.met_on
    return moved


def still_open(session: Session, case: Case) -> list[CaseClock]:
    """The clocks that the council has yet to meet: of a stage that runs, and not the person's own
    time. One that was never met while its stage ran is late for good, not open.

    Args:
        session: any session, flushed.
        case: the case.
    """
    wanted = (
        select(CaseClock)
        .join(CaseStage, CaseStage.id == CaseClock.stage_id)
        .where(
            CaseStage.case_id == case.id,
            CaseStage.answered_on.is_(None),
            CaseStage.ended_on.is_(None),
            CaseClock.met_on.is_(None),
            CaseClock.key.not_in([key.value for key in THE_PERSONS]),
        )
        .order_by(CaseClock.due_on, CaseClock.id)
    )
    return list(session.scalars(wanted))


def keep(session: Session, stage: CaseStage, clocks: tuple[RunningClock, ...]) -> None:
    """Write a stage's clocks, over those that it had."""
    session.flush()
    _write(session, stage, clocks, CASE_CLOCKS.of(session, stage.id))


def _write(
    session: Session,
    stage: CaseStage,
    clocks: tuple[RunningClock, ...],
    had: Iterable[CaseClock],
) -> None:
    left = {(row.key, row.reading): row for row in had}
    for clock in clocks:
        row = left.pop((clock.key.value, clock.reading), None)
        if row is None:
            row = CaseClock(stage_id=stage.id, first_due_on=clock.deadline.due)
            session.add(row)
        fill(row, clock)
    for row in left.values():
        session.delete(row)


def events_of(session: Session, case: Case, stage: CaseStage, track: Track) -> StageEvents:
    """Read what has happened in a stage, as its clocks need it.

    Args:
        session: any session, flushed.
        case: the case.
        stage: one of its stages.
        track: what the stage runs on.
    """
    here = [event for event in EVENTS.of(session, case.id) if event.stage_id == stage.id]
    rows = [event for event in here if not lies_here(session, event)]
    received_on = None
    if _is_first(stage):
        received_on = session.get_one(Feedback, case.feedback_id).received_on
    return as_events(case, stage, track, rows, received_on, CASE_STAGES.of(session, case.id))


def as_events(
    case: Case,
    stage: CaseStage,
    track: Track,
    rows: Sequence[Any],
    received_on: date | None,
    every: Iterable[CaseStage],
) -> StageEvents:
    """What has happened in a stage, from rows that are read already.

    Args:
        case: the case.
        stage: one of its stages.
        track: what the stage runs on.
        rows: what happened in the stage, in order, without what has no day yet (`lies_here`).
        received_on: the day its matter came in; a stage that was asked for needs none.
        every: the stages of the case, in order.
    """
    started = _first_days(case, stage, track, received_on)
    met: dict[Event, date] = {}
    if _is_first(stage) and case.acknowledged_on is not None:
        # The letter may have gone before the case was moved to this procedure.
        met[Event.ACKNOWLEDGED] = case.acknowledged_on
    for row in rows:
        if row.event in OPENING:
            continue
        met.setdefault(row.event, row.on)
        if row.event in UNDOES:
            met.pop(UNDOES[row.event], None)
        if row.event in STARTED_BY:
            started.setdefault(STARTED_BY[row.event], row.on)
    met.update(_asked_for_next(stage, track, every))
    return StageEvents(
        started=started,
        met=met,
        extensions=tuple(
            _extension(row)
            for row in rows
            if row.event is Event.EXTENDED and TOO_LATE not in row.details
        ),
        pauses=_pauses(rows),
        named=_named(rows),
    )


def lies_here(session: Session, event: CaseEvent) -> bool:
    """Whether something has its day from a letter that was written and has not been posted: it has
    none yet.

    Args:
        session: any session.
        event: what happened.
    """
    if event.letter_id is None or event.event not in BY_LETTER:
        return False
    letter = LETTER.first(session, event.letter_id)
    return letter is not None and letter.state is LetterState.TO_POST


def _first_days(
    case: Case, stage: CaseStage, track: Track, received_on: date | None
) -> dict[StartEvent, date]:
    """What started a stage: its receipt, or the request that opened it."""
    if not _is_first(stage):
        return {opening_event(track, StageKey(stage.key)): stage.opened_on}
    assert received_on is not None, "A first stage counts from the day its matter came in."
    started = {StartEvent.RECEIVED: received_on, StartEvent.ACCEPTED: case.opened_on}
    if case.acknowledged_on is not None:
        started[StartEvent.ACKNOWLEDGED] = case.acknowledged_on
    return started


def _is_first(stage: CaseStage) -> bool:
    return StageKey(stage.key) not in (StageKey.STAGE_2, StageKey.STAGE_3)


def _asked_for_next(
    stage: CaseStage, track: Track, every: Iterable[CaseStage]
) -> dict[Event, date]:
    """The request for the next stage belongs to the stage that it opened, and meets the window of
    the one before. A stage of another procedure, to which the case was moved, is no next one."""
    later = STAGES[track][STAGES[track].index(StageKey(stage.key)) + 1 :]
    asked = next((one for one in every if one.id > stage.id and one.key in later), None)
    return {} if asked is None else {Event.NEXT_STAGE_ASKED: asked.opened_on}


def _extension(row: CaseEvent) -> Extension:
    return Extension(
        ClockKey(row.details["clock"]), date.fromisoformat(row.details["new_date"]), row.on
    )


def _pauses(rows: Any) -> tuple[Pause, ...]:
    found: list[Pause] = []
    for row in rows:
        if row.event is Event.PAUSED:
            found.append(Pause(row.on, None))
        elif row.event is Event.RESUMED and found and found[-1].last_day is None:
            # The day on which it goes on counts again.
            last = max(found[-1].first_day, row.on - ONE_DAY)
            found[-1] = Pause(found[-1].first_day, last)
    return tuple(found)


def _named(rows: Any) -> dict[ClockKey, date]:
    return {
        ClockKey(row.details["clock"]): date.fromisoformat(row.details["new_date"])
        for row in rows
        if row.event in NAMES_A_DAY and "new_date" in row.details
    }


def fill(row: CaseClock, clock: RunningClock) -> None:
    """Write a clock into its row; the first date and the stage are the caller's."""
    row.key, row.reading = clock.key.value, clock.reading
    row.starts, row.start_on = clock.rule.starts.value, clock.deadline.start
    row.due_on, row.latest_on, row.adjusted_on = clock.due, clock.latest, clock.adjusted
    row.met_on, row.soft = clock.met_on, clock.rule.soft
    row.working = clock.as_json()
