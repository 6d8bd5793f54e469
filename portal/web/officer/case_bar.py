"""The identity bar of a matter's pages: what must be in sight before anybody writes or calls."""

from dataclasses import dataclass
from datetime import date

from sqlalchemy.orm import Session

from portal import clock
from portal.cases import gathering
from portal.cases.next_due import next_due_of
from portal.matter_rows import ACCOUNT
from portal.procedures.procedure import StageKey
from portal.procedures.working_days import relative_words
from portal.records.case import Case
from portal.records.feedback import ContactWay, Feedback
from portal.web.officer import reaching, wording
from portal.work import council, counting_council

CAREFUL = frozenset({ContactWay.PORTAL_ONLY, ContactWay.TEXT, ContactWay.PHONE})


@dataclass(frozen=True)
class CaseBar:
    """What the bar says. `careful`: there is a rule on how they may be reached. Of what is no case,
    only that is known."""

    careful: bool
    is_case: bool
    procedure: str = ""
    stage: str = ""
    due_on: date | None = None
    relative: str = ""
    late: bool = False
    officer: str = ""


def of(session: Session, feedback: Feedback, case: Case | None) -> CaseBar:
    """Gather the bar of a matter's pages.

    Args:
        session: any session.
        feedback: the matter.
        case: the part that is shown; None before it is one.
    """
    rule = reaching.rule_of(session, feedback)
    said = (rule.not_to_see, rule.hours, rule.neutral, feedback.contact_note, feedback.talk_to)
    careful = feedback.contact_way in CAREFUL or any(said) or rule.voicemail is not None
    if case is None:
        return CaseBar(careful, is_case=False)
    due_on = next_due_of(session, case)
    today, here = clock.today(), counting_council(session)
    officer = ACCOUNT.first(session, case.officer_id) if case.officer_id is not None else None
    return CaseBar(
        careful,
        is_case=True,
        procedure=wording.runs_on(council(), case.procedure, case.chosen_track),
        stage=here.stage_name(gathering.track_for(case), StageKey(case.stage_key)),
        due_on=due_on,
        relative=relative_words(due_on, today, here.calendar) if due_on is not None else "",
        late=due_on is not None and due_on < today,
        officer=officer.name if officer is not None else "",
    )
