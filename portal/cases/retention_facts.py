"""What the rules of keeping need of some matters: read off their records, a few queries for all."""

from collections import defaultdict
from collections.abc import Collection, Iterable
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

from sqlalchemy import ColumnElement, Select, func, or_, select
from sqlalchemy.orm import InstrumentedAttribute, Session, aliased

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


@dataclass
class _Found:
    """What was found of one matter so far."""

    kinds: set[KeptAs] = field(default_factory=set)
    days: list[date] = field(default_factory=list)
    still_open: list[str] = field(default_factory=list)


def facts_of(session: Session, keys: Collection[int]) -> dict[int, MatterFacts]:
    """Read what matters are, by their keys.

    Args:
        session: any session.
        keys: of feedback; what is not decided yet, or is erased, is left out.
    """
    if not keys:
        return {}
    found: dict[int, _Found] = {}
    named = set(session.scalars(_with_a_name(keys)))
    for row in session.execute(_decided(keys)):
        one = found[row.id] = _Found(days=[_day(row.decided_at)])
        if row.queue_rank is not None:
            one.still_open.append(WAITS)
        one.kinds.add(_kind_without_a_case(row, named=row.id in named))
    _add_cases(session, found)
    _add_later(session, found)
    _add_longer(session, found)
    held = set(session.scalars(_held(found)))
    return {
        key: MatterFacts(
            frozenset(one.kinds), max(one.days), tuple(dict.fromkeys(one.still_open)), key in held
        )
        for key, one in found.items()
    }


def _decided(keys: Collection[int]) -> Select[Any]:
    return (
        select(
            Feedback.id, Feedback.queue_rank, Decision.decided_at, Decision.outcome,
            Decision.category, Decision.procedure, Decision.chosen_track,
        )
        .join(Decision, Decision.feedback_id == Feedback.id)
        .where(
            Feedback.id.in_(keys),
            Feedback.state == FeedbackState.DECIDED,
            Feedback.erased_at.is_(None),
        )
    )  # fmt: skip


def _with_a_name(keys: Collection[int]) -> Select[tuple[int]]:
    return select(Party.feedback_id).where(Party.feedback_id.in_(keys), Party.name.is_not(None))


def _held(keys: Iterable[int]) -> Select[tuple[int]]:
    return select(RetentionHold.feedback_id).where(
        RetentionHold.feedback_id.in_(list(keys)), RetentionHold.lifted_at.is_(None)
    )


def _kind_without_a_case(decided: Any, *, named: bool) -> KeptAs:
    """What it is kept as where no case was made of it."""
    if decided.chosen_track is not None or decided.category in _ENQUIRIES:
        return KeptAs.ENQUIRY
    if decided.outcome is Outcome.LINKED:
        return _of_procedure(decided.procedure)
    if not named:
        return KeptAs.NO_NAME
    if decided.outcome is Outcome.DECLINED:
        return KeptAs.REFUSED
    if decided.outcome is Outcome.PASSED_ON:
        return KeptAs.PASSED_ON
    return KeptAs.COMPLIMENT if decided.category is Category.COMPLIMENT else KeptAs.COMMENT


_ENQUIRIES = frozenset({Category.MP_ENQUIRY, Category.OMBUDSMAN})


def _of_procedure(code: ProcedureCode) -> KeptAs:
    return KeptAs.STATUTORY if code is ProcedureCode.STATUTORY else KeptAs.CORPORATE


def _add_cases(session: Session, found: dict[int, _Found]) -> None:
    """Cases say what a matter is, in place of the first decision; each must be closed."""
    wanted = select(
        Case.feedback_id, Case.state, Case.closed_at, Case.procedure, Case.category,
        Case.chosen_track,
    ).where(Case.feedback_id.in_(list(found)))  # fmt: skip
    by_matter = defaultdict(list)
    for row in session.execute(wanted):
        by_matter[row.feedback_id].append(row)
    for key, rows in by_matter.items():
        one = found[key]
        one.kinds.clear()
        for row in rows:
            enquiry = row.chosen_track is not None or row.category in _ENQUIRIES
            one.kinds.add(KeptAs.ENQUIRY if enquiry else _of_procedure(row.procedure))
            if row.state is CaseState.OPEN or row.closed_at is None:
                one.still_open.append(CASE_OPEN)
            else:
                one.days.append(_day(row.closed_at))


def _add_later(session: Session, found: dict[int, _Found]) -> None:
    """What was said, promised and asked since, and what a link leads to."""
    keys = list(found)
    said = select(Message.feedback_id, func.max(Message.sent_at).label("at"))
    for row in session.execute(said.where(Message.feedback_id.in_(keys)).group_by(
        Message.feedback_id
    )):  # fmt: skip
        found[row.feedback_id].days.append(_day(row.at))
    remedies = select(Case.feedback_id, Remedy.state, Remedy.done_on).join(
        Case, Case.id == Remedy.case_id
    )
    for row in session.execute(remedies.where(Case.feedback_id.in_(keys))):
        if row.state in STILL_OPEN:
            found[row.feedback_id].still_open.append(PROMISED)
        elif row.done_on is not None:
            found[row.feedback_id].days.append(row.done_on)
    requests = select(AccessRequest.feedback_id, AccessRequest.answered_on)
    for row in session.execute(requests.where(AccessRequest.feedback_id.in_(keys))):
        if row.answered_on is None:
            found[row.feedback_id].still_open.append(ASKED_TO_SEE)
        else:
            found[row.feedback_id].days.append(row.answered_on)
    for key in session.scalars(_linked_to_open(keys)):
        found[key].still_open.append(LEAD_OPEN)


def _linked_to_open(keys: Collection[int]) -> Select[tuple[int]]:
    lead = aliased(Feedback)
    open_case = select(Case.feedback_id).where(
        Case.feedback_id == lead.id, Case.state == CaseState.OPEN
    )
    return (
        select(Decision.feedback_id)
        .join(lead, lead.id == Decision.linked_to_id)
        .where(
            Decision.feedback_id.in_(keys),
            or_(lead.state == FeedbackState.WAITING, open_case.exists()),
        )
    )


def _add_longer(session: Session, found: dict[int, _Found]) -> None:
    """What keeps a matter longer than what it is."""
    keys = list(found)
    reached = (
        select(Case.feedback_id)
        .join(CaseStage, CaseStage.case_id == Case.id)
        .where(
            Case.feedback_id.in_(keys),
            Case.procedure == ProcedureCode.STATUTORY,
            CaseStage.key.in_(LATER_STAGES),
        )
    )
    for key in session.scalars(reached):
        found[key].kinds.add(KeptAs.CHILDS_FILE)
    of_cases = select(Case.feedback_id).where(
        Case.feedback_id.in_(keys),
        or_(_there_is(OmbudsmanMatter.case_id), _there_is(OmbudsmanCover.case_id)),
    )
    refusals = select(OmbudsmanRefusal.feedback_id).where(OmbudsmanRefusal.feedback_id.in_(keys))
    for key in (*session.scalars(of_cases), *session.scalars(refusals)):
        found[key].kinds.add(KeptAs.OMBUDSMAN)


def _there_is(case_id: InstrumentedAttribute[int]) -> ColumnElement[bool]:
    return select(case_id).where(case_id == Case.id).exists()


def _day(moment: datetime) -> date:
    return clock.london_date(moment)
