"""The day of an event that happens by letter: for a letter by post, the day on which it is posted.

Until then the event stands and its day is open: nothing counts from it and it meets no clock.
"""

from datetime import date

from sqlalchemy import select

from portal.cases import counting, remedy_dates
from portal.procedures.clocks import BY_LETTER
from portal.procedures.state import ANSWER_GIVEN, Event
from portal.records.case import Case, CaseStage
from portal.records.case_event import CaseEvent
from portal.records.outbox_letter import LetterState, OutboxLetter
from portal.work import Work

NOT_POSTED, POSTED = "not_posted", "posted"


def wait_for_post(work: Work, row: CaseEvent, letter: OutboxLetter) -> None:
    """Leave an event's day open where its letter waits to be posted; else do nothing.

    Args:
        work: the open act.
        row: the event, with its letter.
        letter: the letter, as the outbox took it.
    """
    if letter.state is not LetterState.TO_POST or row.event not in BY_LETTER:
        return
    case, stage = _places(work, row)
    _forget_move(stage, row)
    _open_day(work, case, stage, row)


def take_back(work: Work, letter: OutboxLetter) -> CaseEvent | None:
    """Open the day of a letter's event again: the letter was not posted after all.

    Args:
        work: the open act. The letter is in the print queue again.
        letter: the letter.

    Returns:
        The event; None for a letter that no event has its day from.
    """
    row = _event_of(work, letter)
    if row is not None:
        case, stage = _places(work, row)
        _open_day(work, case, stage, row)
    return row


def _open_day(work: Work, case: Case, stage: CaseStage, row: CaseEvent) -> None:
    row.details = {name: value for name, value in row.details.items() if name != counting.TOO_LATE}
    if row.event is Event.ACKNOWLEDGED:
        case.acknowledged_on = None
    if _answers(row):
        stage.answered_on = None
        remedy_dates.date_anew(work, stage, row, None)
    counting.recount(work, case, stage, NOT_POSTED)


def count_from(work: Work, letter: OutboxLetter, on: date) -> CaseEvent | None:
    """Give the event of a letter the day on which the letter was posted.

    Args:
        work: the open act. The letter is no longer in the print queue.
        letter: the letter.
        on: the day.

    Returns:
        The event; None for a letter that no event has its day from.
    """
    row = _event_of(work, letter)
    if row is None:
        return None
    case, stage = _places(work, row)
    row.on = on
    if row.event is Event.ACKNOWLEDGED:
        case.acknowledged_on = on
    elif row.event is Event.EXTENDED and on > stage.due_on:
        # A late letter never moves a date.
        row.details = {**row.details, counting.TOO_LATE: True}
    if _answers(row):
        stage.answered_on = on
        stage.ended_on = None
        remedy_dates.date_anew(work, stage, row, on)
    counting.recount(work, case, stage, POSTED)
    return row


def _event_of(work: Work, letter: OutboxLetter) -> CaseEvent | None:
    work.session.flush()
    wanted = select(CaseEvent).where(
        CaseEvent.letter_id == letter.id, CaseEvent.event.in_(BY_LETTER)
    )
    return work.session.scalar(wanted)


def _forget_move(stage: CaseStage, row: CaseEvent) -> None:
    """Undo what this act has just counted as if the letter had gone: it moved nothing yet."""
    moves = stage.working.get("recalculations", [])
    if moves and moves[-1]["why"] == row.event.value:
        stage.due_on = date.fromisoformat(moves[-1]["due_before"])
        stage.working = {**stage.working, "recalculations": moves[:-1]}


def _places(work: Work, row: CaseEvent) -> tuple[Case, CaseStage]:
    case = work.session.get_one(Case, row.case_id)
    work.session.refresh(case, with_for_update=True)
    return case, work.session.get_one(CaseStage, row.stage_id)


def _answers(row: CaseEvent) -> bool:
    return row.to_state in ANSWER_GIVEN and row.from_state not in ANSWER_GIVEN
