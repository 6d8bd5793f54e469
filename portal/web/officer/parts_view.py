"""The parts of a matter side by side, and whether they may be answered by one letter."""

from dataclasses import dataclass
from datetime import date

from sqlalchemy.orm import Session

from portal.cases import gathering, parting, routing
from portal.council import Council
from portal.procedures.procedure import StageKey
from portal.procedures.state import RUNNING, State
from portal.procedures.vocabulary import ProcedureCode, Team
from portal.procedures.working_days import relative_words
from portal.records.case import Case
from portal.records.feedback import Feedback


@dataclass(frozen=True)
class PartLine:
    """One part: how it is dealt with, by whom, where it stands, and its date while one runs."""

    part: int
    procedure: ProcedureCode
    team: Team
    stage_name: str
    state: State
    due_on: date | None
    relative: str
    late: bool


def parts(
    session: Session, council: Council, feedback: Feedback, today: date
) -> tuple[PartLine, ...]:
    """Every part of a matter, in the order in which they were made.

    Args:
        session: any session.
        council: for the stages' names and the days off.
        feedback: the matter.
        today: against which a date is late.
    """
    return tuple(_line(session, council, case, today) for case in parting.parts(session, feedback))


def goes_apart(session: Session, feedback: Feedback) -> bool:
    """Whether the rules, as an officer worked them out, send points of this matter more than one
    way, and nobody has split it.

    Args:
        session: any session.
        feedback: the matter.
    """
    worked_out = routing.latest(session, feedback)
    if worked_out is None or len(parting.parts(session, feedback)) > 1:
        return False
    return len({one.split(":")[1] for one in worked_out.concluded}) > 1


def _line(session: Session, council: Council, case: Case, today: date) -> PartLine:
    stage = gathering.current_stage(session, case)
    runs = case.procedure_state in RUNNING
    return PartLine(
        part=case.part,
        procedure=case.procedure,
        team=case.team,
        stage_name=council.stage_name(gathering.track_for(case), StageKey(stage.key)),
        state=case.procedure_state,
        due_on=stage.due_on if runs else None,
        relative=relative_words(stage.due_on, today, council.calendar) if runs else "",
        late=runs and stage.due_on < today,
    )
