"""What on a matter waits, by when, and whose turn it is: read off its records, with nobody's words.

The queue keeps the day and the place that follow from this (`queue_places`), and shows the same on
each of its rows, so that the two cannot say different things.
"""

from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from functools import cache
from typing import Any

from sqlalchemy import ColumnElement, Select, func, select
from sqlalchemy.orm import Session

from portal.cases import declined_referrals, unsettled
from portal.cases.first_letter import first_letter_by
from portal.cases.next_due import NEXT_DUE, with_open_stage
from portal.clock import london_date
from portal.correspondence import unwanted_readers
from portal.correspondence.automatic_gate import TASKS
from portal.council import Council
from portal.council_giving import Signer
from portal.one_of import among, one_of_these
from portal.procedures.awaited import TURNS, Turn
from portal.procedures.procedure import StageKey
from portal.procedures.state import RUNNING, AppointedAs, Event, State
from portal.records.advocacy_referral import AdvocacyReferral
from portal.records.allocation import Allocation
from portal.records.answer_draft import AnswerDraft
from portal.records.automatic_answer import AutomaticAnswer
from portal.records.case import Case, CaseStage, CaseState
from portal.records.case_event import CaseEvent
from portal.records.feedback import Feedback, FeedbackState
from portal.records.handover import Handover
from portal.records.holding_letter import HoldingLetter
from portal.records.message import Message
from portal.records.outbox_letter import OutboxLetter
from portal.records.refusal_proposal import ProposalState, RefusalProposal
from portal.records.suggested_link import LinkState, SuggestedLink
from portal.records.task import Task

# The stages in which a case is acknowledged by a letter of its own.
ACKNOWLEDGED_IN = (StageKey.STAGE_1, StageKey.ANSWER, StageKey.ACKNOWLEDGE)


class Awaited(StrEnum):
    """What is waited for, the more urgent first."""

    DECISION = "decision"
    SECOND_OFFICER = "second_officer"
    REPLY_READ = "reply_read"
    FILE_HEARD = "file_heard"
    TAKER = "taker"
    LINK_ANSWER = "link_answer"
    HELD_LETTER = "held_letter"
    NO_ADVOCATE = "no_advocate"
    HELD_RECEIPT = "held_receipt"
    HOLDING_LETTER = "holding_letter"
    SIGNATURE = "signature"
    HANDED_BACK = "handed_back"
    CONFLICT = "conflict"
    HANDED_IN = "handed_in"
    ANSWER_READ = "answer_read"
    ACKNOWLEDGEMENT = "acknowledgement"
    STEP = "step"


@dataclass(frozen=True)
class Waiting:
    """One thing that waits. `on` is its day, None where nothing is due; `state` is that of the case
    whose next step it is, `part` which part of the matter it concerns; `roles` are those in which
    somebody told us of a conflict."""

    what: Awaited
    whose: Turn
    on: date | None
    state: State | None = None
    part: int = 1
    roles: tuple[AppointedAs, ...] = ()

    @property
    def officers(self) -> bool:
        """Whether it lies on the officers' desk."""
        return self.whose in (Turn.OFFICER, Turn.SECOND_OFFICER)


def of(
    session: Session, council: Council, keys: Collection[int]
) -> Mapping[int, tuple[Waiting, ...]]:
    """Say what waits on some matters, the more urgent first.

    Args:
        session: any session; no private text is opened.
        council: for its timescales and days off.
        keys: of the feedback.

    Returns:
        Something for each on which anything waits for anybody, by the feedback's key.
    """
    wanted = _of_matters(session.get_bind().dialect.name)
    return read(council, session.execute(wanted, {"keys": list(keys)}))


@cache
def _of_matters(dialect: str) -> Select[Any]:
    wanted = select(*columns()).outerjoin(Case, Case.feedback_id == Feedback.id)
    joined: Select[Any] = with_open_stage(wanted)
    return joined.where(among(dialect, Feedback.id, "keys")).order_by(Case.part)


