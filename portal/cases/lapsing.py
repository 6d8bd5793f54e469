"""What follows when statutory stage 1 runs out: the person is told that they may ask for stage 2,
or has it already, because they asked before.

The lapse itself is unverified (guidance of 2006, 3.5; reference/procedures.md 2.2). Telling people
of a right costs nothing where it turns out that they had it anyway.
"""

from datetime import date

from sqlalchemy import or_, select
from sqlalchemy.orm import Session

from portal.cases import event_letters, gathering, happening
from portal.cases.happening import CannotHappen, NotYet
from portal.procedures.facts import Given
from portal.procedures.procedure import StageKey
from portal.procedures.state import Doer, Event, State
from portal.procedures.vocabulary import Category, ProcedureCode
from portal.procedures.working_days import ONE_DAY
from portal.records.case import Case, CaseStage, CaseState
from portal.records.case_event import CaseEvent
from portal.work import Work

ASKED_BEFORE = (Event.NEXT_STAGE_ASKED_EARLY, Event.REROUTED)


def lapsed(session: Session, today: date) -> list[int]:
    """The cases whose statutory stage 1 has run out and has not been seen to.

    Args:
        session: any session.
        today: a stage that is due today has not run out.

    Returns:
        Keys of cases, the longest waiting first. One that may have an earlier request is among
        them even where the person was told: `attend` knows.
    """
    told = (
        select(CaseEvent.id)
        .where(CaseEvent.stage_id == CaseStage.id, CaseEvent.event == Event.LAPSE_TOLD)
        .exists()
    )
    asked = (
        select(CaseEvent.id)
        .where(CaseEvent.case_id == Case.id, CaseEvent.event.in_(ASKED_BEFORE))
        .exists()
    )
    wanted = (
        select(Case.id)
        .join(CaseStage, CaseStage.case_id == Case.id)
        .where(
            Case.state == CaseState.OPEN,
            Case.category == Category.COMPLAINT,
            Case.procedure == ProcedureCode.STATUTORY,
            Case.procedure_state == State.ANSWERING,
            Case.stage_key == StageKey.STAGE_1.value,
            CaseStage.key == StageKey.STAGE_1.value,
            CaseStage.answered_on.is_(None),
            CaseStage.ended_on.is_(None),
            CaseStage.due_on < today,
            or_(~told, asked),
        )
        .order_by(CaseStage.due_on, Case.id)
    )
    return list(session.scalars(wanted))


def attend(work: Work, case: Case) -> CaseEvent | None:
    """Open the stage 2 that somebody asked for early, or tell them that they may ask.

    An early request opens on the first day after stage 1 ran out, whenever this is run, so that a
    night on which nothing ran takes no day from anybody.

    Args:
        work: the open act, of the worker.
        case: one of `lapsed`.

    Returns:
        What happened, its letter in the outbox; None where somebody was quicker or nothing is to
        be done.
    """
    facts = gathering.facts_of(work.session, work.council, case, work.today)
    if facts.due_on is None:
        return None
    # Whoever asks to take all of it back is answered first.
    if facts.request_waits and not facts.withdrawal_waits:
        event, on = Event.NEXT_STAGE_ASKED, facts.due_on + ONE_DAY
    elif Event.LAPSE_TOLD not in facts.happened:
        event, on = Event.LAPSE_TOLD, work.today
    else:
        return None
    try:
        row = happening.happen(work, case, event, Given(on=on, by=Doer.WORKER))
    except (CannotHappen, NotYet):
        return None
    event_letters.send(work, case, row, automatic=True)
    return row
