"""Which records move a matter in the officers' queue as they are written (`queue_places`)."""

from collections.abc import Iterator
from typing import Any

from sqlalchemy import inspect
from sqlalchemy.orm import Session

from portal.correspondence.automatic_gate import TASKS
from portal.correspondence.unwanted_readers import MUST_NOT_SEE
from portal.matter_rows import REFERRALS
from portal.records.advocacy import Advocacy
from portal.records.advocacy_referral import AdvocacyReferral, ReferralState
from portal.records.allocation import Allocation
from portal.records.answer_draft import AnswerDraft
from portal.records.attachment import Attachment
from portal.records.automatic_answer import AutomaticAnswer
from portal.records.case import Case, CaseClock, CaseStage
from portal.records.case_event import CaseEvent
from portal.records.feedback import Feedback
from portal.records.handover import Handover
from portal.records.holding_letter import HoldingLetter
from portal.records.message import Message
from portal.records.outbox_letter import OutboxLetter
from portal.records.refusal_proposal import RefusalProposal
from portal.records.suggested_link import SuggestedLink
from portal.records.task import Task

_OF_MATTERS = (
    Message, Case, Handover, SuggestedLink, AutomaticAnswer, RefusalProposal, AdvocacyReferral,
    Advocacy,
)  # fmt: skip
_OF_CASES = (CaseEvent, CaseStage, HoldingLetter, Allocation, AnswerDraft, Task)
# Which records concern a matter, and by which column it is found.
_POINTS_TO: tuple[tuple[Any, str, str], ...] = (
    (Feedback, "feedback", "id"),
    (_OF_MATTERS, "feedback", "feedback_id"),
    (_OF_CASES, "case", "case_id"),
    (CaseClock, "stage", "stage_id"),
)


def moved_by(session: Session, record: object, *, new: bool) -> Iterator[tuple[str, int]]:
    """Say what a record moves that was just written.

    Args:
        session: that of the open act.
        record: any record, whose changes are still known.
        new: whether it is written for the first time.

    Returns:
        By what the matter is found (`feedback`, `case`, `stage`, `message`), and its key.
    """
    if new and _stands(session, record):
        return
    for kinds, kind, column in _POINTS_TO:
        # From what is loaded: what was deleted cannot be asked any more.
        if isinstance(record, kinds) and record.__dict__.get(column) is not None:
            yield kind, record.__dict__[column]
    if isinstance(record, Attachment) and record.__dict__.get("message_id") is not None:
        yield "message", record.__dict__["message_id"]
    if isinstance(record, OutboxLetter) and record.feedback_id is not None and _held(record):
        yield "feedback", record.feedback_id


def _stands(session: Session, record: object) -> bool:
    """Whether a new record moves nothing: a matter that was written with its place, an automatic
    letter that no officer has to look at, and the first referral of what the act has made. A
    submission brings them."""
    if isinstance(record, Feedback):
        return record.__dict__.get("queue_rank") is not None
    if isinstance(record, AdvocacyReferral):
        sent = record.state is ReferralState.SENT
        return sent and REFERRALS.is_made(session, record.feedback_id)
    return isinstance(record, AutomaticAnswer) and record.held not in TASKS


def _held(letter: OutboxLetter) -> bool:
    """Whether a letter was held back in this act, or seen to. All others leave every hour, and
    move no matter."""
    changed = inspect(letter).attrs.error.history
    return MUST_NOT_SEE in (*(changed.added or ()), *(changed.deleted or ()))
