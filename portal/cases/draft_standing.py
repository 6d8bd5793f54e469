"""What a draft answer means to what happens: whether it holds the answer up, and its words."""

from sqlalchemy import ColumnElement, or_, select
from sqlalchemy.orm import Session

from portal.records.answer_draft import AnswerDraft, DraftState
from portal.records.case import CaseStage
from portal.records.point import PointFinding
from portal.records.remedy import Remedy


def find(session: Session, stage: CaseStage) -> AnswerDraft | None:
    """The draft of a stage's answer, if somebody has begun one."""
    return session.scalar(select(AnswerDraft).where(AnswerDraft.stage_id == stage.id))


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
    wanted = select(AnswerDraft.id).where(AnswerDraft.id == draft.id, is_overtaken())
    return session.scalar(wanted) is not None


def is_overtaken() -> ColumnElement[bool]:
    """The condition on a draft that a finding or a promise is newer than its signature."""
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
