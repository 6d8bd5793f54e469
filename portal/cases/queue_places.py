"""Where each matter stands in the officers' queue, kept with it so that no list has to count.

A queue that asked, at every look, of every matter whether somebody replied, what is passed on and
what is due next would slow with all that was ever received. So what an act has touched is placed
anew just before its commit, from `awaiting`: no view and no act has to think of it.
"""

from collections.abc import Collection, Iterable, Iterator, Mapping
from contextlib import contextmanager
from copy import deepcopy
from datetime import date
from functools import cache
from typing import Any, cast

from sqlalchemy import (
    CompoundSelect,
    Select,
    Table,
    bindparam,
    event,
    exists,
    func,
    or_,
    select,
    union,
    update,
)
from sqlalchemy.orm import Session, UOWTransaction

from portal.cases import awaiting, declined_referrals, moving_records, unsettled
from portal.cases.awaiting import Waiting
from portal.cases.first_letter import first_letter_by
from portal.cases.young_people import is_young
from portal.correspondence.automatic_gate import TASKS
from portal.council import Council
from portal.one_of import among, one_of_these
from portal.procedures.state import RUNNING
from portal.procedures.vocabulary import Relationship, Risk
from portal.records.advocacy_referral import AdvocacyReferral
from portal.records.allocation import Allocation
from portal.records.automatic_answer import AutomaticAnswer
from portal.records.case import Case, CaseStage, CaseState
from portal.records.feedback import YOUNG_DOORS, Feedback, FeedbackState
from portal.records.handover import Handover
from portal.records.holding_letter import HoldingLetter
from portal.records.message import Message
from portal.records.refusal_proposal import ProposalState, RefusalProposal
from portal.records.suggested_link import LinkState, SuggestedLink
from portal.records.task import Task
from portal.work import counting_council

# Where an open case has no next date, its matter stands behind all that have one.
NOTHING_DUE = date.max
RISKS = (Risk.NOW, Risk.CONCERN, Risk.NONE)
YOUNG = or_(
    func.coalesce(one_of_these(Feedback.door, YOUNG_DOORS), False),
    func.coalesce(Feedback.relationship_said == Relationship.YOUNG_PERSON, False),
)
"""The condition that a young person wrote, as `young_people.is_young`."""
_KEY = "to be placed in the queue"
AT_ONCE = 500
_KEYS = "keys"
# Not through the record: its version would rise under whoever has it open.
_TABLE = cast(Table, Feedback.__table__)
_MOVE = (
    update(_TABLE)
    .where(_TABLE.c.id == bindparam("key"))
    .values({name: bindparam(name) for name in ("queue_rank", "queue_on", "case_due_on")})
)


def rank(risk: Risk, young: bool) -> int:
    """The first part of the order: risk first, and of the same risk young people.

    Args:
        risk: how soon a person must read it.
        young: whether a young person wrote.
    """
    return 2 * RISKS.index(risk) + (not young)


def at_arrival(council: Council, feedback: Feedback) -> None:
    """Place a matter as it arrives, so that it is written with its place. It waits for a decision;
    where it is changed in the same act, or anything else comes to wait, it is placed anew.

    Args:
        council: for its timescales and days off.
        feedback: the matter, not written yet.
    """
    feedback.queue_rank = rank(feedback.risk, is_young(feedback))
    feedback.queue_on = first_letter_by(council, feedback.received_on)


def touch(session: Session, feedback_id: int) -> None:
    """Say that a matter must be placed anew: for what is changed past its record.

    Args:
        session: that of the open act.
        feedback_id: the matter's key.
    """
    _touched(session)["feedback"].add(feedback_id)


@contextmanager
def nothing_touched(session: Session) -> Iterator[None]:
    """Forget what a block touches: at its end everything that it did is taken back.

    Args:
        session: that of the open act, flushed.
    """
    before = deepcopy(session.info.get(_KEY))
    try:
        yield
    finally:
        session.info.pop(_KEY, None)
        if before is not None:
            session.info[_KEY] = before


def settle(session: Session) -> None:
    """Place what the act has touched so far. Its commit does so too; a list that is read inside an
    act asks for it first.

    Args:
        session: that of the open act. Where nothing was touched, nothing is asked.
    """
    if _KEY not in session.info and not session.new and not session.dirty and not session.deleted:
        return
    session.flush()
    touched: dict[str, set[int]] | None = session.info.pop(_KEY, None)
    if touched is None:
        return
    keys = sorted(touched["feedback"] | _matters_of(session, touched))
    for start in range(0, len(keys), AT_ONCE):
        place(session, keys[start : start + AT_ONCE])


def place(session: Session, keys: Collection[int]) -> None:
    """Write down where some matters stand now.

    Args:
        session: that of an open act.
        keys: of the feedback.
    """
    dialect, asked = session.get_bind().dialect.name, {_KEYS: sorted(keys)}
    session.execute(_locking(dialect), asked)
    waiting = awaiting.of(session, counting_council(session), keys)
    moved = []
    for row in session.execute(_placed(dialect), asked).all():
        found = _place_of(row, waiting.get(row.id, ()), row.with_case)
        if any(getattr(row, name) != value for name, value in found.items()):
            moved.append({"key": row.id, **found})
    if moved:
        session.execute(_MOVE, moved)


