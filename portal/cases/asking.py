"""What a person may ask for in their own case: the next stage, and to take it back.

Any words count, and none are needed. On the statutory route nothing refuses a request: it opens
the next stage on the day it comes, or is kept until the present one runs out.
"""

from dataclasses import dataclass
from datetime import date

from sqlalchemy.orm import Session

from portal.cases import event_facts, event_letters, gathering, happening
from portal.council import Council
from portal.procedures.facts import Facts, Given
from portal.procedures.procedure import StageKey
from portal.procedures.state import RUNNING, Doer, Event
from portal.procedures.transitions import transition, unmet
from portal.records.case_event import CaseEvent
from portal.records.feedback import Feedback
from portal.work import Work

# In the order in which they are tried: of the two requests only one has its place at a time.
REQUESTS = (Event.NEXT_STAGE_ASKED, Event.NEXT_STAGE_ASKED_EARLY)


@dataclass(frozen=True)
class Askable:
    """What the person may ask for now, at the stage where the case is.

    `request` opens the next stage or keeps the request for it; None where there is none. `ask_by`
    is the day by which it is best asked for, as our letter says it; a later one counts all the
    same. `waits` says that an earlier request is kept. `withdrawal_waits` says that they asked us
    to stop.
    """

    stage: StageKey
    request: Event | None
    next_stage: StageKey | None
    waits: bool
    may_stop: bool
    withdrawal_waits: bool
    ask_by: date | None = None


def askable(
    session: Session, council: Council, feedback: Feedback, today: date, part: int = 1
) -> Askable | None:
    """Say what the person may ask for; None where there is no case.

    Args:
        session: any session.
        council: for its stages.
        feedback: the matter.
        today: against which a stage has run out.
        part: which part of the matter.
    """
    case = gathering.case_of(session, feedback, part)
    if case is None:
        return None
    facts = gathering.facts_of(session, council, case, today)
    request, by = _request(facts), None
    if request is Event.NEXT_STAGE_ASKED:
        by = event_facts.ask_by(session, gathering.current_stage(session, case))
    return Askable(
        stage=facts.stage,
        request=request,
        next_stage=facts.next_stage,
        waits=facts.request_waits,
        may_stop=transition(facts.track, facts.state, Event.WITHDRAWAL_ASKED, facts.stage)
        is not None,
        withdrawal_waits=facts.withdrawal_waits,
        ask_by=by,
    )


def ask_for_next(
    work: Work, feedback: Feedback, stage: str, words: str, part: int = 1
) -> CaseEvent:
    """Record the person's request for the next stage on the day it comes.

    Args:
        work: the open act.
        feedback: the matter.
        stage: at which the case was when they read the page: pressing twice must not ask for the
            stage after the next.
        words: what they say; they need say nothing.
        part: which part of the matter.

    Returns:
        The event: the next stage is open, or the request is kept.

    Raises:
        CannotHappen: there is no next stage, or it was asked for already.
    """
    case = gathering.case_of(work.session, feedback, part)
    if case is None:
        raise happening.CannotHappen
    facts = gathering.facts_of(work.session, work.council, case, work.today)
    event = _request(facts)
    if event is None or stage != facts.stage.value:
        raise happening.CannotHappen
    given = Given(on=work.today, by=Doer.PERSON, words=words)
    row = happening.happen(work, case, event, given)
    event_letters.send(work, case, row, automatic=True)
    return row


def ask_to_stop(work: Work, feedback: Feedback, words: str, part: int = 1) -> CaseEvent:
    """Record that the person wants to take it back. An officer talks with them before it ends.

    Raises:
        CannotHappen: it has ended already.
    """
    case = gathering.case_of(work.session, feedback, part)
    if case is None:
        raise happening.CannotHappen
    given = Given(on=work.today, by=Doer.PERSON, words=words)
    return happening.happen(work, case, Event.WITHDRAWAL_ASKED, given)


def take_back_request(work: Work, feedback: Feedback, part: int = 1) -> CaseEvent:
    """Record that the person no longer wants the next stage that they had asked for early.

    Raises:
        CannotHappen, NotYet: no request waits.
    """
    case = gathering.case_of(work.session, feedback, part)
    if case is None:
        raise happening.CannotHappen
    given = Given(on=work.today, by=Doer.PERSON)
    return happening.happen(work, case, Event.REQUEST_TAKEN_BACK, given)


def _request(facts: Facts) -> Event | None:
    if facts.next_stage is None or (facts.request_waits and facts.state in RUNNING):
        return None
    given = Given(on=facts.today, by=Doer.PERSON)
    for event in REQUESTS:
        cell = transition(facts.track, facts.state, event, facts.stage)
        if cell is not None and Doer.PERSON in cell.doers and not unmet(cell, facts, given):
            return event
    return None