def read(council: Council, rows: Iterable[Any]) -> Mapping[int, tuple[Waiting, ...]]:
    """The same from the rows of a query that has `columns` among its own.

    Args:
        council: for its timescales and days off.
        rows: one for each part of a matter, or one for a matter without a case.
    """
    found: dict[int, list[Waiting]] = {}
    for row in rows:
        if row.awaited_id not in found:
            found[row.awaited_id] = list(_of_matter(council, row))
        if row.awaited_case is CaseState.OPEN:
            found[row.awaited_id].extend(_of_case(council, row))
    order = list(Awaited)
    return {
        key: tuple(sorted(waiting, key=lambda one: (not one.officers, order.index(one.what))))
        for key, waiting in found.items()
        if waiting
    }


@cache
def columns() -> tuple[Any, ...]:
    """What has to be known, as columns of a query over feedback, its cases, and the stage that runs
    in each (`next_due.with_open_stage`). Written once: each time took longer than the query."""

    def first(column: Any, *conditions: ColumnElement[bool]) -> Any:
        return select(func.min(column)).where(*conditions).correlate(Feedback).scalar_subquery()

    return (
        Feedback.id.label("awaited_id"),
        Feedback.state.label("awaited_state"),
        Feedback.received_on.label("awaited_received"),
        Feedback.unread.label("awaited_unread"),
        *(
            first(day, key == Feedback.id, *conditions).label(f"awaited_{name}")
            for name, (day, key, conditions) in _of_records().items()
        ),
        *_of_cases(),
    )


def _of_records() -> Mapping[str, tuple[Any, Any, tuple[ColumnElement[bool], ...]]]:
    """What records of a matter make wait: the day, the matter, and the condition of each."""
    return {
        "reply": (Message.sent_at, Message.feedback_id, unsettled.unread_reply()),
        "file": (Message.sent_at, Message.feedback_id, unsettled.unheard_file()),
        "passed_on": (Handover.passed_on, Handover.feedback_id, (Handover.taken_on.is_(None),)),
        "link": (
            SuggestedLink.made_at,
            SuggestedLink.feedback_id,
            (SuggestedLink.state == LinkState.OPEN,),
        ),
        "held": (
            AutomaticAnswer.asked_at,
            AutomaticAnswer.feedback_id,
            (one_of_these(AutomaticAnswer.held, TASKS), AutomaticAnswer.settled_at.is_(None)),
        ),
        "unwanted": (
            OutboxLetter.written_at,
            OutboxLetter.feedback_id,
            (unwanted_readers.held(),),
        ),
        "refused_help": (
            AdvocacyReferral.answered_on,
            AdvocacyReferral.feedback_id,
            (declined_referrals.stands(),),
        ),
        "proposed": (
            RefusalProposal.proposed_at,
            RefusalProposal.feedback_id,
            (RefusalProposal.state == ProposalState.WAITING,),
        ),
    }


def _of_cases() -> tuple[Any, ...]:
    written = select(CaseEvent.id).where(
        CaseEvent.case_id == Case.id, CaseEvent.event == Event.ACKNOWLEDGED
    )
    drafted = select(func.min(HoldingLetter.due_on)).where(
        HoldingLetter.case_id == Case.id, unsettled.holding_waits()
    )
    signing = (
        select(func.min(CaseStage.due_on))
        .join(AnswerDraft, AnswerDraft.stage_id == CaseStage.id)
        .where(AnswerDraft.case_id == Case.id, unsettled.draft_waits())
    )
    back = select(func.max(Allocation.ended_at)).where(
        Allocation.case_id == Case.id, unsettled.came_back()
    )
    answered = select(func.min(Task.answered_at)).where(
        Task.case_id == Case.id, unsettled.answer_unread()
    )
    return (
        Case.state.label("awaited_case"),
        Case.procedure_state.label("awaited_step"),
        Case.stage_key.label("awaited_stage"),
        NEXT_DUE.label("awaited_due"),
        written.correlate(Case).exists().label("awaited_written"),
        drafted.correlate(Case).scalar_subquery().label("awaited_holding"),
        Case.part.label("awaited_part"),
        Case.handed_in_at.label("awaited_handed_in"),
        Case.conflict_at.label("awaited_conflict"),
        unsettled.conflicted().label("awaited_conflicted"),
        signing.correlate(Case).scalar_subquery().label("awaited_signing"),
        back.correlate(Case).scalar_subquery().label("awaited_back"),
        answered.correlate(Case).scalar_subquery().label("awaited_answered"),
    )