@cache
def _locking(dialect: str) -> Select[Any]:
    # Of two acts on one matter the second waits here, and counts what the first has done. Not a
    # lock that those who add a message to it would have to wait for.
    found = select(Feedback.id).where(among(dialect, Feedback.id, _KEYS)).order_by(Feedback.id)
    return found.with_for_update(key_share=True)


@cache
def _placed(dialect: str) -> Select[Any]:
    """Where matters stand, and what their place follows from besides what waits. Written once:
    every act asks it, and each time took longer than the answer."""
    open_case = exists().where(Case.feedback_id == Feedback.id, Case.state == CaseState.OPEN)
    columns: list[Any] = [
        Feedback.id,
        Feedback.risk,
        YOUNG.label("young"),
        Feedback.received_on,
        Feedback.queue_rank,
        Feedback.queue_on,
        Feedback.case_due_on,
        open_case.label("with_case"),
    ]
    return select(*columns).where(among(dialect, Feedback.id, _KEYS))


def place_lost(session: Session) -> int:
    """Place what waits and has no place: what was stored past the acts, as invented data are, or
    before there were places.

    Args:
        session: that of an open act.

    Returns:
        How many were placed: at most so many as one act should hold.
    """
    keys = session.scalars(_lost().limit(AT_ONCE)).all()
    if keys:
        place(session, keys)
    return len(keys)


def init_queue_places() -> None:
    """Place what an act has touched before each commit, whoever commits. Asked once a process."""
    if not event.contains(Session, "before_commit", settle):
        event.listen(Session, "after_flush", _note)
        event.listen(Session, "before_commit", settle)


def _place_of(row: Any, waiting: Iterable[Waiting], with_case: bool) -> dict[str, Any]:
    desk = [one for one in waiting if one.officers]
    steps = [one for one in waiting if one.state is not None]
    due = awaiting.soonest(steps) or NOTHING_DUE
    return {
        "queue_rank": rank(row.risk, bool(row.young)) if desk else None,
        "queue_on": (awaiting.soonest(desk) or row.received_on) if desk else None,
        "case_due_on": due if with_case else None,
    }


def _touched(session: Session) -> dict[str, set[int]]:
    empty: dict[str, set[int]] = {kind: set() for kind in ("feedback", "case", "stage", "message")}
    found: dict[str, set[int]] = session.info.setdefault(_KEY, empty)
    return found


def _note(session: Session, _context: UOWTransaction) -> None:
    new = session.new
    for record in (*new, *session.dirty, *session.deleted):
        for kind, key in moving_records.moved_by(session, record, new=record in new):
            _touched(session)[kind].add(key)


def _matters_of(session: Session, touched: Mapping[str, set[int]]) -> set[int]:
    found: set[int] = set()
    if touched["case"]:
        cases = select(Case.feedback_id).where(Case.id.in_(touched["case"]))
        found |= set(session.scalars(cases))
    if touched["message"]:
        messages = select(Message.feedback_id).where(Message.id.in_(touched["message"]))
        found |= set(session.scalars(messages))
    if touched["stage"]:
        stages = (
            select(Case.feedback_id)
            .join(CaseStage, CaseStage.case_id == Case.id)
            .where(CaseStage.id.in_(touched["stage"]))
        )
        found |= set(session.scalars(stages))
    return found


def _lost() -> CompoundSelect[Any]:
    """What must have a place and has none: each kind found by an index of its own. Letters held
    back and files unheard are not among them: no index finds them, and only acts make them."""
    unplaced = Feedback.queue_rank.is_(None)
    open_cases = select(Feedback.id).join(Case, Case.feedback_id == Feedback.id)
    of_case = open_cases.where(Case.state == CaseState.OPEN)
    waiting = (
        (Message, unsettled.unread_reply()),
        (Handover, (Handover.taken_on.is_(None),)),
        (AdvocacyReferral, (declined_referrals.stands(),)),
        (SuggestedLink, (SuggestedLink.state == LinkState.OPEN,)),
        (RefusalProposal, (RefusalProposal.state == ProposalState.WAITING,)),
        (
            AutomaticAnswer,
            (AutomaticAnswer.held.in_(TASKS), AutomaticAnswer.settled_at.is_(None)),
        ),
    )
    return union(
        select(Feedback.id).where(unplaced, Feedback.state == FeedbackState.WAITING),
        of_case.where(Feedback.case_due_on.is_(None)),
        of_case.join(HoldingLetter, HoldingLetter.case_id == Case.id).where(
            unplaced, unsettled.holding_waits()
        ),
        of_case.where(unplaced, or_(Case.handed_in_at.is_not(None), Case.conflict_at.is_not(None))),
        of_case.join(Allocation, Allocation.case_id == Case.id).where(
            unplaced, unsettled.came_back(), Case.procedure_state.in_(RUNNING)
        ),
        of_case.join(Task, Task.case_id == Case.id).where(unplaced, unsettled.answer_unread()),
        *(
            select(Feedback.id)
            .join(record, record.feedback_id == Feedback.id)
            .where(unplaced, *conditions)
            for record, conditions in waiting
        ),
    )
