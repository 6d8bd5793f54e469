"""Splitting a case: some of its points go on in another part of the same matter.

The parts share reference, named officer and day of receipt. Each has its own procedure, team,
stages and dates, counted anew from receipt. Only `effects` calls this, for what happened.
"""

from collections.abc import Sequence

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from portal import audit
from portal.cases import children, counting, gathering
from portal.cases.opening import PROCEDURES, open_stage
from portal.matter_rows import CASES
from portal.procedures.facts import Given
from portal.procedures.procedure import STAGES, Track
from portal.procedures.state import Event, State
from portal.procedures.transitions import FIRST_STATE
from portal.records.case import Case, CaseStage
from portal.records.case_event import CaseEvent
from portal.records.feedback import Feedback
from portal.records.point import Point, PointFinding
from portal.records.remedy import Remedy
from portal.work import Work

DRAFTS_IN = frozenset({State.ANSWERING, State.REVIEWING})
"""Here what the service found is a draft: it goes along with its point."""


def parts(session: Session, feedback: Feedback) -> list[Case]:
    """The cases of a matter, in the order in which they were made; none before a decision.

    Args:
        session: any session.
        feedback: the matter.
    """
    return sorted(CASES.of(session, feedback.id), key=lambda case: case.part)


def split_off(work: Work, case: Case, stage: CaseStage, row: CaseEvent, given: Given) -> Case:
    """Move points into a part of another procedure: one that is there and at its first answer,
    else a new one.

    Args:
        work: the open act.
        case: the case that is split.
        stage: its present stage.
        row: what happened.
        given: points, procedure and team; the guards have asked for each.

    Returns:
        The part that has them now.

    Raises:
        NoTimescalesThen: the council promises nothing for that procedure on that day.
    """
    assert given.track is not None, "A guard asks for the procedure."
    part = _open_part(work, case, given.track) or _new_part(work, case, row, given)
    wanted = select(Point).where(Point.case_id == case.id, Point.number.in_(given.points))
    moved = work.session.scalars(wanted).all()
    if row.from_state in DRAFTS_IN:
        _take_drafts_along(work, moved, stage, part)
    for point in moved:
        point.case_id = part.id
        audit.note(work, "point_moved", point)
    row.details = {**row.details, "part": part.part}
    return part


def _open_part(work: Work, case: Case, track: Track) -> Case | None:
    wanted = select(Case).where(
        Case.feedback_id == case.feedback_id,
        Case.id != case.id,
        Case.category == case.category,
        Case.procedure == PROCEDURES[track],
        Case.procedure_state == FIRST_STATE[track],
        Case.stage_key == STAGES[track][0].value,
    )
    found = work.session.scalars(wanted.order_by(Case.part).limit(1)).first()
    if found is not None:
        work.session.refresh(found, with_for_update=True)
        still = found.procedure_state is FIRST_STATE[track]
        return found if still else None
    return None


def _new_part(work: Work, case: Case, row: CaseEvent, given: Given) -> Case:
    assert given.track is not None, "A guard asks for the procedure."
    assert given.team is not None, "A guard asks for the team."
    assert given.account_id is not None, "Only somebody who is signed in splits a case."
    last = select(func.max(Case.part)).where(Case.feedback_id == case.feedback_id)
    part = Case(
        feedback_id=case.feedback_id,
        part=(work.session.scalar(last) or 0) + 1,
        category=case.category,
        procedure=PROCEDURES[given.track],
        area=work.council.area_of(given.team, row.on),
        team=given.team,
        risk=case.risk,
        opened_at=work.now,
        opened_on=row.on,
        opened_by_id=given.account_id,
        officer_id=case.officer_id,
        acknowledged_on=case.acknowledged_on,
        other_child=case.other_child or _names_several(work, case),
        procedure_state=FIRST_STATE[given.track],
        stage_key=STAGES[given.track][0].value,
    )
    work.session.add(part)
    work.session.flush()
    audit.note(work, "case_opened", part)
    stage = open_stage(work, part, given.track, STAGES[given.track][0], row.on)
    counting.recount(work, part, stage, Event.SPLIT.value)
    return part


def _names_several(work: Work, case: Case) -> bool:
    """Several children are named: until an officer has said whom the new part is about, nobody
    whom one of them let in reads it."""
    feedback = work.session.get_one(Feedback, case.feedback_id)
    return len(children.of(work.session, feedback)) > 1


def _take_drafts_along(work: Work, moved: Sequence[Point], stage: CaseStage, part: Case) -> None:
    """What was written on the points and nobody was told of: findings and promises."""
    ids, there = [point.id for point in moved], gathering.current_stage(work.session, part)
    findings = select(PointFinding).where(
        PointFinding.point_id.in_(ids), PointFinding.stage_id == stage.id
    )
    for finding in work.session.scalars(findings):
        finding.stage_id = there.id
    promises = select(Remedy).where(
        Remedy.point_id.in_(ids), Remedy.case_id == stage.case_id, Remedy.stage_key == stage.key
    )
    for remedy in work.session.scalars(promises):
        remedy.case_id, remedy.stage_key = part.id, there.key
