"""Refusals that came before the Ombudsman: feedback without a case, under their decision."""

from sqlalchemy import select
from sqlalchemy.orm import Session

from portal import audit
from portal.cases.acting import signed_in_id
from portal.cases.ombudsman_matters import CannotBeCovered, begun
from portal.cases.points import lock
from portal.cases.tokens import make_public_id
from portal.records.case import Case
from portal.records.decision import Decision, Outcome
from portal.records.feedback import Feedback
from portal.records.ombudsman_matter import OmbudsmanMatter, OmbudsmanRefusal
from portal.work import Work

SAID_NO = (Outcome.DECLINED, Outcome.PASSED_ON)


def cover(work: Work, case: Case, refused: Feedback | None) -> OmbudsmanRefusal:
    """Say that the Ombudsman's decision is about a refusal or redirection as well.

    Args:
        work: the open act.
        case: the case that was opened for the Ombudsman.
        refused: the feedback; None where there is none that the officer may work.

    Raises:
        NotTheOmbudsmans: the case is another kind of case.
        CannotBeCovered: no refusal or redirection, or it is covered already.
    """
    row = begun(work, case, None)
    if refused is None or not _said_no(work.session, refused):
        raise CannotBeCovered
    wanted = select(OmbudsmanRefusal.id).where(
        OmbudsmanRefusal.matter_id == row.case_id, OmbudsmanRefusal.feedback_id == refused.id
    )
    if work.session.scalar(wanted) is not None:
        raise CannotBeCovered
    made = OmbudsmanRefusal(
        public_id=make_public_id(),
        matter_id=row.case_id,
        feedback_id=refused.id,
        added_at=work.now,
        added_by_id=signed_in_id(work),
    )
    work.session.add(made)
    audit.note(work, "ombudsman_covers", case)
    audit.note(work, "ombudsman_covered", refused)
    return made


def uncover(work: Work, case: Case, public_id: str) -> bool:
    """Take a refusal out again that was put there by mistake.

    Returns:
        Whether it was there.
    """
    lock(work, case)
    wanted = select(OmbudsmanRefusal).where(
        OmbudsmanRefusal.matter_id == case.id, OmbudsmanRefusal.public_id == public_id
    )
    found = work.session.scalar(wanted)
    if found is None:
        return False
    audit.note(work, "ombudsman_uncovered", work.session.get_one(Feedback, found.feedback_id))
    work.session.delete(found)
    return True


def covers(session: Session, case: Case) -> list[tuple[OmbudsmanRefusal, Feedback]]:
    """The refusals that the decision in a case is about, in the order in which they were added."""
    rows = session.execute(
        select(OmbudsmanRefusal, Feedback)
        .join(Feedback, Feedback.id == OmbudsmanRefusal.feedback_id)
        .where(OmbudsmanRefusal.matter_id == case.id)
        .order_by(OmbudsmanRefusal.id)
    )
    return [(row[0], row[1]) for row in rows]


def covering(session: Session, feedback: Feedback) -> list[tuple[OmbudsmanMatter, Case]]:
    """The Ombudsman's matters about a refusal, each with the case where it is worked."""
    rows = session.execute(
        select(OmbudsmanMatter, Case)
        .join(OmbudsmanRefusal, OmbudsmanRefusal.matter_id == OmbudsmanMatter.case_id)
        .join(Case, Case.id == OmbudsmanMatter.case_id)
        .where(OmbudsmanRefusal.feedback_id == feedback.id)
        .order_by(OmbudsmanMatter.case_id)
    )
    return [(row[0], row[1]) for row in rows]


def _said_no(session: Session, feedback: Feedback) -> bool:
    wanted = select(Decision.id).where(
        Decision.feedback_id == feedback.id, Decision.outcome.in_(SAID_NO)
    )
    return session.scalar(wanted) is not None
