"""Whose findings and promises somebody of the council may read: what the person was told, and
drafts only by those who write them or decide on them."""

from sqlalchemy.orm import Session

from portal.access.acts import Act
from portal.access.table import RECORDS_FOR
from portal.cases import answers, gathering
from portal.cases.promises_told import answered_stages
from portal.matter_rows import CASE_STAGES
from portal.procedures.finding import Giver
from portal.records.case import Case
from portal.records.feedback import Feedback
from portal.records.remedy import Remedy
from portal.web.access import may


def findings_readable(
    session: Session, feedback: Feedback, case: Case
) -> frozenset[tuple[int, Giver]]:
    """Stages and givers whose findings whoever is signed in may read.

    Args:
        session: any session, flushed.
        feedback, case: the case and its feedback.
    """
    shown = set(answers.told(session, case))
    stages = [stage.id for stage in CASE_STAGES.of(session, case.id)]
    for giver, act in RECORDS_FOR.items():
        if may(act, feedback.id):
            shown |= {(stage, giver) for stage in stages}
    if may(Act.ADJUDICATE, feedback.id):
        shown |= answers.handed_in(session, case)
    return frozenset(shown)


def remedies_readable(
    session: Session, feedback: Feedback, case: Case, listed: list[Remedy]
) -> list[Remedy]:
    """Those of a case's remedies that whoever is signed in may read: all of an answered stage, and
    before the answer those of givers whose findings they may read.

    Args:
        session: any session, flushed.
        feedback, case: the case and its feedback.
        listed: the case's remedies.
    """
    answered = answered_stages(session, case)
    stages = gathering.latest_stages(session, case)
    findings = findings_readable(session, feedback, case)
    written = {(key, giver) for key, stage in stages.items() for giver in Giver
               if (stage, giver) in findings}  # fmt: skip
    return [
        remedy
        for remedy in listed
        if remedy.stage_key in answered or (remedy.stage_key, remedy.giver) in written
    ]