def _of_matter(council: Council, row: Any) -> Iterator[Waiting]:
    undecided = row.awaited_state is FeedbackState.WAITING
    proposed = row.awaited_proposed
    if undecided:
        by = first_letter_by(council, row.awaited_received)
        if proposed is None:
            yield Waiting(Awaited.DECISION, Turn.OFFICER, by)
        else:
            yield Waiting(Awaited.SECOND_OFFICER, Turn.SECOND_OFFICER, by)
    elif proposed is not None:
        yield Waiting(Awaited.SECOND_OFFICER, Turn.SECOND_OFFICER, london_date(proposed))
    reply = row.awaited_reply
    if reply is not None or (row.awaited_unread and not undecided):
        on = london_date(reply) if reply is not None else None
        yield Waiting(Awaited.REPLY_READ, Turn.OFFICER, on)
    if row.awaited_file is not None and not undecided:
        # Before the decision it is the decision that waits, and the file counts as a concern there.
        yield Waiting(Awaited.FILE_HEARD, Turn.OFFICER, london_date(row.awaited_file))
    if row.awaited_passed_on is not None:
        yield Waiting(Awaited.TAKER, Turn.OFFICER, row.awaited_passed_on)
    if row.awaited_refused_help is not None:
        yield Waiting(Awaited.NO_ADVOCATE, Turn.OFFICER, row.awaited_refused_help)
    others = (
        (Awaited.LINK_ANSWER, row.awaited_link),
        (Awaited.HELD_RECEIPT, row.awaited_held),
        (Awaited.HELD_LETTER, row.awaited_unwanted),
    )
    for what, at in others:
        if at is not None:
            yield Waiting(what, Turn.OFFICER, london_date(at))


def _of_case(council: Council, row: Any) -> Iterator[Waiting]:
    state, due, part = State(row.awaited_step), row.awaited_due, row.awaited_part
    if row.awaited_holding is not None:
        yield Waiting(Awaited.HOLDING_LETTER, Turn.OFFICER, row.awaited_holding, state, part)
    if row.awaited_signing is not None:
        officers = council.giving.signed_by is Signer.OFFICER
        whose = Turn.OFFICER if officers else Turn.SIGNER
        yield Waiting(Awaited.SIGNATURE, whose, row.awaited_signing, part=part)
    if row.awaited_conflict is not None:
        day, roles = london_date(row.awaited_conflict), _roles(row.awaited_conflicted)
        yield Waiting(Awaited.CONFLICT, Turn.OFFICER, day, part=part, roles=roles)
    came = (
        (Awaited.HANDED_BACK, row.awaited_back if state in RUNNING else None),
        (Awaited.HANDED_IN, row.awaited_handed_in),
        (Awaited.ANSWER_READ, row.awaited_answered),
    )
    for what, at in came:
        if at is not None:
            yield Waiting(what, Turn.OFFICER, london_date(at), part=part)
    first_stage = row.awaited_stage in {key.value for key in ACKNOWLEDGED_IN}
    if state is State.ANSWERING and first_stage and not row.awaited_written:
        yield Waiting(Awaited.ACKNOWLEDGEMENT, Turn.OFFICER, due, state)
    elif TURNS[state] is not Turn.NOBODY:
        yield Waiting(Awaited.STEP, TURNS[state], due, state)


def _roles(codes: str | None) -> tuple[AppointedAs, ...]:
    return tuple(AppointedAs(code) for code in sorted(set((codes or "").split())))


def soonest(waiting: Iterable[Waiting]) -> date | None:
    """The first day of what waits; None where nothing of it has a day."""
    return min((one.on for one in waiting if one.on is not None), default=None)
