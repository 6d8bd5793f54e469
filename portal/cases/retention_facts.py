"""What the rules of keeping need of some matters: read off their records by two queries."""

from collections import defaultdict
from collections.abc import Collection
from datetime import date, datetime
from typing import Any

from sqlalchemy import ColumnElement, Select, and_, exists, func, or_, select
from sqlalchemy.orm import Session, aliased

from portal import clock
from portal.procedures.procedure import StageKey
from portal.procedures.remedy import STILL_OPEN
from portal.procedures.retention import KeptAs, MatterFacts
from portal.procedures.vocabulary import Category, ProcedureCode
from portal.records.access_request import AccessRequest
from portal.records.case import Case, CaseStage, CaseState
from portal.records.decision import Decision, Outcome
from portal.records.feedback import Feedback, FeedbackState
from portal.records.message import Message
from portal.records.ombudsman_matter import OmbudsmanCover, OmbudsmanMatter, OmbudsmanRefusal
from portal.records.party import Party
from portal.records.remedy import Remedy
from portal.records.retention_hold import RetentionHold

LATER_STAGES = (StageKey.STAGE_2.value, StageKey.STAGE_3.value)
WAITS = "Something in it waits for an officer."
CASE_OPEN = "A case of it is still open."
LEAD_OPEN = "What it was linked to is still open."
PROMISED = "Something that was promised is not done yet."
ASKED_TO_SEE = "Somebody’s request to see data is not answered yet."
_ENQUIRIES = frozenset({Category.MP_ENQUIRY, Category.OMBUDSMAN})


def facts_of(session: Session, keys: Collection[int]) -> dict[int, MatterFacts]:
    """Read what matters are, by their keys.

    Args:
        session: any session.
        keys: of feedback; what is not decided yet, or is erased, is left out.
    """
    if not keys:
        return {}
    cases = defaultdict(list)
    wanted = select(
        Case.feedback_id, Case.state, Case.closed_at, Case.procedure, Case.category,
        Case.chosen_track,
    ).where(Case.feedback_id.in_(keys))  # fmt: skip
    for row in session.execute(wanted):
        cases[row.feedback_id].append(row)
    return {row.id: _facts(row, cases[row.id]) for row in session.execute(_decided(keys))}


def _facts(row: Any, cases: Collection[Any]) -> MatterFacts:
    # Cases say what a matter is, in place of the first decision.
    kinds = {_kind_of_case(one) for one in cases} or {_kind_without_a_case(row)}
    if row.reached_later:
        kinds.add(KeptAs.CHILDS_FILE)
    if row.ombudsman:
        kinds.add(KeptAs.OMBUDSMAN)
    closed = [one.closed_at for one in cases if one.state is CaseState.CLOSED]
    moments = [row.decided_at, row.said_at, *closed]
    days = [_day(at) for at in moments if at is not None]
    days += [day for day in (row.done_on, row.request_answered_on) if day is not None]
    still_open = {
        WAITS: row.queue_rank is not None,
        CASE_OPEN: len(closed) < len(cases),
        LEAD_OPEN: row.lead_open,
        PROMISED: row.promised,
        ASKED_TO_SEE: row.request_open,
    }
    said = tuple(sentence for sentence, holds in still_open.items() if holds)
    return MatterFacts(frozenset(kinds), max(days), said, bool(row.held))


def _kind_of_case(one: Any) -> KeptAs:
    enquiry = one.chosen_track is not None or one.category in _ENQUIRIES
    return KeptAs.ENQUIRY if enquiry else _of_procedure(one.procedure)


def _kind_without_a_case(row: Any) -> KeptAs:
    """What it is kept as where no case was made of it."""
    if row.chosen_track is not None or row.category in _ENQUIRIES:
        return KeptAs.ENQUIRY
    if row.outcome is Outcome.LINKED:
        return _of_procedure(row.procedure)
    if not row.named:
        return KeptAs.NO_NAME
    if row.outcome is Outcome.DECLINED:
        return KeptAs.REFUSED
    if row.outcome is Outcome.PASSED_ON:
        return KeptAs.PASSED_ON
    return KeptAs.COMPLIMENT if row.category is Category.COMPLIMENT else KeptAs.COMMENT


def _of_procedure(code: ProcedureCode) -> KeptAs:
    return KeptAs.STATUTORY if code is ProcedureCode.STATUTORY else KeptAs.CORPORATE


def _decided(keys: Collection[int]) -> Select[Any]:
    """One row a matter; what hangs on it is asked by the indexes of its tables."""
    of_remedy = and_(Remedy.case_id == Case.id, Case.feedback_id == Feedback.id)
    of_request = AccessRequest.feedback_id == Feedback.id
    return (
        select(
            Feedback.id, Feedback.queue_rank, Decision.decided_at, Decision.outcome,
            Decision.category, Decision.procedure, Decision.chosen_track,
            _there_is(Party.feedback_id == Feedback.id, Party.name.is_not(None)).label("named"),
            _last(Message.sent_at, Message.feedback_id == Feedback.id).label("said_at"),
            _last(Remedy.done_on, of_remedy).label("done_on"),
            _there_is(of_remedy, Remedy.state.in_(STILL_OPEN)).label("promised"),
            _last(AccessRequest.answered_on, of_request).label("request_answered_on"),
            _there_is(of_request, AccessRequest.answered_on.is_(None)).label("request_open"),
            _lead_open().label("lead_open"),
            _reached_later().label("reached_later"),
            _ombudsman().label("ombudsman"),
            _there_is(
                RetentionHold.feedback_id == Feedback.id, RetentionHold.lifted_at.is_(None)
            ).label("held"),
        )
        .join(Decision, Decision.feedback_id == Feedback.id)
        .where(
            Feedback.id.in_(keys),
            Feedback.state == FeedbackState.DECIDED,
            Feedback.erased_at.is_(None),
        )
    )  # fmt: skip


def _there_is(*conditions: ColumnElement[bool]) -> ColumnElement[bool]:
    return exists().where(*conditions).correlate(Feedback)


def _last(column: Any, condition: ColumnElement[bool]) -> Any:
    return select(func.max(column)).where(condition).correlate(Feedback).scalar_subquery()


def _lead_open() -> ColumnElement[bool]:
    lead, decided = aliased(Feedback), aliased(Decision)
    open_case = exists().where(Case.feedback_id == lead.id, Case.state == CaseState.OPEN)
    return _there_is(
        decided.feedback_id == Feedback.id,
        lead.id == decided.linked_to_id,
        or_(lead.state == FeedbackState.WAITING, open_case),
    )


def _reached_later() -> ColumnElement[bool]:
    return _there_is(
        Case.feedback_id == Feedback.id,
        Case.procedure == ProcedureCode.STATUTORY,
        CaseStage.case_id == Case.id,
        CaseStage.key.in_(LATER_STAGES),
    )


def _ombudsman() -> ColumnElement[bool]:
    own = Case.feedback_id == Feedback.id
    return or_(
        _there_is(own, OmbudsmanMatter.case_id == Case.id),
        _there_is(own, OmbudsmanCover.case_id == Case.id),
        _there_is(OmbudsmanRefusal.feedback_id == Feedback.id),
    )


def _day(moment: datetime) -> date:
    return clock.london_date(moment)
