"""A case under a lead case: the same matter from several people, worked once.

The join holds for the stage in which it was made. It holds keys and nothing else: story, people,
safe-contact rule, secret words and letters stay with the matter that they came with.
"""

from collections.abc import Sequence

from sqlalchemy import select
from sqlalchemy.orm import Session

from portal.cases import linking
from portal.matter_rows import CASE, FEEDBACK, JOINS, LED
from portal.procedures.facts import Given, LeadFacts
from portal.procedures.procedure import StageKey, track_of
from portal.records.case import Case, CaseStage
from portal.records.feedback import Feedback
from portal.records.joined_case import JoinedCase
from portal.work import Work


def lock_together(work: Work, case: Case, lead: Case) -> None:
    """Keep others from both cases until the act ends, always in the same order: two officers who
    join each to the other meet here, and the second sees what the first did.

    Args:
        work: the open act.
        case: the case that would be joined.
        lead: the case that would lead.
    """
    work.session.flush()
    for one in sorted((case, lead), key=lambda one: one.id):
        work.session.refresh(one, with_for_update=True)


def lead_facts(session: Session, case: Case, lead: Case) -> LeadFacts:
    """What the rules need to know of a lead case, at the stage where it is.

    Args:
        session: any session, flushed.
        case: the case that would be joined to it.
        lead: the lead.
    """
    wanted = select(CaseStage).where(CaseStage.case_id == lead.id, CaseStage.key == lead.stage_key)
    stage = session.scalars(wanted.order_by(CaseStage.id.desc()).limit(1)).one()
    return _facts(session, case, lead, stage)


def joined_to(session: Session, case: Case, stage: CaseStage) -> LeadFacts | None:
    """What leads a stage of a case; None where nothing does.

    Args:
        session: any session, flushed.
        case, stage: the case and its stage.
    """
    found = _join_of(session, stage)
    if found is None:
        return None
    lead = session.get_one(Case, found.lead_id)
    return _facts(session, case, lead, session.get_one(CaseStage, found.lead_stage_id))


def leads(session: Session, stage: CaseStage) -> bool:
    """Whether a stage leads others."""
    led = LED.of(session, stage.case_id)
    return any(one.lead_stage_id == stage.id and one.undone_at is None for one in led)


def lead_of(session: Session, stage: CaseStage) -> tuple[Case, CaseStage] | None:
    """The lead of a stage, with the stage of it that leads."""
    found = _join_of(session, stage)
    if found is None:
        return None
    return session.get_one(Case, found.lead_id), session.get_one(CaseStage, found.lead_stage_id)


def under(session: Session, lead: Case) -> list[Case]:
    """The cases that were joined to a case, at whatever stage, and not parted since."""
    led = {one.case_id for one in LED.of(session, lead.id) if one.undone_at is None}
    return [found[0] for _, found in sorted(CASE.of_each(session, led).items())]


def together(session: Session, case: Case) -> Sequence[Feedback]:
    """The other matters that are worked with a case, at whatever stage: what they hold must never
    come into its letters.

    Args:
        session: any session, flushed.
        case: the case.
    """
    joins = JOINS.of(session, case.id)
    heads = {case.id, *(one.lead_id for one in joins if one.undone_at is None)}
    led = LED.of_each(session, heads).values()
    group = heads | {one.case_id for some in led for one in some if one.undone_at is None}
    cases = [one for some in CASE.of_each(session, group - {case.id}).values() for one in some]
    matters = {one.feedback_id for one in cases} - {case.feedback_id}
    found = FEEDBACK.of_each(session, matters)
    return [one for key in sorted(matters) for one in found[key]]


def keep(work: Work, case: Case, stage: CaseStage, given: Given) -> None:
    """Keep a join that has happened. Only `effects` calls this."""
    assert given.lead_id is not None, "A guard asks for the lead."
    lead = work.session.get_one(Case, given.lead_id)
    wanted = select(CaseStage.id).where(
        CaseStage.case_id == lead.id, CaseStage.key == lead.stage_key
    )
    lead_stage = work.session.scalars(wanted.order_by(CaseStage.id.desc()).limit(1)).one()
    work.session.add(
        JoinedCase(
            case_id=case.id,
            stage_id=stage.id,
            lead_id=lead.id,
            lead_stage_id=lead_stage,
            joined_at=work.now,
        )
    )


def undo(work: Work, case: Case, stage: CaseStage, given: Given) -> None:
    """End a join, where that has happened. Only `effects` calls this."""
    found = _join_of(work.session, stage)
    assert found is not None, "A guard asks that it is joined."
    found.undone_at = work.now


def _join_of(session: Session, stage: CaseStage) -> JoinedCase | None:
    joins = JOINS.of(session, stage.case_id)
    return next((one for one in joins if one.stage_id == stage.id and one.undone_at is None), None)


def _facts(session: Session, case: Case, lead: Case, stage: CaseStage) -> LeadFacts:
    track = track_of(lead.category, lead.procedure)
    assert track is not None, "A case runs on something."
    own = session.get_one(Feedback, case.feedback_id)
    other = session.get_one(Feedback, lead.feedback_id)
    return LeadFacts(
        track=track,
        stage=StageKey(stage.key),
        state=lead.procedure_state,
        same_matter=own.id == other.id,
        same_person=linking.same_person(session, own, other),
        joined=_join_of(session, stage) is not None,
        answered=stage.answered_on is not None,
    )
