"""What a draft answer means to what happens: whether it holds the answer up, and its words."""

from sqlalchemy import ColumnElement, or_, select
from sqlalchemy.orm import Session

from portal.matter_rows import DRAFTS, FINDINGS, REMEDIES
from portal.records.answer_draft import AnswerDraft, DraftState
from portal.records.case import CaseStage
from portal.records.point import PointFinding
from portal.records.remedy import Remedy


def find(session: Session, stage: CaseStage) -> AnswerDraft | None:
    """The draft of a stage's answer, if somebody has begun one."""
    drafts = DRAFTS.of(session, stage.case_id)
    return next((one for one in drafts if one.stage_id == stage.id), None)


def waits(session: Session, stage: CaseStage) -> bool:
    """Whether a stage has a draft that nobody has signed, or that was changed since.

    Args:
        session: any session, flushed.
        stage: the stage that is answered.
    """
    draft = find(session, stage)
    if draft is None:
        return False
    return draft.state is not DraftState.SIGNED or changed_since(session, draft)


def changed_since(session: Session, draft: AnswerDraft) -> bool:
    """Whether a finding or a promise of the answer is newer than its signature."""
    if draft.signed_at is None:
        return False
    found = any(one.written_at > draft.signed_at for one in FINDINGS.of(session, draft.stage_id))
    return found or any(
        one.made_at > draft.signed_at for one in REMEDIES.of(session, draft.case_id)
    )


def is_overtaken() -> ColumnElement[bool]:
    """The same as a condition on drafts, for a list of many."""
    finding = select(PointFinding.id).where(
        PointFinding.stage_id == AnswerDraft.stage_id,
        PointFinding.written_at > AnswerDraft.signed_at,
    )
    remedy = select(Remedy.id).where(
        Remedy.case_id == AnswerDraft.case_id, Remedy.made_at > AnswerDraft.signed_at
    )
    return or_(finding.correlate(AnswerDraft).exists(), remedy.correlate(AnswerDraft).exists())


def words(session: Session, stage: CaseStage) -> dict[str, object]:
    """The words with which a draft begins, as the letter of the answer states them."""
    draft = find(session, stage)
    if draft is None:
        return {"opening": None, "apology": None}
    return {"opening": draft.opening, "apology": draft.apology}
